"""Framing a photo of the company page: which part of it stays in sight."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods
from wagtail.images import get_image_model

from accounts.access import EDITORS, employer_required
from accounts.ratelimits import limited
from pages import photos

from .ads import company_of


class FrameForm(forms.Form):
    field = forms.ChoiceField(
        label="L’essentiel de la photo est", choices=photos.FIELDS, widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un des neuf endroits de la photo."},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@employer_required(roles=EDITORS)
@limited("company_photo", "120/h/user")
def company_photo(request: HttpRequest, pk: int) -> HttpResponse:
    """One of nine fields of the photo, by radio buttons that lie on it: it works without a script."""
    own = get_image_model().objects.filter(collection=request.employer.collection_id)
    image = get_object_or_404(own, pk=pk)
    form = FrameForm(request.POST or None, initial={"field": photos.field_of(image)})
    if request.method == "POST" and form.is_valid():
        photos.frame(image, form.cleaned_data["field"])
        messages.success(request, "La photo est cadrée : vérifiez-la ci-dessous, ou revenez à votre page.")
        return redirect("recruiting:company_photo", pk)
    context = {
        "space_tab": "company",
        "image": image,
        "form": form,
        "company": company_of(request.employer),
        "unread_applications": request.employer.applications.unanswered().count(),
    }
    return render(request, "recruiting/space/company_photo.html", context)
