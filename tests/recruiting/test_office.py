"""What the office sees of recruiting, and who does not."""

import pytest
from django.urls import reverse

from tests.factories import ApplicationFactory, CandidateFactory, JobAdFactory

pytestmark = [pytest.mark.django_db, pytest.mark.permissions]
LISTS = [
    "/gestion/recrutement/candidatures/",
    "/gestion/recrutement/employeurs/",
    "/gestion/recrutement/annonces/",
    "/gestion/recrutement/candidats/",
]


def test_sales_sees_the_counts_and_no_name(client, login, sales, ormeaux):
    ad = JobAdFactory(employer=ormeaux, live=True, title="Chef de service")
    for _ in range(3):
        ApplicationFactory(ad=ad, first_name="Prénom-secret")
    login(client, sales)
    for path in LISTS[:3]:
        page = client.get(path)
        assert page.status_code == 200, path
        assert "Prénom-secret" not in page.text
    assert "Chef de service" in client.get(LISTS[2]).text
    assert ">3<" in "".join(client.get(LISTS[1]).text.split())


def test_sales_finds_a_candidate_by_address(client, login, sales):
    candidate = CandidateFactory(in_library=True)
    CandidateFactory(user__email="autre@test.example")
    page = login(client, sales).get(LISTS[3], {"q": candidate.user.email}).text
    assert candidate.user.email in page
    assert "autre@test.example" not in page


@pytest.mark.parametrize("path", LISTS)
def test_nobody_else_comes_in(client, login, path, recruiter, candidate_user, editor):
    assert client.get(path).status_code == 302
    for user in (recruiter, candidate_user, editor):
        assert login(client, user).get(path).status_code in (302, 403, 404), user


def test_nothing_is_changed_there(client, login, administrator, ormeaux):
    application = ApplicationFactory(employer=ormeaux)
    login(client, administrator)
    for path in (f"edit/{application.pk}/", f"delete/{application.pk}/", "create/"):
        assert client.post(LISTS[0] + path).status_code in (302, 403, 404)
    application.refresh_from_db()
    assert client.get(LISTS[0]).status_code == 200


def test_the_lists_do_not_query_row_by_row(client, login, sales, ormeaux, django_assert_max_num_queries):
    ad = JobAdFactory(employer=ormeaux, live=True)
    for _ in range(8):
        ApplicationFactory(ad=ad)
        CandidateFactory()
    login(client, sales)
    client.get(LISTS[0])
    for path in LISTS:
        with django_assert_max_num_queries(24):
            client.get(path)


def test_the_menu_leads_there(client, login, administrator):
    page = login(client, administrator).get(reverse("wagtailadmin_home"))
    assert "Recrutement" in page.text


@pytest.mark.parametrize("path", [*LISTS, "/gestion/messages/"])
def test_an_address_asks_nothing_but_the_filters(client, login, sales, path):
    CandidateFactory(in_library=True)
    login(client, sales)
    everything = client.get(path)
    for lookup in ("user__password__startswith", "employer__group__name", "pk__in", "email__startswith"):
        asked = client.get(path, {lookup: "rien"})
        assert asked.status_code == 200, lookup
        assert asked.context["result_count"] == everything.context["result_count"], lookup


def test_sales_filters_by_state_and_kind(client, login, sales, ormeaux):
    ad = JobAdFactory(employer=ormeaux, live=True)
    ApplicationFactory(ad=ad, state="refused")
    ApplicationFactory(employer=ormeaux, is_spontaneous=True)
    login(client, sales)
    for query, count in (({"state": "refused"}, 1), ({"nature": "spontanee"}, 1), ({"nature": "x"}, 2)):
        assert client.get(LISTS[0], query).context["result_count"] == count, query
