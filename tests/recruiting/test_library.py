"""The CV library: consent, 45 days, reminders, who opens a profile."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from outbox.models import Entry
from recruiting import cvs, library, tasks
from recruiting.library import LibraryRefused
from recruiting.models import Candidate, CvAccess
from recruiting.teasers import teaser
from tests.factories import CandidateFactory, CvFactory, MembershipFactory
from tests.recruiting.build import cv_upload, subscribe
from tests.tools import deliver_mails, mails_to

pytestmark = pytest.mark.django_db


def url(candidate, name="cv") -> str:
    return reverse(f"recruiting:{name}", args=[candidate.public_id])


def index_rows(candidate) -> int:
    return Entry.objects.filter(topic="search.cv", key=str(candidate.pk)).count()


def in_library() -> list[Candidate]:
    return list(Candidate.objects.in_library())


@pytest.fixture
def shown():
    """A candidate in the library, with everything that must not be shown to everyone."""
    candidate = CandidateFactory(
        in_library=True,
        user__first_name="Inès",
        user__last_name="Moreau-Kerbrat",
        user__phone="06 12 34 56 78",
        headline="Inès Moreau, éducatrice",
        presentation="Je suis Inès, appelez-moi.",
    )
    return candidate


# --- Consent ---------------------------------------------------------------------------------------------------------


def test_nobody_is_in_the_library_without_asking():
    candidate = CandidateFactory(cv=True)
    assert in_library() == []
    before = index_rows(candidate)
    library.consent(candidate)
    assert in_library() == [candidate]
    candidate.refresh_from_db()
    assert candidate.library_consent_wording == library.CONSENT_WORDING
    assert candidate.library_consent_at is not None
    assert index_rows(candidate) > before


@pytest.mark.parametrize("missing", ["profession", "cv"])
def test_a_profile_without_profession_or_cv_does_not_enter(missing):
    candidate = CandidateFactory(cv=missing != "cv")
    if missing == "profession":
        Candidate.objects.update(profession=None)
    with pytest.raises(LibraryRefused) as caught:
        library.consent(candidate)
    assert "Il manque" in caught.value.messages[0]
    candidate.refresh_from_db()
    assert candidate.library_consent_at is None


def test_withdrawing_takes_it_out_at_once(shown):
    before = index_rows(shown)
    library.withdraw_consent(shown)
    assert in_library() == []
    assert index_rows(shown) > before
    shown.refresh_from_db()
    assert (shown.library_consent_at, shown.library_consent_wording) == (None, "")


def test_a_closed_account_and_a_removed_cv_leave_it(shown):
    cvs.remove_current(shown)
    assert in_library() == []
    CvFactory(candidate=shown)
    assert in_library() == [shown]
    shown.user.is_active = False
    shown.user.save()
    assert in_library() == []


# --- 45 days (G31) ---------------------------------------------------------------------------------------------------


def test_after_45_days_it_has_left_by_itself(shown):
    start = timezone.now()
    with time_machine.travel(start + timedelta(days=44, hours=23)):
        assert in_library() == [shown]
    with time_machine.travel(start + timedelta(days=45, minutes=1)):
        assert in_library() == []


def test_the_index_is_told_and_a_refresh_brings_it_back(shown):
    start = timezone.now()
    Entry.objects.all().delete()
    with time_machine.travel(start + timedelta(days=45, hours=2)):
        assert tasks.refresh_library.call() == 1
        assert index_rows(shown) == 1
        library.refresh(shown)
        assert in_library() == [shown]
    with time_machine.travel(start + timedelta(days=60)):
        assert tasks.refresh_library.call() == 0


def test_reminders_at_day_30_and_40_once_each(shown):
    start, address = timezone.now(), shown.user.email
    expected = {29: 0, 30: 1, 31: 1, 39: 1, 40: 2, 41: 2, 46: 2}
    for day, mails in expected.items():
        with time_machine.travel(start + timedelta(days=day, minutes=5)):
            tasks.remind_candidates.call()
            tasks.remind_candidates.call()
            assert len(mails_to(address)) == mails, day
    first, second = mails_to(address)
    assert first.subject == "Votre profil quitte la CVthèque dans 15 jours"
    assert second.subject == "Votre profil quitte la CVthèque dans 5 jours"
    assert "/espace-candidat/profil/" in first.body


def test_a_refresh_starts_the_reminders_anew(shown):
    start = timezone.now()
    with time_machine.travel(start + timedelta(days=31)):
        tasks.remind_candidates.call()
        library.refresh(shown)
    with time_machine.travel(start + timedelta(days=42)):
        assert tasks.remind_candidates.call() == 0
    with time_machine.travel(start + timedelta(days=62)):
        assert tasks.remind_candidates.call() == 1


def test_a_day_without_task_is_made_good_with_one_mail(shown):
    with time_machine.travel(timezone.now() + timedelta(days=43)):
        assert tasks.remind_candidates.call() == 1
        assert "dans 2 jours" in deliver_mails()[0].subject


def test_nobody_outside_the_library_is_reminded():
    CandidateFactory(cv=True)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert tasks.remind_candidates.call() == 0


# --- Opening a profile -----------------------------------------------------------------------------------------------


def secrets_of(candidate) -> list[str]:
    user = candidate.user
    return [
        user.first_name,
        user.last_name,
        user.email,
        user.phone,
        candidate.headline,
        "appelez-moi",
        "cv.pdf",
    ]


@pytest.mark.permissions
def test_without_access_a_teaser_and_the_way_to_the_offers(
    client, login, shown, recruiter, candidate_user, sales
):
    for user in (None, recruiter, candidate_user, sales):
        page = (login(client, user) if user else client).get(url(shown))
        assert page.status_code == 200
        for secret in secrets_of(shown):
            assert secret not in page.text, (user, secret)
        assert "#cvtheque" in page.text
        assert client.get(url(shown, "cv_download")).status_code == 404
    assert not CvAccess.objects.exists()


def test_the_teaser_holds_no_name_and_no_contact(shown):
    text = str(teaser(shown))
    for secret in secrets_of(shown):
        assert secret not in text


def test_with_access_the_profile_is_open_and_the_look_is_logged(client, login, shown, recruiter, ormeaux):
    """G30."""
    subscribe(ormeaux)
    login(client, recruiter)
    page = client.get(url(shown))
    assert shown.user.email in page.text
    assert "Moreau-Kerbrat" in page.text
    client.get(url(shown))
    [access] = CvAccess.objects.all()
    assert (access.candidate, access.employer, access.user) == (shown, ormeaux, recruiter)
    answer = client.get(url(shown, "cv_download"))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert CvAccess.objects.filter(downloaded=True).count() == 1


@pytest.mark.permissions
def test_an_access_that_ended_opens_nothing(client, login, shown, recruiter, ormeaux):
    subscribe(ormeaux, days=30)
    with time_machine.travel(timezone.now() + timedelta(days=31, hours=12)):
        assert shown.user.email not in login(client, recruiter).get(url(shown)).text
        with pytest.raises(LibraryRefused):
            library.open_cv(shown, ormeaux, recruiter)


@pytest.mark.permissions
def test_another_employers_access_opens_nothing(client, login, shown, stranger, ormeaux):
    subscribe(ormeaux)
    assert shown.user.email not in login(client, stranger).get(url(shown)).text


@pytest.mark.permissions
def test_billing_sees_the_teaser(client, login, shown, ormeaux):
    subscribe(ormeaux)
    accountant = MembershipFactory(employer=ormeaux, role="facturation").user
    assert shown.user.email not in login(client, accountant).get(url(shown)).text


@pytest.mark.permissions
@pytest.mark.parametrize("why", ["no consent", "stale", "absent"])
def test_a_profile_outside_the_library_does_not_exist(client, login, shown, recruiter, ormeaux, why):
    subscribe(ormeaux)
    login(client, recruiter)
    address = url(shown)
    if why == "no consent":
        library.withdraw_consent(shown)
    elif why == "absent":
        address = "/cvtheque/00000000-0000-4000-8000-000000000000/"
    now = timezone.now() + (timedelta(days=46) if why == "stale" else timedelta())
    with time_machine.travel(now):
        assert client.get(address).status_code == 404
        assert client.get(f"{address}cv/").status_code == 404
    assert not CvAccess.objects.exists()


def test_consent_withdrawn_while_the_page_is_open(shown, recruiter, ormeaux):
    subscribe(ormeaux)
    stale = Candidate.objects.get(pk=shown.pk)
    library.withdraw_consent(shown)
    with pytest.raises(LibraryRefused) as caught:
        library.open_cv(stale, ormeaux, recruiter)
    assert caught.value.code == "left"


def test_nobody_copies_the_library(client, login, shown, recruiter, ormeaux):
    subscribe(ormeaux)
    others = CandidateFactory.create_batch(3)
    CvAccess.objects.bulk_create(
        CvAccess(candidate=others[n % 3], employer=ormeaux, user=recruiter)
        for n in range(library.OPENINGS_A_DAY)
    )
    page = login(client, recruiter).get(url(shown))
    assert page.status_code == 429
    assert "Reprenez demain" in page.text
    assert shown.user.email not in page.text


# --- The candidate's own screens --------------------------------------------------------------------------------------


@pytest.fixture
def mine(client, login):
    candidate = CandidateFactory(cv=True)
    login(client, candidate.user)
    return candidate


def test_the_box_is_not_ticked_beforehand_and_nothing_happens_without_it(client, mine):
    page = client.get("/espace-candidat/profil/").text
    assert "J’accepte" in page
    box = page[page.index('name="consent"') - 80 : page.index('name="consent"') + 80]
    assert "checked" not in box
    answer = client.post(reverse("recruiting:library_join"), {})
    assert answer.status_code == 422
    assert "Cochez la case" in answer.text
    assert in_library() == []


def test_joining_refreshing_and_leaving(client, login, mine):
    assert client.post(reverse("recruiting:library_join"), {"consent": "on"}).status_code == 302
    assert in_library() == [mine]
    assert "Quitter la CVthèque" in client.get("/espace-candidat/profil/").text
    with time_machine.travel(timezone.now() + timedelta(days=46)):
        assert in_library() == []
        login(client, mine.user)
        assert "n’est plus montré" in client.get("/espace-candidat/profil/").text
        client.post(reverse("recruiting:library_refresh"))
        assert in_library() == [mine]
    client.post(reverse("recruiting:library_leave"))
    assert in_library() == []


def test_leaving_is_a_post(client, mine):
    for name in ("library_leave", "library_join", "library_refresh", "cv_upload", "cv_remove"):
        assert client.get(reverse(f"recruiting:{name}")).status_code == 405


def test_who_opened_my_cv(client, mine, recruiter, ormeaux):
    CvAccess.objects.create(candidate=mine, employer=ormeaux, user=recruiter)
    CvAccess.objects.create(candidate=CandidateFactory(), employer=ormeaux, user=recruiter)
    page = client.get(reverse("recruiting:accesses"))
    assert page.context["page"].paginator.count == 1
    assert "Association Les Ormeaux" in page.text
    assert recruiter.email not in page.text


def test_a_new_cv_replaces_the_old_one(client, mine):
    answer = client.post(reverse("recruiting:cv_upload"), {"cv": cv_upload(name="nouveau.pdf")})
    assert answer.status_code == 302
    assert cvs.current_of(mine).file_name == "nouveau.pdf"
    refused = client.post(reverse("recruiting:cv_upload"), {"cv": cv_upload(b"x", name="mauvais.pdf")})
    assert refused.status_code == 422
    assert "n’en est pas un" in refused.text
    assert "nouveau.pdf" in refused.text
    assert "Joignez votre CV" in client.post(reverse("recruiting:cv_upload"), {}).text


def test_my_cv_can_be_read_back_and_removed(client, mine):
    assert client.get(reverse("recruiting:my_cv")).status_code == 200
    client.post(reverse("recruiting:cv_remove"))
    assert client.get(reverse("recruiting:my_cv")).status_code == 404
