""" "Mon compte" (G6): the person, the organisation, the employer in use."""

import pytest
from django.urls import reverse

from accounts.models import Employer, Membership
from tests.factories import EmployerFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

ORGANISATION = {
    "legal_name": "Association La Clairière",
    "legal_form": "association",
    "country": "FR",
    "siret": "732 829 320 00074",
    "address": "3 rue des Lilas",
    "postcode": "59000",
    "city": "Lille",
}


def test_a_person_changes_its_data(client, login, recruiter):
    login(client, recruiter)
    data = {"civility": "m", "last_name": "Petit", "first_name": "Jo", "phone": "01 02 03 04 05"}
    answer = client.post(reverse("accounts:me"), data, follow=True)
    assert "Vos informations sont enregistrées" in answer.content.decode()
    recruiter.refresh_from_db()
    assert (recruiter.civility, recruiter.last_name, recruiter.phone) == ("m", "Petit", "01 02 03 04 05")


def test_what_is_wrong_stands_beside_its_field_and_saves_nothing(client, login, recruiter):
    login(client, recruiter)
    answer = client.post(reverse("accounts:me"), {"civility": "m", "last_name": "", "first_name": "Jo"})
    assert answer.context["form"].errors.keys() == {"last_name"}
    recruiter.refresh_from_db()
    assert recruiter.first_name == "Camille"


def test_the_first_arrival_makes_the_organisation(client, login):
    user = UserFactory()
    login(client, user)
    assert client.get(reverse("recruiting:space")).url == reverse("accounts:organisation")
    answer = client.post(reverse("accounts:organisation"), ORGANISATION)
    assert answer.url == reverse("recruiting:space")
    employer = Employer.objects.get()
    assert employer.siret == "73282932000074"
    membership = employer.memberships.get()
    assert (membership.user, membership.role) == (user, Membership.Role.ADMINISTRATOR)
    assert client.get(answer.url).url == reverse("recruiting:company_page")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("siret", "73282932000075", "SIRET n’est pas valide"),
        ("siret", "1234", "SIRET n’est pas valide"),
        ("vat_number", "FR00", "TVA n’est pas valide"),
        ("postcode", "5900", "Cinq chiffres"),
        ("legal_name", "", "obligatoire"),
        ("billing_email", "pas une adresse", "adresse"),
    ],
)
def test_a_wrong_organisation_is_not_made(client, login, field, value, sentence):
    login(client, UserFactory())
    answer = client.post(reverse("accounts:organisation"), ORGANISATION | {field: value})
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert sentence in answer.content.decode()
    assert not Employer.objects.exists()


def test_a_public_body_must_give_its_siret(client, login):
    login(client, UserFactory())
    typed = ORGANISATION | {"legal_form": "hopital", "siret": ""}
    answer = client.post(reverse("accounts:organisation"), typed)
    assert "Chorus Pro" in answer.content.decode()
    assert answer.context["form"].errors.keys() == {"siret"}


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"vat_number": "FR83404833048"}, "vat_number", "il se termine par 732829320"),
        ({"vat_number": "FR45732829320"}, "vat_number", "TVA n’est pas valide"),
        ({"finess": "123456789"}, "finess", "FINESS n’est pas valide"),
        ({"phone": "appelez-moi"}, "phone", "ne peut pas être composé"),
        ({"phone": "04 72 00"}, "phone", "ne peut pas être composé"),
        ({"postal_city": "Lille"}, "postal_address", "Complétez l’adresse postale"),
        ({"postal_address": "BP 3", "postal_postcode": "5", "postal_city": "L"}, "postal_postcode", "Cinq"),
        ({"public_body": "on", "siret": ""}, "siret", "Indiquez le SIRET"),
        ({"vat_status": "inconnu"}, "vat_status", ""),
    ],
)
def test_what_is_wrong_in_the_whole_form_is_said(client, login, ormeaux, recruiter, change, field, sentence):
    login(client, recruiter)
    answer = client.post(reverse("accounts:organisation"), ORGANISATION | change)
    assert field in answer.context["form"].errors
    assert sentence in answer.content.decode()
    ormeaux.refresh_from_db()
    assert ormeaux.legal_name == "Association Les Ormeaux"


def test_the_whole_organisation_is_kept(client, login, ormeaux, recruiter):
    login(client, recruiter)
    typed = {
        "finess": "690 781 810",
        "vat_status": "assujettie",
        "postal_address": "BP 12",
        "postal_postcode": "59001",
        "postal_city": "Lille Cedex",
        "phone": "+33 4 72 00 00 00",
        "public_body": "on",
        "chorus_service_code": "SERV-1",
        "chorus_engagement": "EJ-2027",
    }
    client.post(reverse("accounts:organisation"), ORGANISATION | typed)
    ormeaux.refresh_from_db()
    assert ormeaux.siren == "732829320"
    assert ormeaux.vat_number == "FR44732829320", "it follows from the SIREN of who is liable"
    assert (ormeaux.finess, ormeaux.phone) == ("690781810", "04 72 00 00 00")
    assert ormeaux.postal_lines == ["BP 12", "59001 Lille Cedex"]
    assert ormeaux.is_public_body and ormeaux.chorus_service_code == "SERV-1"
    assert "SIREN, d’après lui : 732829320" in client.get(reverse("accounts:organisation")).content.decode()


def test_a_hospital_is_a_public_body_without_ticking(client, login, ormeaux, recruiter):
    login(client, recruiter)
    client.post(reverse("accounts:organisation"), ORGANISATION | {"legal_form": "hopital"})
    ormeaux.refresh_from_db()
    assert ormeaux.public_body
    page = client.get(reverse("accounts:organisation"))
    assert page.context["form"]["public_body"].value() is True


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0612345678", "06 12 34 56 78"),
        ("+33 (0)6 12 34 56 78", "06 12 34 56 78"),
        ("0262 20 00 00", "02 62 20 00 00"),
        ("+32 2 555 12 12", "+32 2 555 12 12"),
    ],
)
def test_a_phone_is_kept_in_one_form(client, login, recruiter, typed, kept):
    login(client, recruiter)
    data = {"civility": "m", "last_name": "Petit", "first_name": "Jo", "phone": typed}
    client.post(reverse("accounts:me"), data)
    recruiter.refresh_from_db()
    assert recruiter.phone == kept


def test_administrators_and_billing_change_the_organisation(client, login, ormeaux):
    billing = MembershipFactory(employer=ormeaux, role=Membership.Role.BILLING).user
    for user in (ormeaux.memberships.get(role=Membership.Role.ADMINISTRATOR).user, billing):
        login(client, user)
        client.post(reverse("accounts:organisation"), ORGANISATION | {"city": f"Ville {user.pk}"})
        ormeaux.refresh_from_db()
        assert ormeaux.city == f"Ville {user.pk}"


@pytest.mark.permissions
@pytest.mark.parametrize("role", [Membership.Role.RECRUITER, Membership.Role.READER])
def test_others_read_it(client, login, ormeaux, role):
    login(client, MembershipFactory(employer=ormeaux, role=role).user)
    page = client.get(reverse("accounts:organisation"))
    assert "Association Les Ormeaux" in page.content.decode()
    assert 'name="legal_name"' not in page.content.decode()
    administrator = ormeaux.memberships.get(role=Membership.Role.ADMINISTRATOR).user
    assert f"mailto:{administrator.email}" in page.content.decode(), "whom to ask"
    client.post(reverse("accounts:organisation"), ORGANISATION)
    ormeaux.refresh_from_db()
    assert ormeaux.legal_name == "Association Les Ormeaux"


def test_members_are_listed(client, login, recruiter, colleague):
    login(client, recruiter)
    page = client.get(reverse("accounts:organisation")).content.decode()
    assert colleague.email in page
    assert recruiter.email in page


def test_the_list_of_members_costs_no_query_a_member(
    client, login, recruiter, ormeaux, django_assert_max_num_queries
):
    login(client, recruiter)
    for _ in range(5):
        MembershipFactory(employer=ormeaux)
    with django_assert_max_num_queries(9):
        client.get(reverse("accounts:organisation"))


def test_one_person_for_several_employers(client, login, recruiter):
    other = EmployerFactory(legal_name="Zénith", user=recruiter)
    login(client, recruiter)
    assert "Association Les Ormeaux" in client.get(reverse("accounts:organisation")).content.decode()
    answer = client.post(reverse("accounts:switch_employer"), {"employer": other.pk})
    assert answer.url == reverse("recruiting:space")
    assert client.get(reverse("accounts:organisation")).context["employer"] == other


def test_adding_an_organisation_acts_for_it(client, login, recruiter):
    login(client, recruiter)
    client.post(reverse("accounts:organisation_new"), ORGANISATION)
    page = client.get(reverse("accounts:organisation"))
    assert page.context["employer"].legal_name == "Association La Clairière"
    assert recruiter.memberships.count() == 2


@pytest.mark.permissions
@pytest.mark.parametrize("employer", ["riviere", "absent", "word"])
def test_nobody_acts_for_a_foreign_employer(client, login, recruiter, riviere, employer):
    login(client, recruiter)
    wanted = {"riviere": riviere.pk, "absent": 999999, "word": "x"}[employer]
    assert client.post(reverse("accounts:switch_employer"), {"employer": wanted}).status_code == 404


def test_a_membership_that_ended_closes_the_space(client, login, ormeaux, colleague):
    from accounts import onboarding

    login(client, colleague)
    onboarding.remove_member(ormeaux.memberships.get(user=colleague))
    assert client.get(reverse("recruiting:space")).url == reverse("accounts:organisation")


@pytest.mark.permissions
def test_the_office_makes_no_organisation_for_itself(client, login, sales):
    login(client, sales)
    assert client.get(reverse("accounts:organisation")).status_code == 404


@pytest.mark.permissions
@pytest.mark.parametrize("name", ["accounts:me", "accounts:organisation", "accounts:organisation_new"])
def test_mon_compte_asks_who_one_is(client, name):
    assert client.get(reverse(name)).url.startswith(reverse("account_login"))


def test_state_changes_need_the_token(login, recruiter):
    from django.test import Client

    client = login(Client(enforce_csrf_checks=True), recruiter)
    answer = client.post(reverse("accounts:me"), {"civility": "m", "last_name": "X", "first_name": "Y"})
    assert answer.status_code == 403


def test_nobody_registers_organisations_without_end(client, login, recruiter):
    login(client, recruiter)
    before = Employer.objects.count()
    codes = [client.post(reverse("accounts:organisation_new"), ORGANISATION).status_code for _ in range(11)]
    assert codes == [302] * 10 + [429]
    assert Employer.objects.count() == before + 10
