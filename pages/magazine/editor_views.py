"""The insert of an ad that is being written: whether its text fits, and how it will look."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from accounts.ratelimits import limited
from pages.models import JobAd

from . import inserts, pdf
from .models import PrintInsert


def _draft(request: HttpRequest, page_id: int) -> JobAd:
    """The ad as last saved, when this person may write it."""
    ad = get_object_or_404(JobAd, pk=page_id)
    if not ad.permissions_for_user(request.user).can_edit():
        raise Http404
    return ad.get_latest_revision_as_object()


@require_POST
@limited("insert_fit", "120/m/user")
def insert_fit(request: HttpRequest, page_id: int) -> HttpResponse:
    """Whether the text that is being typed fits the module, in a sentence."""
    ad = _draft(request, page_id)
    if not ad.print_format:
        raise Http404
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
@limited("insert_preview", "60/m/user", reading=True)
def insert_preview(request: HttpRequest, page_id: int) -> HttpResponse:
    """The insert of the last saved draft, as it would be printed."""
    ad = _draft(request, page_id)
    if not ad.print_format:
        messages.info(request, "Cette annonce n’a pas d’encart : son offre est en ligne seulement.")
        return redirect("wagtailadmin_pages:edit", page_id)
    insert = inserts.draft(ad)
    headers = {"Content-Disposition": 'inline; filename="encart.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(pdf.insert_pdf(insert), content_type="application/pdf", headers=headers)


urlpatterns = [
    path("annonces/<int:page_id>/encart/place/", insert_fit, name="ad_insert_fit"),
    path("annonces/<int:page_id>/encart/", insert_preview, name="ad_insert_preview"),
]
