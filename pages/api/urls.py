"""The public API: our answers for the public pages, then Wagtail's API v3."""

from django.urls import include, path
from wagtail.api.v3.urls import api

from .public import public_api
from .views import by_token

_wagtail_patterns, _, _ = api.urls
_public_patterns, _public_app, _public_namespace = public_api.urls


def _views(patterns) -> dict:
    return {pattern.name: pattern.callback for pattern in patterns}


_public, _own = _views(_public_patterns), _views(_wagtail_patterns)

_pages = [
    path("pages/", by_token(_public["list_pages"], _own["list_pages"]), name="list_pages"),
    path("pages/find/", by_token(_public["find_page"], _own["find_page"]), name="find_page"),
    path("pages/<int:page_id>/", by_token(_public["detail_page"], _own["detail_page"]), name="detail_page"),
]

urlpatterns = [
    path("", include((_pages, _public_app), namespace=_public_namespace)),
    path("", api.urls),
]
