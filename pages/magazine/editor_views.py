"""The insert of an ad that is being written: whether its text fits, and how it will look."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from accounts.ratelimits import limited
from pages.models import JobAd

from . import inserts, pdf
from .models import PrintInsert


def _draft(request: HttpRequest, page_id: int) -> JobAd:
    """The ad as last saved, when this person may write it and it comes with a print offer."""
    ad = get_object_or_404(JobAd, pk=page_id)
    if not ad.print_format or not ad.permissions_for_user(request.user).can_edit():
        raise Http404
    return ad.get_latest_revision_as_object()


@require_POST
@limited("insert_fit", "120/m/user")
def insert_fit(request: HttpRequest, page_id: int) -> HttpResponse:
    """Whether the text that is being typed fits the module, in a sentence."""
    ad = _draft(request, page_id)
    insert = inserts.draft(ad)
    most = PrintInsert._meta.get_field("text").max_length
    insert.headline = request.POST.get("title", "")[:255] or ad.title
    insert.text = request.POST.get("print_text", "")[:most]
    insert.with_logo = bool(request.POST.get("print_logo"))
    found = pdf.fit(insert)
    return JsonResponse(
        {"fits": not found.is_overset, "sentence": found.sentence or "Le texte tient dans ce format."}
    )


@require_safe
def insert_preview(request: HttpRequest, page_id: int) -> HttpResponse:
    """The insert of the last saved draft, as it would be printed."""
    insert = inserts.draft(_draft(request, page_id))
    headers = {"Content-Disposition": 'inline; filename="encart.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(pdf.insert_pdf(insert), content_type="application/pdf", headers=headers)


urlpatterns = [
    path("annonces/<int:page_id>/encart/place/", insert_fit, name="ad_insert_fit"),
    path("annonces/<int:page_id>/encart/", insert_preview, name="ad_insert_preview"),
]
