"""A candidate's application by the link of its mail."""

import uuid

import pytest
from django.urls import reverse

from recruiting import applications
from recruiting.models import Application, Message
from tests.factories import ApplicationFactory

pytestmark = pytest.mark.django_db
State = Application.State


@pytest.fixture
def application(ormeaux):
    return ApplicationFactory(employer=ormeaux)


def url(application, name="conversation") -> str:
    return reverse(f"recruiting:{name}", args=[application.token])


def message(body="Bonjour, merci.") -> dict:
    return {"body": body, "form_key": str(uuid.uuid4())}


def test_whoever_holds_the_link_reads_and_answers(client, application, recruiter):
    applications.write(application, "Pouvez-vous venir mardi ?", form_key=uuid.uuid4(), author=recruiter)
    page = client.get(url(application))
    assert "Pouvez-vous venir mardi" in page.text
    # The employer speaks, not one of its people.
    assert recruiter.last_name not in page.text
    assert client.post(url(application), message("Mardi me convient.")).url == url(application)
    assert Message.objects.get(from_candidate=True).body == "Mardi me convient."


def test_opening_marks_the_employers_messages_as_read(client, application, recruiter):
    sent = applications.write(application, "Bonjour", form_key=uuid.uuid4(), author=recruiter)
    client.get(url(application))
    sent.refresh_from_db()
    assert sent.read_at is not None


@pytest.mark.permissions
@pytest.mark.parametrize("token", ["x", "A" * 43, "..", "%00"])
def test_a_guessed_token_is_nothing(client, application, token):
    for path in ("", "envoyee/", "retirer/"):
        answer = client.get(f"/candidature/{token}/{path}")
        assert answer.status_code in (404, 405)


def test_tokens_are_long_and_never_the_same(application, ormeaux):
    assert len(application.token) >= 43
    assert ApplicationFactory(employer=ormeaux).token != application.token
    assert str(application.public_id) not in application.token


def test_the_link_stays_here(client, application):
    """Not cached, not indexed, and no other site is told the address; nothing on the page comes from elsewhere."""
    for name in ("conversation", "applied"):
        answer = client.get(url(application, name))
        assert answer["Referrer-Policy"] == "same-origin"
        assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
        assert "noindex" in answer["X-Robots-Tag"]
        assert 'content="noindex' in answer.text
        for attribute in ("src=", "action="):
            assert f'{attribute}"http' not in answer.text
        assert 'rel="canonical"' not in answer.text


def test_an_empty_message_is_refused_and_nothing_sent(client, application):
    answer = client.post(url(application), message("   "))
    assert answer.status_code == 422
    assert "Écrivez votre message" in answer.text
    assert not Message.objects.exists()


def test_withdrawing_is_a_post(client, application):
    assert client.get(url(application, "conversation_withdraw")).status_code == 405
    client.post(url(application, "conversation_withdraw"))
    application.refresh_from_db()
    assert application.state == State.WITHDRAWN
    page = client.get(url(application)).text
    assert "la conversation est close" in page
    answer = client.post(url(application), message())
    assert answer.status_code == 422
    assert not Message.objects.exists()


def test_a_refused_application_cannot_be_withdrawn(client, application):
    Application.objects.update(state=State.REFUSED)
    assert "Retirer ma candidature" not in client.get(url(application)).text
    page = client.post(url(application, "conversation_withdraw"), follow=True).text
    assert "ne peut pas devenir" in page


def test_script_in_a_message_stays_text(client, application, recruiter):
    applications.write(application, "<script>alert(1)</script>", form_key=uuid.uuid4(), author=recruiter)
    assert "<script>alert" not in client.get(url(application)).text


def test_the_query_count_does_not_grow(client, application, django_assert_max_num_queries):
    for number in range(12):
        Message.objects.create(
            application=application, body=f"Message {number}", from_candidate=number % 2 == 0
        )
    client.get(url(application))
    with django_assert_max_num_queries(6):
        client.get(url(application))
