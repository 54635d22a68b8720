"""What anybody reads of the API: list, find and detail, by the one rule of visibility.

Wagtail's own answers show every live page, so also an ad that is over or one under a company page that is offline.
These stand before them and have the same parameters and the same shape.
"""

from http import HTTPStatus
from typing import Literal

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from ninja import NinjaAPI, Query
from ninja.errors import HttpError
from ninja.pagination import paginate
from pydantic import PositiveInt
from wagtail.api.querysets import get_public_pages_queryset
from wagtail.api.rich_text import RichTextOutputFormat
from wagtail.api.v3.auth import AllowAnonymous
from wagtail.api.v3.errors import register_exception_handlers
from wagtail.api.v3.pagination import WagtailLimitOffsetPagination
from wagtail.api.v3.routers.pages import PageDetailSchema, PageFilterSchema
from wagtail.api.v3.schemas import BasePageSchema
from wagtail.api.v3.schemas.pages import BASE_PAGE_READ_FIELDS
from wagtail.api.v3.schemas.params import APIFieldFilterSchema, OrderingSchema, SearchSchema
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from pages.models import JobAd

public_api = NinjaAPI(
    urls_namespace="ashjob_public_api", docs_url=None, openapi_url=None, auth=AllowAnonymous()
)
register_exception_handlers(public_api)


def public_pages(request: HttpRequest, model=Page) -> PageQuerySet:
    """The pages that anybody may read: live ones of the site, and of the ads only the visible."""
    try:
        pages = get_public_pages_queryset(request, model)
    except ValueError as error:
        raise HttpError(HTTPStatus.BAD_REQUEST, str(error)) from error
    hidden = JobAd.objects.exclude(pk__in=JobAd.objects.visible().values("pk")).order_by()
    return pages.exclude(pk__in=hidden.values("pk")).select_related("content_type", "locale").order_by("pk")


@public_api.get("/pages/", response=list[BasePageSchema], url_name="list_pages")
@paginate(WagtailLimitOffsetPagination, pass_parameter="pagination_info")  # noqa: S106
def list_pages(
    request: HttpRequest,
    filters: Query[PageFilterSchema],
    ordering: Query[OrderingSchema],
    search: Query[SearchSchema],
    **kwargs,
):
    """Public pages by type, place in the tree, fields and words."""
    models = filters.type
    fields = APIFieldFilterSchema.with_exclude_schemas(
        raw_params=request.GET,
        schemas=(PageFilterSchema, OrderingSchema, SearchSchema),
        base_fields=BASE_PAGE_READ_FIELDS,
    )
    pages = public_pages(request, models[0] if len(models) == 1 else Page)
    pages = fields.filter_queryset(filters.filter(pages, request))
    pages = ordering.order_queryset(pages, kwargs["pagination_info"], base_fields=BASE_PAGE_READ_FIELDS)
    return search.search_queryset(request, pages)


@public_api.get("/pages/find/", url_name="find_page")
def find_page(request: HttpRequest, id: PositiveInt | None = None, html_path: str | None = None):
    """From a page's path on the site (or its id) to its detail."""
    page = _at(request, html_path) if html_path else None
    pk = page.pk if page else id
    if pk is None or not public_pages(request).filter(pk=pk).exists():
        raise Http404("Not found")
    return redirect(reverse("ashjob_public_api:detail_page", kwargs={"page_id": pk}))


def _at(request: HttpRequest, html_path: str) -> Page | None:
    site = Site.find_for_request(request)
    components = [part for part in html_path.split("/") if part]
    try:
        return site.root_page.specific.route(request, components).page if site else None
    except Http404:
        return None


@public_api.get("/pages/{page_id}/", response=PageDetailSchema, url_name="detail_page")
def detail_page(
    request: HttpRequest,
    page_id: int,
    version: Literal["live"] = "live",
    rich_text_format: RichTextOutputFormat | None = None,
):
    """One public page with the public fields of its type."""
    return get_object_or_404(public_pages(request), pk=page_id).specific
