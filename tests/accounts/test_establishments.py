""" "Mes établissements": kept by who writes ads, read by the others, of one's own employer only."""

import uuid

import pytest
from django.urls import reverse

from accounts.models import Establishment, Membership
from pages.models import JobAd
from reference.models import StructureType
from tests.factories import EstablishmentFactory, JobAdFactory, MembershipFactory

pytestmark = pytest.mark.django_db

LIST = "accounts:establishments"


@pytest.fixture
def typed():
    return {
        "name": "EHPAD Les Tilleuls",
        "structure_type": StructureType.objects.get(code="ehpad").pk,
        "address": "3 rue des Lilas",
        "postcode": "69100",
        "commune": "69100 Villeurbanne",
        "finess": "69 078 181 0",
    }


def url(name: str, row=None) -> str:
    return reverse(f"accounts:{name}", args=[row.public_id] if row else [])


def test_one_is_added_changed_and_removed(client, login, ormeaux, recruiter, typed):
    login(client, recruiter)
    assert "Aucun établissement" in client.get(reverse(LIST)).content.decode()
    answer = client.post(url("establishment_new"), typed, follow=True)
    assert "est ajouté" in answer.content.decode()
    row = ormeaux.establishments.get()
    assert (row.name, row.commune.name, row.finess) == ("EHPAD Les Tilleuls", "Villeurbanne", "690781810")
    page = client.get(url("establishment", row)).content.decode()
    assert "Villeurbanne (69)" in page
    client.post(url("establishment", row), typed | {"name": "  EHPAD   Les Lilas "})
    row.refresh_from_db()
    assert row.name == "EHPAD Les Lilas"
    assert "sera supprimé" in client.get(url("establishment_remove", row)).content.decode()
    client.post(url("establishment_remove", row))
    assert not Establishment.objects.exists()


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"finess": "690781811"}, "finess", "FINESS n’est pas valide"),
        ({"finess": "69078181"}, "finess", "FINESS n’est pas valide"),
        ({"finess": "6A0781810"}, "finess", "FINESS n’est pas valide"),
        ({"postcode": "691"}, "postcode", "Cinq chiffres"),
        ({"commune": "Nullepart"}, "commune", "ne connaissons pas cette commune"),
        ({"commune": ""}, "commune", "obligatoire"),
        ({"name": ""}, "name", "obligatoire"),
        ({"structure_type": "999999"}, "structure_type", ""),
        ({"structure_type": ""}, "structure_type", "obligatoire"),
        ({"name": "ehpad les ormes"}, "name", "déjà un établissement"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    client, login, ormeaux, recruiter, typed, change, field, sentence
):
    EstablishmentFactory(employer=ormeaux, name="EHPAD Les Ormes")
    login(client, recruiter)
    answer = client.post(url("establishment_new"), typed | change)
    assert answer.context["form"].errors.keys() == {field}
    assert sentence in answer.content.decode()
    assert ormeaux.establishments.count() == 1


def test_a_number_of_corsica_has_a_letter(client, login, ormeaux, recruiter, typed):
    login(client, recruiter)
    client.post(url("establishment_new"), typed | {"finess": "2a 0000014"})
    assert ormeaux.establishments.get().finess == "2A0000014"


def test_a_name_of_another_employer_is_free(client, login, recruiter, riviere, ormeaux, typed):
    EstablishmentFactory(employer=riviere, name=typed["name"])
    login(client, recruiter)
    client.post(url("establishment_new"), typed)
    assert ormeaux.establishments.count() == 1


def test_what_is_referred_to_is_archived_and_comes_back(client, login, ormeaux, recruiter):
    row = EstablishmentFactory(employer=ormeaux)
    ad = JobAdFactory(employer=ormeaux)
    JobAd.objects.filter(pk=ad.pk).update(establishment=row)
    login(client, recruiter)
    assert "sera archivé" in client.get(url("establishment_remove", row)).content.decode()
    client.post(url("establishment_remove", row))
    row.refresh_from_db()
    assert row.is_archived
    ad.refresh_from_db()
    assert ad.establishment == row, "the ad keeps its place"
    assert not ormeaux.establishments.current().exists()
    assert "Remettre en service" in client.get(reverse(LIST)).content.decode()
    client.post(url("establishment_restore", row))
    assert ormeaux.establishments.current().get() == row


@pytest.mark.permissions
@pytest.mark.parametrize("role", [Membership.Role.READER, Membership.Role.BILLING])
def test_who_writes_no_ads_reads_them(client, login, ormeaux, typed, role):
    row = EstablishmentFactory(employer=ormeaux)
    login(client, MembershipFactory(employer=ormeaux, role=role).user)
    page = client.get(reverse(LIST)).content.decode()
    assert row.name in page and "Retirer" not in page
    assert client.post(url("establishment_new"), typed).status_code == 403
    for name in ("establishment", "establishment_remove", "establishment_restore"):
        assert client.post(url(name, row), typed).status_code == 403
    assert ormeaux.establishments.get().archived_at is None


@pytest.mark.permissions
def test_another_employers_is_as_one_that_is_not(client, login, stranger, ormeaux, typed):
    row = EstablishmentFactory(employer=ormeaux, name="Secret")
    login(client, stranger)
    assert "Secret" not in client.get(reverse(LIST)).content.decode()
    for name in ("establishment", "establishment_remove", "establishment_restore"):
        assert client.post(url(name, row), typed).status_code == 404
        assert client.post(reverse(f"accounts:{name}", args=[uuid.uuid4()]), typed).status_code == 404
    row.refresh_from_db()
    assert (row.name, row.archived_at) == ("Secret", None)


def test_the_list_costs_no_query_a_row(client, login, ormeaux, recruiter, django_assert_max_num_queries):
    login(client, recruiter)
    for _ in range(8):
        EstablishmentFactory(employer=ormeaux)
    with django_assert_max_num_queries(10):
        client.get(reverse(LIST))


def test_a_long_list_has_pages(client, login, ormeaux, recruiter):
    for number in range(31):
        EstablishmentFactory(employer=ormeaux, name=f"Foyer {number:02d}")
    login(client, recruiter)
    assert "Foyer 30" not in client.get(reverse(LIST)).content.decode()
    assert "Foyer 30" in client.get(reverse(LIST), {"page": 2}).content.decode()
