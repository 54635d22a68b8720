"""A small world for search tests, made the real way: employers, company pages, ads that spent a credit."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

from django.utils import timezone
from wagtail.models import Page, Site

from accounts.models import Employer, User
from accounts.onboarding import create_employer
from billing import credits
from billing.models import Entitlement, Offer
from pages.models import CompanyIndexPage, CompanyPage, HomePage, JobAd, Placement
from recruiting.models import Candidate, Cv
from reference.dates import paris_day
from reference.models import Commune, ContractType, Profession, Public, StructureType

_number = count(1)


def commune(name: str) -> Commune:
    """The largest town of this name in the reference lists."""
    return Commune.objects.filter(name=name).order_by("-population").first()


def profession(
    label: str = "Éducateur spécialisé / Éducatrice spécialisée", abbreviations: str = "ES;éduc spé", **fields
):
    code = fields.pop("code", "") or label.split(" / ")[0].lower().replace(" ", "-").replace(
        "é", "e"
    ).replace("'", "-")
    fields = {"family": "éducatif", "label": label, "abbreviations": abbreviations, **fields}
    return Profession.objects.get_or_create(code=code, defaults=fields)[0]


def term(model, code: str, label: str = "", **fields):
    return model.objects.get_or_create(code=code, defaults={"label": label or code.upper(), **fields})[0]


def user(**fields) -> User:
    n = next(_number)
    fields = {"email": f"personne{n}@exemple.org", "first_name": "Camille", "last_name": f"Nom{n}", **fields}
    return User.objects.create_user(**fields)


def employer(name: str = "Association les Tilleuls", *, credit: int = 3, **fields) -> Employer:
    made = create_employer(user(), name, **fields)
    if credit:
        credits.grant(made, Offer.Kind.WEB, credit, reference=f"essai:{made.pk}", reason="Essai")
    return made


def home() -> HomePage:
    page = HomePage.objects.first()
    if page is None:
        page = HomePage(title="ASH Job", slug="accueil-ash", headline="Accueil")
        Page.objects.get(depth=1).add_child(instance=page)
        Site.objects.all().delete()
        Site.objects.create(hostname="localhost", root_page=page, is_default_site=True)
    return page


def company(of: Employer | None = None, *, place: str = "Lyon", live: bool = True, **fields) -> CompanyPage:
    of = of or employer()
    index = CompanyIndexPage.objects.first()
    if index is None:
        index = home().add_child(instance=CompanyIndexPage(title="Les entreprises", slug="entreprises"))
    fields = {
        "title": of.legal_name,
        "slug": f"entreprise-{next(_number)}",
        "presentation": "<p>Nous accompagnons.</p>",
        "structure_type": StructureType.objects.get(code="siege"),
        "commune": commune(place),
        **fields,
    }
    return index.add_child(instance=CompanyPage(employer=of, live=live, **fields))


def ad(of: CompanyPage | None = None, *, place: str = "Lyon", age: int = 0, publics=(), **fields) -> JobAd:
    """A public ad; `age` days old. Its credit is spent like any other's."""
    of = of or company()
    fields = {
        "title": "Éducateur spécialisé F/H",
        "slug": f"annonce-{next(_number)}",
        "missions": "<p>Accompagner des adolescents.</p>",
        "profile": "<p>Permis B.</p>",
        "structure_type": StructureType.objects.get(code="siege"),
        "contract_type": ContractType.objects.get(code="cdi"),
        "commune": commune(place),
        "live": True,
        **fields,
    }
    if "profession" not in fields:
        fields["profession"] = profession()
    made = of.add_child(instance=JobAd(employer=of.employer, **fields))
    if publics:
        made.publics.set(publics)
        made.save()
    if age:
        opened = timezone.now() - timedelta(days=age)
        Placement.objects.filter(ad=made).update(opened_at=opened)
    return made


def brand(
    of: Employer,
    *,
    days: int = 30,
    kind: str = Entitlement.Kind.COMPANY_PAGE,
    tier: str = Offer.Tier.BRAND_PLUS,
):
    """A running right of an employer."""
    today = paris_day()
    return Entitlement.objects.create(
        employer=of,
        kind=kind,
        tier=tier if kind == Entitlement.Kind.COMPANY_PAGE else "",
        starts_on=today - timedelta(days=1),
        ends_on=today + timedelta(days=days),
        reference=f"essai:{next(_number)}",
    )


def candidate(
    *, text: str = "Expérience en MECS.", place: str | None = "Lyon", diplomas=(), **fields
) -> Candidate:
    """A profile in the CV library."""
    person = user(**{key: fields.pop(key) for key in ("first_name", "last_name") if key in fields})
    fields = {
        "profession": fields.pop("profession", None) or profession(),
        "commune": commune(place) if place else None,
        "library_consent_at": timezone.now(),
        "library_consent_wording": "1",
        **fields,
    }
    made = Candidate.objects.create(user=person, **fields)
    Cv.objects.create(candidate=made, file="cvs/essai.pdf", file_name="cv.pdf", size=1000, text=text)
    made.diplomas.set(diplomas)
    return made


__all__ = ["ContractType", "Public", "StructureType"]
