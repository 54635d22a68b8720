"""Ads begun from another: duplicated, or from a model that the employer keeps.

A copy is a draft: never live, without placement, statistics, schedule or what its author had confirmed.
"""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from accounts.models import Employer, User
from billing import credits
from billing.models import Offer

from . import ads
from .models import AdModel, CompanyPage, JobAd
from .tree import add_child

#: What a copy takes over. Dates, the magazine's issue and confirmed wordings belong to the one ad.
CONTENT = (
    "title", "profession", "structure_type", "establishment", "commune", "remote", "lede", "missions", "profile",
    "publics", "diplomas", "experience", "languages", "driving_licence", "contract_type", "contract_length",
    "working_time", "hours", "agreement", "grade", "pay_min", "pay_max", "pay_period", "keeps_seniority", "benefits",
    "apply_mode", "apply_url", "apply_email", "notified", "questions", "print_text", "print_logo",
)  # fmt: skip
#: Models that one employer may keep.
MOST = 100


class ModelError(ValidationError):
    """The model cannot be kept. The message is a French sentence."""


def content_of(ad: JobAd) -> dict[str, Any]:
    """What a copy of the ad begins with, from its latest draft, as plain data."""
    data = ad.get_latest_revision_as_object().serializable_data()
    content = {name: data[name] for name in CONTENT if name in data}
    for question in content.get("questions", []):
        question["pk"] = question["page"] = None
    return json.loads(json.dumps(content, cls=DjangoJSONEncoder))


def duplicate(ad: JobAd, user: User | None) -> JobAd:
    """A draft with the text of this ad, for the same employer. Locks the company page's row."""
    return _begin(ad.employer, user, content_of(ad), (ad.offer_kind, ad.print_format))


@transaction.atomic
def save_as_model(ad: JobAd, user: User | None) -> AdModel:
    """Keep the text of the ad as a model of its employer, under its title. Locks the employer's row.

    Raises ModelError when the employer has as many as one may keep.
    """
    employer = Employer.objects.select_for_update().get(pk=ad.employer_id)
    if employer.ad_models.count() >= MOST:
        raise ModelError(f"Vous gardez déjà {MOST} modèles\u00a0: supprimez-en un qui ne sert plus.")
    content = content_of(ad)
    return AdModel.objects.create(
        employer=employer,
        name=_free_name(employer, content["title"][:150]),
        content=content,
        offer_kind=ad.offer_kind,
        print_format=ad.print_format,
        created_by=user,
    )


def begin_from(model: AdModel, user: User | None) -> JobAd:
    """A draft with the text of the model. Locks the company page's row.

    Raises ads.AdError when the employer has no company page.
    """
    return _begin(model.employer, user, model.content, (model.offer_kind, model.print_format))


def _free_name(employer: Employer, name: str) -> str:
    """The name, with a number behind it when a model of this employer has it."""
    taken = set(employer.ad_models.filter(name__startswith=name).values_list("name", flat=True))
    numbered = (f"{name} ({n})" for n in range(2, MOST + 3))
    return name if name not in taken else next(other for other in numbered if other not in taken)


def _begin(employer: Employer, user: User | None, content: dict, wished: tuple[str, str]) -> JobAd:
    company = CompanyPage.objects.filter(employer=employer).first()
    if company is None:
        raise ads.AdError("Créez d’abord votre page entreprise.", code="no_company_page")
    kept = {name: content[name] for name in CONTENT if name in content}
    ad = JobAd.from_serializable_data({"pk": None, **kept}, check_fks=True, strict_fks=False)
    ad.employer, ad.owner, ad.live = employer, user, False
    ad.offer_kind, ad.print_format = _offer(employer, wished)
    if ad.establishment and ad.establishment.is_archived:
        ad.establishment = None
    with transaction.atomic():
        add_child(company, ad)
        ad.save_revision(user=user, clean=False)
    return ad


def _offer(employer: Employer, wished: tuple[str, str]) -> tuple[str, str]:
    """The offer of what is copied; where no credit for it is left, one that there is a credit for."""
    at_hand = [(balance.kind, balance.print_format) for balance in credits.balances(employer)]
    if wished in at_hand:
        return wished
    return at_hand[0] if at_hand else (Offer.Kind.WEB, "")
