"""Invitations: whom they let in, for how long, and what the inviter learns."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import invitations, signup, team
from accounts.models import Invitation, Membership, TeamEvent, User
from tests.factories import EmployerFactory, MembershipFactory, UserFactory
from tests.factories.accounts import PASSWORD
from tests.tools import mails_to

Role = Membership.Role
TEAM = reverse("accounts:team")
NEW = {
    "civility": "mme",
    "last_name": "Roux",
    "first_name": "Inès",
    "new_password1": "Quatre-petits-chats-2026",
    "new_password2": "Quatre-petits-chats-2026",
}


@pytest.fixture
def invited(ormeaux, recruiter) -> Invitation:
    return invitations.invite(ormeaux, recruiter, "Ines.Roux@Test.example", Role.READER)


def link(invitation: Invitation) -> str:
    return reverse("accounts:invitation", args=[invitations.key_of(invitation)])


def test_the_mail_leads_to_a_new_account_in_the_team(client, login, ormeaux, recruiter):
    page = login(client, recruiter).post(
        TEAM, {"email": "Ines.Roux@Test.example", "role": Role.RECRUITER}, follow=True
    )
    assert "Invitation envoyée à ines.roux@test.example" in page.content.decode()
    [mail] = mails_to("ines.roux@test.example")
    path = next(line for line in mail.body.splitlines() if "/invitation/" in line).split("/", 3)[3]
    client.logout()
    page = client.get(f"/{path}").content.decode()
    assert "Association Les Ormeaux" in page
    assert "new_password1" in page
    response = client.post(f"/{path}", NEW, follow=True)
    assert "Bienvenue dans l’équipe" in response.content.decode()
    user = User.objects.get(email="ines.roux@test.example")
    assert ormeaux.memberships.get(user=user).role == Role.RECRUITER
    assert user.emailaddress_set.get().verified
    assert set(user.groups.values_list("pk", flat=True)) >= {ormeaux.group_id}
    assert any("a rejoint" in mail.subject for mail in mails_to(recruiter.email))
    # Used once.
    assert client.get(f"/{path}").status_code == 410


def test_a_weak_password_makes_no_account(client, invited):
    page = client.post(link(invited), NEW | {"new_password1": "123", "new_password2": "123"})
    assert page.status_code == 200
    assert not User.objects.filter(email=invited.email).exists()


def test_an_account_begun_and_never_confirmed_is_taken_over(client, ormeaux, invited):
    signup.sign_up("recruiter", invited.email, civility="m", first_name="Faux", last_name="Nom")
    client.post(link(invited), NEW)
    user = User.objects.get(email=invited.email)
    assert (user.first_name, ormeaux.memberships.filter(user=user).exists()) == ("Inès", True)


def test_an_existing_account_logs_in_and_joins(client, login, ormeaux, invited):
    user = UserFactory(email=invited.email)
    page = client.get(link(invited)).content.decode()
    assert "new_password1" not in page
    assert f"{reverse('account_login')}?next={link(invited).replace(':', '%3A')}" in page
    client.post(link(invited), NEW)
    assert not ormeaux.memberships.filter(user=user).exists(), "an account is not taken over by a link"
    back = client.post(
        reverse("account_login") + "?next=" + link(invited), {"login": user.email, "password": PASSWORD}
    )
    assert back.url == link(invited)
    assert "Rejoindre l’équipe" in client.get(link(invited)).content.decode()
    assert not ormeaux.memberships.filter(user=user).exists(), "reading the page joins nothing"
    client.post(link(invited))
    assert ormeaux.memberships.get(user=user).role == Role.READER


@pytest.mark.permissions
def test_the_link_is_no_key_for_another_account(client, login, ormeaux, stranger, invited, administrator):
    login(client, stranger)
    assert "vous êtes connecté avec" in client.get(link(invited)).content.decode()
    client.post(link(invited), NEW)
    # Nor for an account that has the address and never confirmed it.
    claims = UserFactory(email=invited.email, confirmed=False)
    login(client, claims).post(link(invited))
    login(client, administrator).post(link(invited))
    assert ormeaux.memberships.count() == 1
    assert client.get(link(invited)[:-2] + "x/").status_code == 410


@pytest.mark.parametrize("end", ["expired", "revoked"])
def test_an_ended_invitation_lets_nobody_in(client, ormeaux, recruiter, invited, end):
    if end == "revoked":
        invitations.revoke(ormeaux, recruiter, invited.pk)
    else:
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    for method in ("get", "post"):
        assert getattr(client, method)(link(invited), NEW).status_code == 410
    invited.refresh_from_db()
    with pytest.raises(team.TeamError):
        invitations.accept_with_new_account(invited, "x", civility="m", first_name="A", last_name="B")
    assert not User.objects.filter(email=invited.email).exists()


def test_sending_again_starts_seven_days_anew(client, login, recruiter, invited):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    page = login(client, recruiter).get(TEAM).content.decode()
    assert "Expirée" in page
    client.post(reverse("accounts:team_send_again", args=[invited.pk]))
    invited.refresh_from_db()
    assert invited.expires_at > timezone.now() + timedelta(days=6)
    assert len(mails_to(invited.email)) == 2
    kinds = list(TeamEvent.objects.values_list("kind", flat=True))
    assert kinds == [TeamEvent.Kind.SENT_AGAIN, TeamEvent.Kind.INVITED]


def test_one_pending_for_an_address_and_employer(
    client, login, ormeaux, riviere, recruiter, stranger, invited
):
    data = {"email": invited.email.upper(), "role": Role.BILLING}
    page = login(client, recruiter).post(TEAM, data).content.decode()
    assert "attend déjà" in page
    assert Invitation.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            employer=ormeaux, email=invited.email, role=Role.READER, expires_at=timezone.now()
        )
    # Another employer may invite the same person; an expired one begins anew.
    invitations.invite(riviere, stranger, invited.email, Role.READER)
    Invitation.objects.filter(pk=invited.pk).update(expires_at=timezone.now())
    client.post(TEAM, data)
    invited.refresh_from_db()
    assert (invited.role, invited.is_open) == (Role.BILLING, True)
    assert ormeaux.invitations.count() == 1


@pytest.mark.permissions
def test_the_inviter_learns_nothing_of_the_address(client, login, recruiter, candidate_user, stranger):
    login(client, recruiter)
    answers = set()
    for email in ("personne@test.example", candidate_user.email, stranger.email):
        page = client.post(TEAM, {"email": email, "role": Role.READER}, follow=True).content.decode()
        assert f"Invitation envoyée à {email}" in page
        answers.add(len(client.session.items()))
        assert mails_to(email)
    assert len(answers) == 1


def test_a_member_is_not_invited_again(client, login, recruiter, colleague):
    page = login(client, recruiter).post(TEAM, {"email": colleague.email, "role": Role.READER})
    assert "fait déjà partie de l’équipe" in page.content.decode()


def test_invitations_are_counted(client, login, ormeaux, recruiter, invited):
    login(client, recruiter)
    again = reverse("accounts:team_send_again", args=[invited.pk])
    codes = [client.post(again).status_code for _ in range(6)]
    assert codes == [302] * 5 + [429]
    cache.clear()
    posted = [
        client.post(TEAM, {"email": f"n{n}@test.example", "role": Role.READER}).status_code for n in range(31)
    ]
    assert posted[-1] == 429


def test_only_administrators_invite(client, login, ormeaux, invited, colleague):
    login(client, colleague).post(TEAM, {"email": "x@test.example", "role": Role.ADMINISTRATOR})
    for verb in ("team_send_again", "team_revoke"):
        assert client.post(reverse(f"accounts:{verb}", args=[invited.pk])).status_code == 403
    with pytest.raises(team.TeamError):
        invitations.invite(ormeaux, colleague, "x@test.example", Role.READER)
    assert Invitation.objects.count() == 1


def test_accepting_as_a_member_changes_no_role(ormeaux, invited):
    user = UserFactory(email=invited.email)
    MembershipFactory(employer=ormeaux, user=user, role=Role.ADMINISTRATOR)
    assert invitations.accept(invited, user).role == Role.ADMINISTRATOR


@pytest.mark.permissions
def test_who_administers_no_more_does_not_come_back_by_an_invitation_of_its_own(
    client, login, ormeaux, recruiter
):
    other = MembershipFactory(employer=ormeaux, role=Role.ADMINISTRATOR)
    second_address = UserFactory()
    back_door = invitations.invite(ormeaux, other.user, second_address.email, Role.ADMINISTRATOR)
    kept = invitations.invite(ormeaux, recruiter, "ines.roux@test.example", Role.READER)
    login(client, recruiter).post(reverse("accounts:team_role", args=[other.pk]), {"role": Role.READER})
    assert client.get(link(kept)).status_code == 200
    assert login(client, second_address).post(link(back_door)).status_code == 410
    assert not ormeaux.memberships.filter(user=second_address).exists()
    assert TeamEvent.objects.filter(kind=TeamEvent.Kind.REVOKED, email=second_address.email).exists()


@pytest.mark.parametrize(
    "name", ["Gagnez gros sur https://evil.example/x", "www.evil.example", "bit.ly", "a@b.fr", "Deux\nlignes"]
)
def test_no_link_travels_in_the_name_of_an_organisation(name, client, login, recruiter):
    """Invitations carry it to whom the inviter likes."""
    data = {
        "legal_form": "association",
        "country": "FR",
        "address": "1 rue",
        "postcode": "69000",
        "city": "Lyon",
    }
    login(client, recruiter)
    page = client.post(reverse("accounts:organisation_new"), data | {"legal_name": name})
    assert "sans adresse ni lien" in page.content.decode()
    for fine in ("A.D.M.R. du Gers", "Oui : demain", "Les Ormeaux - Pôle St. Jean"):
        client.post(reverse("accounts:organisation_new"), data | {"legal_name": fine})
        assert recruiter.memberships.filter(employer__legal_name=fine).exists()


def test_the_subject_says_names_as_they_are_written(client, login, db):
    """A subject is no HTML, and one line whatever is typed."""
    jean = UserFactory(first_name="Jean", last_name="d'Arc")
    EmployerFactory(legal_name="L'Arche\r\nBcc: <tous> & Cie", user=jean)
    login(client, jean).post(TEAM, {"email": "ines.roux@test.example", "role": Role.READER})
    [mail] = mails_to("ines.roux@test.example")
    assert mail.subject == "Jean d'Arc vous invite à rejoindre L'Arche Bcc: <tous> & Cie sur ASH Job"
