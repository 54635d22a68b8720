"""The services of applications: sending, moving, writing."""

import uuid

import pytest

from pages import ads
from recruiting import applications
from recruiting.applications import ApplicationRefused, ForbiddenMove, Sender
from recruiting.models import Application, ApplicationMove, Message
from tests.factories import ApplicationFactory, CvFactory, JobAdFactory, MembershipFactory
from tests.recruiting.build import brand
from tests.tools import deliver_mails, mails_to

pytestmark = pytest.mark.django_db
State = Application.State
SENDER = Sender("Inès", "Moreau", "Ines.Moreau@test.example", "06 12 34 56 78")


def send(ad, sender=SENDER, form_key=None, **changes):
    typed = {"letter": "Bonjour.", "cv": CvFactory(is_current=False), "form_key": form_key or uuid.uuid4()}
    return applications.apply_to_ad(ad, sender, **(typed | changes))


def test_an_application_belongs_to_the_employer_and_keeps_the_title(ormeaux):
    ad = JobAdFactory(employer=ormeaux, live=True, title="Éducateur spécialisé F/H")
    application = send(ad)
    assert application.employer == ormeaux
    assert application.ad_title == "Éducateur spécialisé F/H"
    assert application.email == "ines.moreau@test.example"
    assert application.state == State.RECEIVED
    assert [move.to_state for move in application.moves.all()] == [State.RECEIVED]


def test_every_recruiter_is_told_and_nobody_else(ormeaux, recruiter, colleague, stranger):
    """G25."""
    reader = MembershipFactory(employer=ormeaux, role="lecteur").user
    accountant = MembershipFactory(employer=ormeaux, role="facturation").user
    left = MembershipFactory(employer=ormeaux).user
    left.is_active = False
    left.save()
    send(JobAdFactory(employer=ormeaux, live=True, title="Chef de service"))
    sent = deliver_mails()
    told = sorted(address for mail in sent for address in mail.to)
    assert told == sorted([recruiter.email, colleague.email, "ines.moreau@test.example"])
    assert not {reader.email, accountant.email, left.email, stranger.email} & set(told)
    mail = mails_to(recruiter.email)[0]
    application = Application.objects.get()
    assert mail.subject == "Nouvelle candidature : Chef de service"
    assert f"/espace-recruteur/candidatures/{application.public_id}/" in mail.body
    assert "Inès Moreau" in mail.body
    # Letter, address and CV stay in the space.
    assert application.letter not in mail.body
    assert application.email not in mail.body
    assert application.token not in mail.body
    assert not mail.attachments


def test_the_candidate_gets_a_confirmation_with_the_link_to_follow(ormeaux):
    application = send(JobAdFactory(employer=ormeaux, live=True, title="Chef de service"))
    [mail] = mails_to("ines.moreau@test.example")
    assert mail.subject == "Votre candidature est envoyée : Chef de service"
    assert f"/candidature/{application.token}/" in mail.body
    assert "Association Les Ormeaux" in mail.body
    assert "déjà envoyé" not in mail.body


def test_the_same_form_twice_is_one_application(ormeaux):
    ad, key = JobAdFactory(employer=ormeaux, live=True), uuid.uuid4()
    assert send(ad, form_key=key) == send(ad, form_key=key)
    assert Application.objects.count() == 1
    assert len(mails_to("ines.moreau@test.example")) == 1


def test_somebody_elses_form_key_tells_nothing(ormeaux):
    ad, key = JobAdFactory(employer=ormeaux, live=True), uuid.uuid4()
    send(ad, form_key=key)
    with pytest.raises(ApplicationRefused):
        send(ad, Sender("Paul", "Roy", "paul@test.example"), form_key=key)


def test_applying_twice_to_an_ad_is_allowed_and_said_by_mail_only(ormeaux):
    ad = JobAdFactory(employer=ormeaux, live=True)
    first, second = send(ad), send(ad)
    assert first != second
    assert applications.earlier(second) == first
    assert "Vous aviez déjà envoyé une candidature" in mails_to("ines.moreau@test.example")[1].body


@pytest.mark.parametrize("gone", ["draft", "unpublished", "filled", "company"])
@pytest.mark.invariant
def test_only_a_visible_ad_takes_applications(ormeaux, recruiter, gone):
    ad = JobAdFactory(employer=ormeaux, live=gone != "draft")
    if gone == "unpublished":
        ads.unpublish(ad, recruiter)
    elif gone == "filled":
        ads.mark_filled(ad)
    elif gone == "company":
        ormeaux.company_page.unpublish()
    with pytest.raises(ApplicationRefused) as caught:
        send(ad)
    assert caught.value.code == "not_visible"
    assert not Application.objects.exists()


def test_an_ad_with_the_employers_own_link_takes_none(ormeaux):
    ad = JobAdFactory(
        employer=ormeaux, live=True, apply_mode="lien", apply_url="https://emploi.test.example/"
    )
    with pytest.raises(ApplicationRefused):
        send(ad)


def test_spontaneous_applications_go_to_paid_pages_only(ormeaux, recruiter):
    """G27."""
    typed = {"letter": "", "cv": CvFactory(is_current=False), "form_key": uuid.uuid4()}
    with pytest.raises(ApplicationRefused):
        applications.apply_spontaneously(ormeaux, SENDER, **typed)
    brand(ormeaux)
    application = applications.apply_spontaneously(ormeaux, SENDER, **typed)
    assert application.is_spontaneous
    assert mails_to(recruiter.email)[0].subject == "Candidature spontanée de Inès Moreau"
    assert applications.apply_spontaneously(ormeaux, SENDER, **typed) == application


def test_no_spontaneous_application_to_a_page_that_is_offline(ormeaux):
    brand(ormeaux)
    ormeaux.company_page.unpublish()
    assert not applications.takes_spontaneous(ormeaux)


# --- States ----------------------------------------------------------------------------------------------------------


def test_a_move_is_logged_and_told(ormeaux, recruiter):
    application = ApplicationFactory(employer=ormeaux)
    moved = applications.move(application, State.INTERVIEW, recruiter)
    assert moved.answered_at is not None
    [move] = application.moves.all()
    assert (move.from_state, move.to_state, move.by) == (State.RECEIVED, State.INTERVIEW, recruiter)
    [mail] = mails_to(application.email)
    assert "souhaite vous rencontrer" in mail.body


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.SHORTLISTED, "a retenu votre candidature pour la suite"),
        (State.HIRED, "Félicitations"),
        (State.REFUSED, "n’a pas été retenue"),
    ],
)
def test_each_answer_has_its_words(ormeaux, recruiter, state, words):
    application = ApplicationFactory(employer=ormeaux)
    applications.move(application, state, recruiter)
    assert words in mails_to(application.email)[0].body


def test_no_mail_without_news_or_when_asked_not_to(ormeaux, recruiter):
    application = ApplicationFactory(employer=ormeaux)
    applications.move(application, State.READ, recruiter)
    applications.move(application, State.REFUSED, recruiter, notify=False)
    assert mails_to(application.email) == []
    application.refresh_from_db()
    assert application.answered_at is not None


def test_a_repeated_move_does_nothing(ormeaux, recruiter):
    application = ApplicationFactory(employer=ormeaux)
    applications.move(application, State.REFUSED, recruiter)
    applications.move(application, State.REFUSED, recruiter)
    assert application.moves.count() == 1
    assert len(mails_to(application.email)) == 1


def test_moves_outside_the_table_are_refused(ormeaux, recruiter):
    for start in State:
        for end in State:
            allowed = end in Application.MOVES[start] and end != State.WITHDRAWN
            if start == end or allowed:
                continue
            application = ApplicationFactory(employer=ormeaux, state=start)
            with pytest.raises(ForbiddenMove) as caught:
                applications.move(application, end, recruiter)
            assert State(start).label in caught.value.messages[0]
            assert not application.moves.exists()


def test_the_move_starts_from_the_row_not_from_the_screen(ormeaux, recruiter):
    application = ApplicationFactory(employer=ormeaux)
    stale = Application.objects.get(pk=application.pk)
    applications.withdraw(application)
    with pytest.raises(ForbiddenMove):
        applications.move(stale, State.INTERVIEW, recruiter)


def test_withdrawing_tells_the_recruiters_once(ormeaux, recruiter):
    application = ApplicationFactory(employer=ormeaux)
    applications.withdraw(application)
    applications.withdraw(application)
    assert [mail.subject for mail in mails_to(recruiter.email)] == ["Inès Moreau a retiré sa candidature"]
    assert ApplicationMove.objects.filter(to_state=State.WITHDRAWN).count() == 1


@pytest.mark.parametrize("state", [State.HIRED, State.REFUSED])
def test_a_decided_application_is_not_withdrawn(ormeaux, state):
    with pytest.raises(ForbiddenMove):
        applications.withdraw(ApplicationFactory(employer=ormeaux, state=state))


# --- Messages --------------------------------------------------------------------------------------------------------


def test_the_employers_first_message_is_its_answer(ormeaux, recruiter):
    application = ApplicationFactory(employer=ormeaux)
    message = applications.write(
        application, " Pouvez-vous venir mardi ? ", form_key=uuid.uuid4(), author=recruiter
    )
    application.refresh_from_db()
    assert application.answered_at == message.sent_at
    [mail] = mails_to(application.email)
    assert "Pouvez-vous venir mardi ?" in mail.body
    assert application.token in mail.body
    assert not Application.objects.unanswered().exists()


def test_the_candidates_message_reaches_every_recruiter(ormeaux, recruiter, colleague):
    application = ApplicationFactory(employer=ormeaux)
    applications.write(application, "Mardi me convient.", form_key=uuid.uuid4(), from_candidate=True)
    for user in (recruiter, colleague):
        [mail] = mails_to(user.email)
        assert "Mardi me convient." in mail.body
        assert application.token not in mail.body
    application.refresh_from_db()
    assert application.answered_at is None


def test_a_message_sent_twice_is_one(ormeaux, recruiter):
    application, key = ApplicationFactory(employer=ormeaux), uuid.uuid4()
    for _ in range(2):
        applications.write(application, "Bonjour", form_key=key, author=recruiter)
    assert Message.objects.count() == 1
    assert len(mails_to(application.email)) == 1


def test_no_message_in_a_withdrawn_application(ormeaux, recruiter):
    application = ApplicationFactory(employer=ormeaux, state=State.WITHDRAWN)
    for side in ({"author": recruiter}, {"from_candidate": True}):
        with pytest.raises(ApplicationRefused):
            applications.write(application, "Bonjour", form_key=uuid.uuid4(), **side)


def test_html_in_a_message_stays_text(ormeaux, recruiter):
    application = ApplicationFactory(employer=ormeaux)
    applications.write(application, "<img src=x onerror=alert(1)>", form_key=uuid.uuid4(), author=recruiter)
    [mail] = mails_to(application.email)
    html = mail.alternatives[0][0]
    assert "<img src=x" not in html
    assert "&lt;img" in html


def test_reading_marks_once(ormeaux, recruiter):
    application = ApplicationFactory(employer=ormeaux)
    applications.write(application, "Bonjour", form_key=uuid.uuid4(), from_candidate=True)
    applications.mark_read(application, recruiter)
    applications.mark_read(application, recruiter)
    application.refresh_from_db()
    assert application.state == State.READ
    assert application.moves.count() == 1
    assert application.messages.get().read_at is not None
