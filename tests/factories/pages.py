import factory

from billing.models import Offer
from pages import ads, companies
from pages.models import CompanyPage, JobAd
from reference.models import CollectiveAgreement, Commune, ContractType, Profession, StructureType

from .accounts import EmployerFactory
from .billing import CreditLotFactory


class CompanyPageFactory(factory.Factory):
    """An employer's company page, made by the service and filled; live unless `live=False`."""

    class Meta:
        model = CompanyPage

    presentation = "<p>Nous accompagnons des enfants, des adultes et leurs familles.</p>"

    @classmethod
    def _create(cls, model_class, *args, employer=None, live=True, **kwargs):
        employer = employer or EmployerFactory()
        page = companies.create_page(employer, employer.memberships.first().user)
        page.structure_type = StructureType.objects.get(code="siege")
        page.commune = Commune.objects.get(insee="69266")
        for name, value in kwargs.items():
            setattr(page, name, value)
        revision = page.save_revision()
        if live:
            revision.publish()
        page.refresh_from_db()
        return page


class JobAdFactory(factory.Factory):
    """A complete ad of an employer with a live company page; a draft, or with `live=True` live on a new credit."""

    class Meta:
        model = JobAd

    title = factory.Sequence(lambda n: f"Éducateur spécialisé F/H en IME {n}")
    missions = "<p>Accompagner au quotidien un groupe de huit adolescents.</p>"
    profile = "<p>Vous êtes titulaire du DEES.</p>"
    lede = "Huit adolescents, une équipe de douze, un projet de vie à écrire."

    @classmethod
    def _create(
        cls, model_class, *args, employer=None, live=False, kind=Offer.Kind.WEB, print_format="", **kwargs
    ):
        employer = employer or EmployerFactory(with_page=True)
        user = employer.memberships.first().user
        ad = ads.create_draft(employer, user, kind, print_format)
        defaults = {
            "profession": lambda: Profession.objects.get(code="educateur-specialise"),
            "structure_type": lambda: StructureType.objects.get(code="ime"),
            "commune": lambda: Commune.objects.get(insee="69266"),
            "contract_type": lambda: ContractType.objects.get(code="cdi"),
            "agreement": lambda: CollectiveAgreement.objects.get(code="ccn66"),
        }
        for name, value in {n: v() for n, v in defaults.items() if n not in kwargs}.items():
            setattr(ad, name, value)
        for name, value in kwargs.items():
            setattr(ad, name, value)
        ad.draft_title = ad.title
        revision = ad.save_revision(user=user)
        if live:
            CreditLotFactory(employer=employer, kind=kind, print_format=print_format)
            revision.publish(user=user)
            ad.refresh_from_db()
        return ad
