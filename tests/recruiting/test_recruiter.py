""" "Candidatures" of the recruiter's space (G26): whose they are, lists, moves, messages, the CV."""

import re
import uuid

import pytest
from django.urls import reverse

from recruiting import applications
from recruiting.models import Application, Message
from tests.factories import ApplicationFactory, JobAdFactory, MembershipFactory
from tests.tools import mails_to

pytestmark = pytest.mark.django_db
State = Application.State
LIST = "/espace-recruteur/candidatures/"


@pytest.fixture
def ad(ormeaux):
    return JobAdFactory(employer=ormeaux, live=True, title="Moniteur-éducateur F/H")


@pytest.fixture
def application(ad):
    return ApplicationFactory(ad=ad)


def url(application, name="application") -> str:
    return reverse(f"recruiting:{name}", args=[application.public_id])


def message(body="Pouvez-vous venir mardi ?") -> dict:
    return {"body": body, "form_key": str(uuid.uuid4())}


def without_tokens(html: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)


@pytest.fixture
def space(client, login, recruiter):
    return login(client, recruiter)


# --- Whose they are --------------------------------------------------------------------------------------------------


@pytest.mark.permissions
@pytest.mark.invariant
def test_another_employers_application_does_not_exist(client, login, stranger, application):
    login(client, stranger)
    absent = uuid.uuid4()
    for name, method in [
        ("application", "get"),
        ("application", "post"),
        ("application_move", "post"),
        ("application_cv", "get"),
    ]:
        foreign = getattr(client, method)(url(application, name), message() | {"state": State.REFUSED})
        missing = getattr(client, method)(reverse(f"recruiting:{name}", args=[absent]), message())
        assert foreign.status_code == missing.status_code == 404, name
        assert without_tokens(foreign.text) == without_tokens(missing.text)
    application.refresh_from_db()
    assert application.state == State.RECEIVED
    assert not Message.objects.exists()
    assert application.full_name not in client.get(LIST).text


@pytest.mark.permissions
def test_a_foreign_ad_filters_nothing_in(client, login, stranger, application, ad):
    page = login(client, stranger).get(LIST, {"annonce": ad.pk})
    assert page.status_code == 200
    assert application.full_name not in page.text
    assert ad.title not in page.text


@pytest.mark.permissions
def test_strangers_to_the_space_stay_out(client, login, application, candidate_user, sales):
    for name in ("application", "application_cv"):
        assert client.get(url(application, name)).status_code == 302
        for user in (candidate_user, sales):
            assert login(client, user).get(url(application, name)).status_code == 403
        client.logout()


@pytest.mark.permissions
def test_a_reader_reads_and_does_not_answer(client, login, ormeaux, application):
    reader = MembershipFactory(employer=ormeaux, role="lecteur").user
    login(client, reader)
    page = client.get(url(application))
    assert page.status_code == 200
    assert "Envoyer au candidat" not in page.text
    client.post(url(application), message())
    assert client.post(url(application, "application_move"), {"state": State.REFUSED}).status_code == 403
    application.refresh_from_db()
    # Nor does its look count as the employer's.
    assert application.state == State.RECEIVED
    assert not Message.objects.exists()


@pytest.mark.permissions
def test_billing_has_no_need_to_know_who_applies(client, login, ormeaux, application):
    accountant = MembershipFactory(employer=ormeaux, role="facturation").user
    login(client, accountant)
    assert client.get(LIST).status_code == 403
    assert client.get(url(application, "application_cv")).status_code == 403


# --- The list --------------------------------------------------------------------------------------------------------


def names(page) -> list[str]:
    return [row.first_name for row in page.context["page"]]


def test_an_empty_list_says_what_will_come(space):
    assert "Aucune candidature pour l’instant" in space.get(LIST).text


def test_filters_and_sorts(space, ad, ormeaux):
    other = JobAdFactory(employer=ormeaux, live=True, title="Psychologue")
    ApplicationFactory(ad=ad, first_name="Ana", last_name="Zola")
    ApplicationFactory(ad=other, first_name="Bob", last_name="Young", state=State.READ)
    ApplicationFactory(employer=ormeaux, first_name="Cléo", last_name="Xu", state=State.REFUSED)
    assert names(space.get(LIST)) == ["Cléo", "Bob", "Ana"]
    assert names(space.get(LIST, {"tri": "anciennes"})) == ["Ana", "Bob", "Cléo"]
    assert names(space.get(LIST, {"tri": "nom"})) == ["Cléo", "Bob", "Ana"]
    assert names(space.get(LIST, {"annonce": ad.pk})) == ["Ana"]
    assert names(space.get(LIST, {"annonce": "spontanees"})) == ["Cléo"]
    assert names(space.get(LIST, {"statut": "refused"})) == ["Cléo"]
    assert names(space.get(LIST, {"statut": "sans-reponse"})) == ["Bob", "Ana"]
    assert names(space.get(LIST, {"q": "zol ana"})) == ["Ana"]
    nobody = space.get(LIST, {"q": "personne"})
    assert "Aucune candidature ne répond à ces filtres" in nobody.text


@pytest.mark.parametrize(
    "query", [{"annonce": "x"}, {"tri": "y"}, {"statut": "z"}, {"page": "999"}, {"page": "x"}, {"q": "\x00"}]
)
def test_a_senseless_query_is_no_error(space, application, query):
    assert names(space.get(LIST, query)) == ["Inès"]


def test_twenty_a_page_and_filters_stay_in_the_links(space, ad):
    for _ in range(21):
        ApplicationFactory(ad=ad)
    page = space.get(LIST, {"statut": "received"})
    assert len(page.context["page"]) == 20
    assert "statut=received&amp;page=2" in page.text
    assert len(space.get(LIST, {"page": 2}).context["page"]) == 1


def test_the_number_without_answer_is_shown(space, application, ormeaux):
    ApplicationFactory(employer=ormeaux, state=State.HIRED)
    assert space.get(LIST).context["unanswered"] == 1


def test_the_query_count_does_not_grow(space, ad, django_assert_max_num_queries):
    for _ in range(20):
        ApplicationFactory(ad=ad)
    space.get(LIST)
    with django_assert_max_num_queries(9):
        space.get(LIST)


# --- One application -------------------------------------------------------------------------------------------------


def test_opening_it_marks_it_as_read_once(space, application):
    page = space.get(url(application))
    space.get(url(application))
    application.refresh_from_db()
    assert application.state == State.READ
    assert application.moves.count() == 1
    assert application.letter in page.text
    assert "Historique" in page.text


@pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch"}, {"Purpose": "prefetch"}])
def test_a_page_fetched_in_advance_is_not_read(space, application, headers):
    space.get(url(application), headers=headers)
    application.refresh_from_db()
    assert application.state == State.RECEIVED


def test_writing_to_the_candidate(space, application):
    answer = space.post(url(application), message())
    assert answer.url == url(application)
    page = space.get(url(application)).text
    assert "Pouvez-vous venir mardi" in page
    assert len(mails_to(application.email)) == 1


def test_a_double_click_sends_one_message(space, application):
    form = message()
    space.post(url(application), form)
    space.post(url(application), form)
    assert Message.objects.count() == 1


def test_a_message_too_long_is_refused_and_kept(space, application):
    answer = space.post(url(application), message("x" * 5001))
    assert answer.status_code == 422
    assert "x" * 5001 in answer.text
    assert not Message.objects.exists()


def test_changing_the_state(space, application):
    page = space.post(
        url(application, "application_move"), {"state": "interview", "notify": "1"}, follow=True
    )
    assert "en est averti" in page.text
    application.refresh_from_db()
    assert application.state == State.INTERVIEW
    assert len(mails_to(application.email)) == 1


def test_changing_the_state_without_a_word(space, application):
    space.post(url(application, "application_move"), {"state": "refused"})
    assert mails_to(application.email) == []


@pytest.mark.parametrize("state", ["withdrawn", "nonsense", ""])
def test_a_forbidden_move_is_said(space, application, state):
    page = space.post(url(application, "application_move"), {"state": state, "notify": "1"}, follow=True)
    assert "message error" in page.text
    application.refresh_from_db()
    assert application.state in (State.RECEIVED, State.READ)


def test_changing_the_state_is_a_post(space, application):
    assert space.get(url(application, "application_move")).status_code == 405


def test_a_withdrawn_application_can_only_be_read(space, application):
    applications.withdraw(application)
    page = space.get(url(application)).text
    assert "la conversation est close" in page
    assert "Refuser" not in page


def test_an_earlier_application_of_the_same_person_is_shown(space, ad):
    first = ApplicationFactory(ad=ad, email="ines@test.example")
    second = ApplicationFactory(ad=ad, email="ines@test.example")
    assert url(first) in space.get(url(second)).text
    assert url(second) not in space.get(url(first)).text


def test_the_cv_is_a_download_that_can_do_nothing(space, application):
    answer = space.get(url(application, "application_cv"))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="cv.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


def test_the_query_count_of_one_application(space, application, recruiter, django_assert_max_num_queries):
    for number in range(10):
        applications.write(application, f"Message {number}", form_key=uuid.uuid4(), author=recruiter)
    space.get(url(application))
    with django_assert_max_num_queries(20):
        space.get(url(application))
