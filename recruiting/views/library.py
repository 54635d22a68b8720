"""One profile of the CV library: whole for employers with access (logged), a teaser for everyone else (G29–G31)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.middleware import current_employer, current_membership
from recruiting import cvs, library
from recruiting.access import READERS
from recruiting.models import Candidate
from recruiting.responses import cv_file, private
from recruiting.teasers import teaser


def _in_library(public_id: UUID) -> Candidate:
    profiles = Candidate.objects.in_library().select_related("user", "profession", "commune")
    return get_object_or_404(
        profiles.prefetch_related("diplomas", "publics", "contract_types"), public_id=public_id
    )


def _has_access(request: HttpRequest) -> bool:
    if not request.user.is_authenticated:
        return False
    membership = current_membership(request)
    return membership is not None and membership.role in READERS and library.may_open(membership.employer)


@require_GET
@never_cache
def cv(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The profile with name, contact and CV for who has access; for others what the list shows, and how to get it."""
    candidate = _in_library(public_id)
    context = {"candidate": candidate, "teaser": teaser(candidate), "space_tab": "cvs"}
    if not _has_access(request):
        return private(render(request, "recruiting/library/teaser.html", context))
    try:
        library.open_cv(candidate, current_employer(request), request.user)
    except library.LibraryRefused as refusal:
        return _refused(request, refusal, context)
    context["cv"] = cvs.current_of(candidate)
    return private(render(request, "recruiting/library/profile.html", context))


@require_GET
@never_cache
def cv_download(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The CV itself; without access it does not exist."""
    candidate = _in_library(public_id)
    current = cvs.current_of(candidate)
    if current is None or not _has_access(request):
        raise Http404
    try:
        library.open_cv(candidate, current_employer(request), request.user, download=True)
    except library.LibraryRefused as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("recruiting:cv", public_id=public_id)
    return cv_file(current)


def _refused(request: HttpRequest, refusal: library.LibraryRefused, context: dict) -> HttpResponse:
    if refusal.code == "left":
        raise Http404
    status = 429 if refusal.code == "too_many" else 403
    context["refusal"] = refusal.messages[0]
    return private(render(request, "recruiting/library/teaser.html", context, status=status))
