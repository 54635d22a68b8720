""" "Dupliquer", "Enregistrer comme modèle", and the employer's models of ads."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import EDITORS, employer_required
from accounts.ratelimits import limited
from pages import ad_copies, ads
from pages.models import AdModel

from .ad import RATES, frame, own_ad

PAGE_SIZE = 20
SORTS = {"nom": ("Nom", ["name", "pk"]), "recents": ("Derniers enregistrés", ["-created_at", "-pk"])}
#: How long a second click counts as the same one, in seconds.
ONE_CLICK = 5


class ModelForm(forms.ModelForm):
    """The name of a model."""

    class Meta:
        model = AdModel
        fields = ["name"]
        error_messages = {"name": {"required": "Donnez un nom au modèle."}}


def _again(request: HttpRequest, action: str, key: object) -> bool:
    """Whether the same person did the same a moment ago: the second half of a double click."""
    return not cache.add(f"{action}:{request.user.pk}:{key}", True, ONE_CLICK)


@require_POST
@employer_required(roles=EDITORS)
@limited("ad", RATES)
def ad_duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft with the same text, opened in the editor."""
    found = own_ad(request, pk)
    if _again(request, "ad-duplicate", pk):
        return redirect("recruiting:ads")
    draft = ad_copies.duplicate(found, request.user)
    messages.success(
        request, "Voici la copie\u00a0: un brouillon, qui n’utilise un crédit qu’à sa publication."
    )
    return redirect("wagtailadmin_pages:edit", draft.pk)


@require_POST
@employer_required(roles=EDITORS)
@limited("ad", RATES)
def ad_save_as_model(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the text of the ad, to begin others with."""
    found = own_ad(request, pk)
    if _again(request, "ad-model", pk):
        return redirect("recruiting:ad_models")
    try:
        model = ad_copies.save_as_model(found, request.user)
    except ad_copies.ModelError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("recruiting:ad", pk=pk)
    messages.success(
        request, f"Le modèle «\u00a0{model.name}\u00a0» est enregistré. Donnez-lui un nom qui vous parle."
    )
    return redirect("recruiting:ad_model", public_id=model.public_id)


def _own_model(request: HttpRequest, public_id: UUID) -> AdModel:
    return get_object_or_404(request.employer.ad_models.select_related("created_by"), public_id=public_id)


@require_GET
@employer_required(roles=EDITORS)
def ad_models(request: HttpRequest) -> HttpResponse:
    """The employer's models. A constant number of queries."""
    sort = request.GET.get("tri", "")
    sort = sort if sort in SORTS else "nom"
    models = request.employer.ad_models.select_related("created_by").defer("content")
    models = models.order_by(*SORTS[sort][1])
    context = frame(request) | {
        "page": Paginator(models, PAGE_SIZE).get_page(request.GET.get("page")),
        "sort": sort,
        "sorts": [(key, label) for key, (label, _) in SORTS.items()],
    }
    return render(request, "recruiting/space/ad_models.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@employer_required(roles=EDITORS)
@limited("ad", RATES)
def ad_model(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One model: its name, and what is done with it."""
    model = _own_model(request, public_id)
    form = ModelForm(request.POST or None, instance=_own_model(request, public_id))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Le nom du modèle est enregistré.")
        return redirect("recruiting:ad_models")
    context = frame(request) | {"model": model, "form": form}
    return render(request, "recruiting/space/ad_model.html", context, status=422 if form.errors else 200)


@require_POST
@employer_required(roles=EDITORS)
@limited("ad_new", "60/h/user")
def ad_model_use(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """ "Créer une annonce": a draft with the text of the model, opened in the editor."""
    model = _own_model(request, public_id)
    if _again(request, "ad-model-use", public_id):
        return redirect("recruiting:ads")
    try:
        draft = ad_copies.begin_from(model, request.user)
    except ads.AdError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("recruiting:company_page")
    return redirect("wagtailadmin_pages:edit", draft.pk)


@require_POST
@employer_required(roles=EDITORS)
@limited("ad", RATES)
def ad_model_delete(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Forget a model. The ads begun with it stay as they are."""
    model = _own_model(request, public_id)
    model.delete()
    messages.success(
        request, f"Le modèle «\u00a0{model.name}\u00a0» est supprimé. Vos annonces n’ont pas changé."
    )
    return redirect("recruiting:ad_models")
