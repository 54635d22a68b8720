"""The corpus as real ads of a database: paid for, public and indexed as any other."""

from __future__ import annotations

from django.utils import timezone
from wagtail.models import Page

from accounts.models import User
from accounts.onboarding import create_employer
from billing import credits
from billing.models import Offer
from pages.models import CompanyIndexPage, CompanyPage, HomePage, JobAd
from reference.models import Commune, ContractType, Profession, Public, StructureType
from search.relevance.cases import Ad, ads

EMPLOYERS = ("Fondation Horizon", "Association les Tilleuls", "Groupe Espérance")


class NoReference(Exception):
    """The reference lists are not loaded."""


def _index() -> CompanyIndexPage:
    found = CompanyIndexPage.objects.first()
    if found:
        return found
    home = HomePage.objects.first()
    if home is None:
        home = Page.objects.get(depth=1).add_child(
            instance=HomePage(title="Accueil", slug="accueil-pertinence", headline="Accueil")
        )
    return home.add_child(instance=CompanyIndexPage(title="Les entreprises", slug="entreprises-pertinence"))


def _company(name: str, number: int, of: CompanyIndexPage) -> CompanyPage:
    stamp = f"{timezone.now():%Y%m%d%H%M%S%f}"
    person = User.objects.create_user(email=f"pertinence-{stamp}-{number}@exemple.org")
    employer = create_employer(person, name)
    credits.grant(employer, Offer.Kind.WEB, len(ads()), reference=f"relevance:{stamp}", reason="Pertinence")
    return of.add_child(
        instance=CompanyPage(
            title=name,
            slug=f"pertinence-{stamp}-{number}",
            employer=employer,
            live=True,
            presentation="<p>Nous accompagnons.</p>",
            structure_type=StructureType.objects.get(code="siege"),
            commune=Commune.objects.filter(name="Paris").order_by("-population").first(),
        )
    )


def _trades() -> dict[str, Profession]:
    """Every trade of the corpus by its first name; those that the reference list lacks are added."""
    rows = Profession.objects.order_by("pk")
    found = {row.label.split(" / ")[0].replace("’", "'"): row for row in rows}
    for number, name in enumerate({ad.trade: None for ad in ads() if ad.trade not in found}):
        found[name] = Profession.objects.create(code=f"pertinence-{number}", family="social", label=name)
    return found


def _ad(row: Ad, of: CompanyPage, profession: Profession) -> JobAd:
    made = of.add_child(
        instance=JobAd(
            title=row.title,
            slug=f"pertinence-{row.key}",
            employer=of.employer,
            live=True,
            missions=f"<p>{row.text}</p>",
            profile="<p>Permis B.</p>",
            profession=profession,
            structure_type=StructureType.objects.get(code=row.structure),
            contract_type=ContractType.objects.get(code="cdi"),
            commune=Commune.objects.filter(name=row.town).order_by("-population").first(),
        )
    )
    made.publics.set(Public.objects.filter(code__in=row.publics))
    made.save()
    return made


def populate() -> dict[int, str]:
    """Make the corpus in the caller's transaction; return the key of each ad by its primary key.

    The shadow rows and the index are the caller's to write. Raises `NoReference`.
    """
    if not Profession.objects.exists() or not StructureType.objects.exists():
        raise NoReference
    index, trades = _index(), _trades()
    companies = [_company(name, number, index) for number, name in enumerate(EMPLOYERS)]
    return {
        _ad(row, companies[number % len(companies)], trades[row.trade]).pk: row.key
        for number, row in enumerate(ads())
    }
