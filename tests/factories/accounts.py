import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from accounts import onboarding
from accounts.models import Employer, Establishment, Membership, User
from reference.models import Commune, StructureType

PASSWORD = "Trois-petits-chats-2026"


class UserFactory(factory.django.DjangoModelFactory):
    """A confirmed account whose password is `PASSWORD`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne{n}@test.example")
    civility = User.Civility.MADAME
    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Durand{n}")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def confirmed(self, create, extracted, **kwargs):
        if create and extracted is not False:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


class OfficeUserFactory(UserFactory):
    """Someone of the publisher's, in an office group."""

    is_staff = True

    @factory.post_generation
    def group(self, create, extracted, **kwargs):
        if create and extracted:
            self.groups.add(Group.objects.get(name=extracted))


class EmployerFactory(factory.Factory):
    """An employer made by the onboarding service, with its first administrator.

    `with_page=True`: with a live company page. `user=`: the administrator.
    """

    class Meta:
        model = Employer

    legal_name = factory.Sequence(lambda n: f"Association n° {n}")
    legal_form = Employer.LegalForm.ASSOCIATION
    address = "12 rue des Tilleuls"
    postcode = "69100"
    city = "Villeurbanne"
    phone = "04 65 71 00 00"
    country = "FR"
    siret = factory.LazyAttribute(lambda employer: "73282932000074" if employer.country == "FR" else "")
    # Who has no SIREN is sent invoices by e-mail.
    billing_email = factory.LazyAttribute(lambda employer: "" if employer.siret else "compta@test.example")

    @classmethod
    def _create(cls, model_class, *args, user=None, with_page=False, **kwargs):
        employer = onboarding.create_employer(user or UserFactory(), **kwargs)
        if with_page:
            from .pages import CompanyPageFactory

            CompanyPageFactory(employer=employer)
        return employer


class MembershipFactory(factory.Factory):
    """One more member of an employer, in its group."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = Membership.Role.RECRUITER

    @classmethod
    def _create(cls, model_class, *args, employer, user, role, **kwargs):
        return onboarding.add_member(employer, user, role)


class EstablishmentFactory(factory.django.DjangoModelFactory):
    """A place of work of `employer`."""

    class Meta:
        model = Establishment

    name = factory.Sequence(lambda n: f"EHPAD n° {n}")
    structure_type = factory.LazyFunction(lambda: StructureType.objects.get(code="ehpad"))
    commune = factory.LazyFunction(lambda: Commune.objects.get(insee="69266"))
