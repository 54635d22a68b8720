"""The office helps who is stuck: a customer without administrator, a person without second factor."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts import office_help
from accounts.models import Employer, Invitation, Membership, TeamEvent
from accounts.team import TeamError
from tests.factories import MembershipFactory, OfficeUserFactory, UserFactory
from tests.factories.accounts import PASSWORD
from tests.tools import mails_to

pytestmark = pytest.mark.django_db

Role = Membership.Role
REASON = "Départ de la directrice, rappel au standard"
LIST = "/gestion/commerce/clients/"


@pytest.fixture
def office(client, login, sales):
    return login(client, sales)


@pytest.fixture
def orphaned(ormeaux, recruiter, colleague):
    """Les Ormeaux, whose only administrator can log in no more; the colleague is still there."""
    recruiter.is_active = False
    recruiter.save()
    return ormeaux


def page_of(employer) -> str:
    return reverse("commerce_clients_modeladmin_inspect", args=[employer.pk])


def appoint_page(employer) -> str:
    return reverse("billing_office_appoint", args=[employer.pk])


def factor_page(person) -> str:
    return reverse("billing_office_second_factor", args=[person.pk])


def roles(employer) -> dict:
    return {m.user.email: m.role for m in employer.memberships.select_related("user")}


class TestAdministrator:
    def test_the_list_marks_and_finds_who_has_none(self, office, orphaned, riviere):
        page = office.get(LIST)
        assert "sans administrateur" in page.text
        found = office.get(LIST, {"equipe": "sans-administrateur"}).text
        assert orphaned.legal_name in found and riviere.legal_name not in found
        assert list(Employer.objects.with_administrator().filter(has_administrator=True)) == [riviere]

    def test_the_customer_s_page_says_so_and_leads_on(self, office, orphaned, riviere):
        assert appoint_page(orphaned) in office.get(page_of(orphaned)).text
        page = office.get(page_of(riviere)).text
        assert appoint_page(riviere) not in page and "Plus personne" not in page

    def test_a_member_is_named_logged_and_everybody_told(self, office, sales, orphaned, colleague, recruiter):
        reader = MembershipFactory(employer=orphaned, role=Role.READER).user
        page = office.get(appoint_page(orphaned)).text
        assert colleague.email in page and recruiter.email not in page
        answer = office.post(
            appoint_page(orphaned), {"member": colleague.email, "email": "", "reason": REASON}, follow=True
        )
        assert "administre maintenant" in answer.text and "Plus personne" not in answer.text
        assert roles(orphaned)[colleague.email] == Role.ADMINISTRATOR
        event = TeamEvent.objects.get(employer=orphaned)
        assert (event.kind, event.actor, event.person, event.old_role, event.new_role, event.reason) == (
            TeamEvent.Kind.APPOINTED, sales, colleague, Role.RECRUITER, Role.ADMINISTRATOR, REASON,
        )  # fmt: skip
        assert "ASH Job vous a nommé" in mails_to(colleague.email)[0].body
        [told] = mails_to(reader.email)
        assert str(colleague) in told.body
        assert not mails_to(recruiter.email), "an account that is closed gets nothing"

    def test_the_team_reads_it_in_its_history(self, client, login, sales, orphaned, colleague):
        office_help.appoint_administrator(orphaned, sales, colleague.email, REASON)
        login(client, colleague)
        page = client.get(reverse("accounts:team_history")).text
        assert "L’équipe d’ASH Job a nommé administrateur" in page and REASON in page
        assert sales.last_name not in page

    def test_somebody_from_outside_is_invited_and_joins_as_administrator(
        self, office, sales, orphaned, colleague
    ):
        orphaned.memberships.exclude(user=colleague).delete()
        new = "directrice@test.example"
        answer = office.post(
            appoint_page(orphaned), {"member": "", "email": new.upper(), "reason": REASON}, follow=True
        )
        assert "Une invitation à administrer" in answer.text
        invitation = Invitation.objects.get(email=new)
        assert (invitation.role, invitation.invited_by) == (Role.ADMINISTRATOR, sales)
        [mail] = mails_to(new)
        assert "L’équipe d’ASH Job vous invite" in mail.subject and sales.last_name not in mail.body
        assert new in mails_to(colleague.email)[0].body, "nobody comes in unseen"
        [path] = re.findall(r"https?://[^/]+(/invitation/\S+)", mail.body)
        visitor = Client()
        visitor.post(
            path,
            {
                "civility": "mme", "first_name": "Odile", "last_name": "Faure",
                "new_password1": PASSWORD, "new_password2": PASSWORD,
            },
        )  # fmt: skip
        assert roles(orphaned)[new] == Role.ADMINISTRATOR
        assert TeamEvent.objects.filter(kind=TeamEvent.Kind.INVITED, reason=REASON).exists()

    def test_an_employer_without_anybody_gets_one_too(self, office, ormeaux):
        ormeaux.memberships.all().delete()
        assert "Membre de l’équipe" not in office.get(appoint_page(ormeaux)).text
        office.post(appoint_page(ormeaux), {"email": "seule@test.example", "reason": REASON})
        assert mails_to("seule@test.example")

    def test_an_invitation_that_waits_is_sent_again_with_the_role(self, office, orphaned):
        for _ in range(2):
            office.post(appoint_page(orphaned), {"email": "directrice@test.example", "reason": REASON})
        assert Invitation.objects.count() == 1 and len(mails_to("directrice@test.example")) == 2

    @pytest.mark.parametrize(
        "changes", [{"reason": ""}, {"email": ""}, {"email": "x"}, {"member": "a@b.example"}]
    )
    def test_what_is_missing_is_asked_for(self, office, orphaned, colleague, changes):
        data = {"member": "", "email": "directrice@test.example", "reason": REASON} | changes
        answer = office.post(appoint_page(orphaned), data)
        assert answer.status_code == 422 and answer.context["form"].errors
        assert not Invitation.objects.exists() and Role.ADMINISTRATOR not in {
            roles(orphaned)[colleague.email]
        }

    def test_who_has_an_administrator_keeps_it_to_itself(self, office, ormeaux, colleague):
        """The office does not take over a team: asked on the page, decided under the lock."""
        answer = office.post(
            appoint_page(ormeaux), {"member": colleague.email, "email": "", "reason": REASON}
        )
        assert answer.status_code == 422 and "c’est à lui de nommer" in answer.text
        assert roles(ormeaux)[colleague.email] == Role.RECRUITER

    def test_nobody_of_the_office_and_no_closed_account(self, sales, orphaned, recruiter, editor):
        closed = UserFactory(is_active=False)
        for person in (sales, editor, recruiter, closed):
            with pytest.raises(TeamError):
                office_help.appoint_administrator(orphaned, sales, person.email, REASON)
        assert not Invitation.objects.exists()


@pytest.fixture
def browser(recruiter):
    """Where the recruiter is logged in."""
    client = Client()
    client.post(reverse("account_login"), {"login": recruiter.email, "password": PASSWORD})
    assert client.get(reverse("accounts:me")).status_code == 200
    return client


@pytest.fixture
def protected(recruiter):
    """The recruiter with an application and recovery codes."""
    TOTP.activate(recruiter, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(recruiter)
    return recruiter


class TestSecondFactor:
    def test_it_is_reset_logged_mailed_and_sessions_end(
        self, office, sales, ormeaux, browser, protected, colleague
    ):
        assert UserSession.objects.filter(user=protected).exists()
        page = office.get(page_of(ormeaux)).text
        assert factor_page(protected) in page and factor_page(colleague) not in page
        assert "rappelé la personne" in office.get(factor_page(protected)).text
        answer = office.post(factor_page(protected), {"reason": REASON}, follow=True)
        assert "est réinitialisé" in answer.text
        assert not Authenticator.objects.filter(user=protected).exists()
        assert browser.get(reverse("accounts:me")).url.startswith(reverse("account_login"))
        entry = ModelLogEntry.objects.get(action=office_help.RESET)
        assert (entry.user, entry.object_id, entry.data["reason"]) == (sales, str(protected.pk), REASON)
        [mail] = mails_to(protected.email)
        assert "réinitialisé le second facteur" in mail.body and REASON in mail.body
        assert "List-Unsubscribe" not in mail.extra_headers
        assert protected.check_password(PASSWORD)

    def test_it_takes_a_reason_and_something_to_reset(self, office, protected, colleague):
        assert office.post(factor_page(protected), {"reason": " "}).status_code == 422
        assert office.post(factor_page(colleague), {"reason": REASON}).status_code == 422
        assert Authenticator.objects.filter(user=protected).count() == 2
        assert not ModelLogEntry.objects.filter(action=office_help.RESET).exists()

    @pytest.mark.permissions
    def test_only_a_superuser_lets_the_office_in_again_and_nobody_itself(
        self, client, login, sales, administrator
    ):
        other = OfficeUserFactory(group="Commercial")
        root = UserFactory(is_staff=True, is_superuser=True)
        for person in (sales, other, administrator, root):
            TOTP.activate(person, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
        login(client, sales)
        for person in (sales, other, administrator):
            assert client.post(factor_page(person), {"reason": REASON}).status_code in (302, 403)
        login(client, administrator)
        client.post(factor_page(administrator), {"reason": REASON})
        assert Authenticator.objects.count() == 4
        client.post(factor_page(other), {"reason": REASON})
        client.post(factor_page(root), {"reason": REASON})
        kept = Authenticator.objects.values_list("user", flat=True)
        assert set(kept) == {sales.pk, administrator.pk}

    def test_the_list_of_accounts_leads_there(self, client, login, administrator, candidate_user):
        login(client, administrator)
        page = client.get(reverse("wagtailusers_users:index")).text
        assert factor_page(candidate_user) in page and factor_page(administrator) not in page


@pytest.mark.permissions
def test_it_is_for_customer_service_alone(
    client, login, recruiter, orphaned, protected, colleague, stranger, candidate_user, editor
):
    accounting = OfficeUserFactory(group="Comptabilité")
    data = {"member": "", "email": "intruse@test.example", "reason": REASON}
    for address in (appoint_page(orphaned), factor_page(protected)):
        assert client.post(address, data).status_code == 302
        for user, codes in (
            (colleague, {404}), (stranger, {404}), (candidate_user, {404}),
            (editor, {302, 403}), (accounting, {302, 403}),
        ):  # fmt: skip
            login(client, user)
            assert client.get(address).status_code in codes, user
            assert client.post(address, data).status_code in codes, user
        client.logout()
    assert not Invitation.objects.exists() and Authenticator.objects.count() == 2
    login(client, accounting)
    page = client.get(page_of(orphaned)).text
    assert (
        "Plus personne" in page and appoint_page(orphaned) not in page and factor_page(protected) not in page
    )


@pytest.mark.permissions
def test_the_permission_alone_opens_nothing_to_who_is_not_of_the_office(protected, colleague):
    group = Group.objects.create(name="Essai")
    group.permissions.add(Permission.objects.get(codename="reset_second_factor"))
    colleague.groups.add(group)
    assert not office_help.may_reset(colleague, protected)
