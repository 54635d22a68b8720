"""The candidate's space (G34): who gets in, applications, profile."""

import uuid

import pytest
from django.urls import reverse

from accounts.signals import signed_up
from recruiting import applications
from recruiting.models import Application, Candidate
from reference.models import Profession
from tests.factories import ApplicationFactory, CandidateFactory, JobAdFactory, UserFactory

pytestmark = pytest.mark.django_db
SPACE, PROFILE = "/espace-candidat/", "/espace-candidat/profil/"


@pytest.fixture
def candidate(client, login):
    candidate = CandidateFactory()
    login(client, candidate.user)
    return candidate


def url(application, name="candidate_application") -> str:
    return reverse(f"recruiting:{name}", args=[application.public_id])


# --- Who gets in ------------------------------------------------------------------------------------------------------


def test_a_candidates_account_comes_with_its_profile():
    user = UserFactory()
    for _ in range(2):
        signed_up.send(sender=type(user), user=user, kind="candidate")
    assert Candidate.objects.get().user == user


def test_a_recruiters_account_does_not():
    user = UserFactory()
    signed_up.send(sender=type(user), user=user, kind="recruiter")
    assert not Candidate.objects.exists()


def test_who_is_nothing_yet_becomes_a_candidate_at_the_first_visit(client, login):
    user = UserFactory()
    page = login(client, user).get(SPACE)
    assert page.status_code == 200
    assert "Vous n’avez pas encore postulé" in page.text
    assert Candidate.objects.get().user == user


@pytest.mark.permissions
def test_recruiters_and_the_office_stay_what_they_are(client, login, recruiter, sales):
    for user in (recruiter, sales):
        for path in (SPACE, PROFILE):
            assert login(client, user).get(path).status_code == 403
    assert not Candidate.objects.exists()


@pytest.mark.permissions
def test_a_visitor_logs_in_first(client):
    for path in (SPACE, PROFILE):
        answer = client.get(path)
        assert answer.status_code == 302
        assert f"next={path}" in answer.url


# --- Applications -----------------------------------------------------------------------------------------------------


def test_my_applications_and_nobody_elses(client, candidate, ormeaux):
    mine = ApplicationFactory(
        ad=JobAdFactory(employer=ormeaux, live=True, title="Poste A"), candidate=candidate
    )
    before = ApplicationFactory(
        ad=JobAdFactory(employer=ormeaux, live=True, title="Poste B"), email=candidate.user.email
    )
    foreign = ApplicationFactory(ad=JobAdFactory(employer=ormeaux, live=True, title="Poste C"))
    page = client.get(SPACE).text
    assert "Poste A" in page
    # Sent without logging in, from the address that this account has confirmed.
    assert "Poste B" in page
    assert "Poste C" not in page
    for application in (mine, before):
        assert client.get(url(application)).status_code == 200
    assert client.get(url(foreign)).status_code == 404
    assert client.post(url(foreign, "candidate_withdraw")).status_code == 404


@pytest.mark.permissions
def test_an_unconfirmed_address_shows_nothing(client, login, ormeaux):
    candidate = CandidateFactory(user__confirmed=False)
    ApplicationFactory(employer=ormeaux, email=candidate.user.email)
    assert "Vous n’avez pas encore postulé" in login(client, candidate.user).get(SPACE).text


def test_writing_and_withdrawing(client, candidate, ormeaux, recruiter):
    application = ApplicationFactory(employer=ormeaux, candidate=candidate)
    applications.write(application, "Bonjour Inès", form_key=uuid.uuid4(), author=recruiter)
    assert "Nouveau message" in client.get(SPACE).text
    assert "Bonjour Inès" in client.get(url(application)).text
    assert "Nouveau message" not in client.get(SPACE).text
    client.post(url(application), {"body": "Bonjour !", "form_key": str(uuid.uuid4())})
    assert application.messages.filter(from_candidate=True).count() == 1
    client.post(url(application, "candidate_withdraw"))
    application.refresh_from_db()
    assert application.state == Application.State.WITHDRAWN


def test_the_list_is_paged_and_its_query_count_does_not_grow(
    client, candidate, ormeaux, django_assert_max_num_queries
):
    for _ in range(21):
        ApplicationFactory(employer=ormeaux, candidate=candidate)
    client.get(SPACE)
    with django_assert_max_num_queries(9):
        page = client.get(SPACE)
    assert len(page.context["page"]) == 20


# --- Profile ----------------------------------------------------------------------------------------------------------


def filled(**changes) -> dict:
    form = {
        "profession": Profession.objects.get(code="moniteur-educateur").pk,
        "experience": "3-ans",
        "commune": "Villeurbanne",
        "radius_km": "50",
        "available_on": "2027-03-01",
        "phone": "06 12 34 56 78",
        "headline": "Moniteur-éducateur",
        "presentation": "Dix ans en MECS.",
    }
    return form | changes


def test_saving_the_profile(client, candidate):
    answer = client.post(PROFILE, filled())
    assert answer.status_code == 302
    candidate.refresh_from_db()
    assert candidate.profession.code == "moniteur-educateur"
    assert candidate.commune.insee == "69266"
    assert candidate.radius_km == 50
    candidate.user.refresh_from_db()
    assert candidate.user.phone == "06 12 34 56 78"
    page = client.get(PROFILE).text
    assert 'value="Villeurbanne (69)"' in page
    assert 'value="2027-03-01"' in page


@pytest.mark.parametrize(
    ("typed", "insee"),
    [
        ("villeurbanne", "69266"),
        ("69100", "69266"),
        ("69100 Villeurbanne", "69266"),
        ("Villeurbanne 69100", "69266"),
        ("Villeurbanne (69)", "69266"),
        ("SAINT ETIENNE", "42218"),
        ("st-étienne", "42218"),
        ("Saint-Denis (93)", "93066"),
        ("", None),
    ],
)
def test_a_commune_by_its_name_as_typed(client, candidate, typed, insee):
    assert client.post(PROFILE, filled(commune=typed)).status_code == 302
    candidate.refresh_from_db()
    assert candidate.commune_id == insee


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Trifouillis", "Nous ne connaissons pas"),
        ("Saint-Denis", "Saint-Denis (93)"),
        ("99999", "Nous ne connaissons"),
    ],
)
def test_a_commune_that_is_not_clear(client, candidate, typed, sentence):
    before = candidate.commune
    answer = client.post(PROFILE, filled(commune=typed))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{typed}"' in answer.text
    candidate.refresh_from_db()
    assert candidate.commune == before


@pytest.mark.parametrize(
    "changes",
    [
        {"profession": ""},
        {"radius_km": "9999"},
        {"phone": "x"},
        {"available_on": "demain"},
        {"diplomas": "999"},
    ],
)
def test_a_mistake_in_the_profile_keeps_what_was_typed(client, candidate, changes):
    answer = client.post(PROFILE, filled(**changes))
    assert answer.status_code == 422
    assert "Dix ans en MECS." in answer.text
    candidate.refresh_from_db()
    assert candidate.presentation != "Dix ans en MECS."


def test_the_profile_page_has_few_queries(client, candidate, django_assert_max_num_queries):
    client.get(PROFILE)
    with django_assert_max_num_queries(20):
        client.get(PROFILE)
