"""The copy of one's data, and the end of one's account."""

import io
import json
import uuid
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from accounts import deletion, emails, exports, notifications
from accounts.models import DataExport, Membership, User
from accounts.tasks import forget_exports, make_export
from billing.models import Order
from recruiting.models import Application, Candidate, Cv
from tests.billing.shop import order_of
from tests.factories import (
    ApplicationFactory,
    CandidateFactory,
    CreditLotFactory,
    EmployerFactory,
    JobAdFactory,
    MembershipFactory,
)
from tests.factories.accounts import PASSWORD
from tests.tools import mails_to, run_tasks

pytestmark = pytest.mark.django_db

DATA, DELETE = "/mon-compte/mes-donnees/", "/mon-compte/supprimer/"


def contents(response) -> dict:
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


class TestCopy:
    def test_asked_made_mailed_and_fetched(self, client, login, recruiter, ormeaux):
        order = order_of(ormeaux, recruiter)
        login(client, recruiter)
        assert "en préparation" in client.post(DATA, follow=True).content.decode()
        assert "prête" in mails_to(recruiter.email)[-1].subject
        export = recruiter.data_exports.get()
        page = client.get(DATA).content.decode()
        address = reverse("accounts:data_export", args=[export.public_id])
        assert address in page
        files = contents(client.get(address))
        assert json.loads(files["compte.json"])["adresse_email"] == recruiter.email
        assert json.loads(files["organisations.json"])[0]["organisation"] == "Association Les Ormeaux"
        assert json.loads(files["commandes.json"])[0]["number"] == order.number
        assert "LISEZ-MOI.txt" in files

    def test_a_candidate_finds_profile_applications_and_cv(self, client, login, ormeaux):
        candidate = CandidateFactory(in_library=True)
        ApplicationFactory(
            ad=JobAdFactory(employer=ormeaux, live=True), candidate=candidate, letter="Ma lettre"
        )
        login(client, candidate.user)
        client.post(DATA)
        run_tasks()
        export = candidate.user.data_exports.get()
        files = contents(client.get(reverse("accounts:data_export", args=[export.public_id])))
        assert json.loads(files["candidatures.json"])[0]["lettre"] == "Ma lettre"
        assert json.loads(files["profil_candidat.json"])["metier"] == str(candidate.profession)
        assert files["fichiers/cv-1.pdf"].startswith(b"%PDF")

    def test_asking_twice_makes_one(self, recruiter):
        assert exports.ask(recruiter) == exports.ask(recruiter)
        run_tasks()
        export = recruiter.data_exports.get()
        name = export.file.name
        make_export.call(export.pk)
        export.refresh_from_db()
        assert export.file.name == name, "the task may run twice"
        assert len(mails_to(recruiter.email)) == 1

    @pytest.mark.permissions
    def test_it_is_nobody_else_s(self, client, login, recruiter, colleague):
        export = exports.ask(recruiter)
        run_tasks()
        login(client, colleague)
        assert client.get(reverse("accounts:data_export", args=[export.public_id])).status_code == 404
        assert client.get(reverse("accounts:data_export", args=[uuid.uuid4()])).status_code == 404
        assert str(export.public_id) not in client.get(DATA).content.decode()

    def test_it_expires_with_its_file(self, client, login, recruiter, commit):
        export = exports.ask(recruiter)
        run_tasks()
        DataExport.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        export.refresh_from_db()
        login(client, recruiter)
        assert client.get(reverse("accounts:data_export", args=[export.public_id])).status_code == 404
        assert str(export.public_id) not in client.get(DATA).content.decode()
        with commit():
            assert forget_exports.call() == 1
        assert not DataExport.objects.exists()
        assert not export.file.storage.exists(export.file.name)

    def test_asking_is_limited(self, client, login, recruiter):
        login(client, recruiter)
        assert [client.post(DATA).status_code for _ in range(6)] == [302] * 5 + [429]


class TestDeletion:
    def test_the_person_goes_and_the_money_s_papers_stay(self, client, login, ormeaux, recruiter, colleague):
        order = order_of(ormeaux, colleague)
        notifications.choose(colleague, {notifications.TEAM: False})
        exports.ask(colleague)
        run_tasks()
        login(client, colleague)
        answer = client.post(DELETE, {"password": PASSWORD}, follow=True)
        assert "Votre compte est supprimé" in answer.content.decode()
        assert "_auth_user_id" not in client.session
        user = User.objects.get(pk=colleague.pk)
        assert not user.is_active and not user.has_usable_password()
        assert (str(user), user.phone) == ("Compte supprimé", "")
        assert colleague.email not in user.email and user.email.endswith(".invalid")
        for relation in ("emailaddress_set", "memberships", "notification_choices", "data_exports", "groups"):
            assert not getattr(user, relation).exists(), relation
        assert Order.objects.get().number == order.number
        assert "supprimé" in mails_to(colleague.email)[-1].subject
        assert not client.login(email=colleague.email, password=PASSWORD)

    def test_the_address_is_free_again(self, client, colleague):
        deletion.delete_account(colleague)
        User.objects.create_user(colleague.email)

    def test_a_candidate_leaves_the_library_and_takes_its_cv(self, ormeaux, commit):
        candidate = CandidateFactory(in_library=True)
        cv = candidate.cvs.get()
        with commit():
            deletion.delete_account(candidate.user)
        assert not Candidate.objects.exists() and not Cv.objects.exists()
        assert not cv.file.storage.exists(cv.file.name)

    def test_what_an_employer_received_stays_with_it(self, ormeaux):
        candidate = CandidateFactory(in_library=True)
        ApplicationFactory(ad=JobAdFactory(employer=ormeaux, live=True), candidate=candidate)
        deletion.delete_account(candidate.user)
        assert Application.objects.get().candidate is None

    @pytest.mark.parametrize("typed", ["", "faux"])
    def test_the_wrong_password_deletes_nothing(self, client, login, colleague, typed):
        login(client, colleague)
        answer = client.post(DELETE, {"password": typed})
        assert answer.context["form"].errors
        colleague.refresh_from_db()
        assert colleague.is_active

    def test_without_password_the_address_confirms(self, client, login, colleague):
        colleague.set_unusable_password()
        colleague.save()
        login(client, colleague)
        assert client.post(DELETE, {"email": "autre@test.example"}).context["form"].errors
        client.post(DELETE, {"email": colleague.email.upper()})
        assert not User.objects.get(pk=colleague.pk).is_active

    def test_the_last_administrator_of_a_team_hands_over_first(self, client, login, recruiter, colleague):
        login(client, recruiter)
        page = client.post(DELETE, {"password": PASSWORD}).content.decode()
        assert (
            "Association Les Ormeaux n’a pas d’autre administrateur que vous" in page
            and 'name="password"' not in page
        )
        recruiter.refresh_from_db()
        assert recruiter.is_active

    def test_credits_hinder(self, client, login, ormeaux, recruiter):
        CreditLotFactory(employer=ormeaux, quantity=3)
        login(client, recruiter)
        assert "a encore 3 crédits d’annonces" in client.post(DELETE, {"password": PASSWORD}).content.decode()
        with pytest.raises(deletion.DeletionRefused):
            deletion.delete_account(recruiter)
        recruiter.refresh_from_db()
        assert recruiter.is_active

    def test_ads_online_hinder(self, client, login, ormeaux, recruiter):
        JobAdFactory(employer=ormeaux, live=True)
        login(client, recruiter)
        assert "une annonce en ligne" in client.get(DELETE).content.decode()

    def test_with_another_administrator_nothing_hinders(self, ormeaux, recruiter):
        JobAdFactory(employer=ormeaux, live=True)
        CreditLotFactory(employer=ormeaux, quantity=3)
        MembershipFactory(employer=ormeaux, role=Membership.Role.ADMINISTRATOR)
        deletion.delete_account(recruiter)
        assert ormeaux.memberships.count() == 1

    def test_an_employer_that_nobody_acts_for_goes_offline(self):
        employer = EmployerFactory(with_page=True)
        deletion.delete_account(employer.memberships.get().user)
        employer.company_page.refresh_from_db()
        assert not employer.company_page.live

    @pytest.mark.permissions
    def test_the_office_does_not_close_itself(self, client, login, sales):
        login(client, sales)
        page = client.post(DELETE, {"password": PASSWORD}).content.decode()
        assert "demandez à un administrateur" in page
        sales.refresh_from_db()
        assert sales.is_active

    def test_mails_that_were_sent_to_the_person_go_too(self, colleague, settings):
        settings.EMAIL_BACKEND = "post_office.EmailBackend"
        emails.security_notice(colleague.email, "Essai.")
        assert Email.objects.filter(to=[colleague.email]).exists()
        deletion.delete_account(colleague)
        kept = Email.objects.filter(to=[colleague.email])
        assert [row.subject for row in kept] == ["Votre compte ASH Job est supprimé"]
