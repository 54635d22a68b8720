"""All URLs. Ours stand before Wagtail's: the order decides who answers."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from . import views

urlpatterns = [
    path("sante/", views.health, name="health"),
    # The lists that everybody opens first: a hundred addresses of ours would be tried before theirs.
    path("", include("search.urls")),
    path("", include("accounts.urls")),
    path("", include("accounts.allauth_urls")),
    path("", include("billing.urls")),
    path("", include("recruiting.urls")),
    path("", include("pages.urls")),
    # The API with our rules of visibility before Wagtail's own routes.
    path("api/v3/", include("pages.api.urls")),
    path(f"{settings.WAGTAIL_ADMIN_URL_PREFIX}/", include(wagtailadmin_urls)),
]

if getattr(settings, "SERVE_MEDIA", settings.DEBUG):
    from django.views.static import serve

    urlpatterns += [path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT})]
    urlpatterns += static(settings.STATIC_URL) if settings.DEBUG else []

# Wagtail's pages last: what no view above answers is a page of the tree, or a 404.
urlpatterns += [path("", include(wagtail_urls))]
