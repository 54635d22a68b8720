"""Logging in, forgotten passwords, the account's settings: allauth in French, at French addresses."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse

from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD
from tests.tools import mails_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return UserFactory(email="alex@test.example")


def sign_in(client, user, **more):
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD} | more)


def prove(client, **more):
    """Type the password again, as changes that an intruder would make ask for."""
    return client.post(reverse("account_reauthenticate"), {"password": PASSWORD} | more)


def test_addresses_are_french():
    assert reverse("account_login") == "/connexion/"
    assert reverse("account_logout") == "/deconnexion/"
    assert reverse("account_reset_password") == "/mot-de-passe/oublie/"


def test_a_wrong_password_is_one_sentence_for_known_and_unknown_addresses(client, user):
    sentences = set()
    for email in (user.email, "personne@test.example"):
        answer = client.post(reverse("account_login"), {"login": email, "password": "pas le bon"})
        assert answer.status_code == 200
        sentences.add(str(answer.context["form"].non_field_errors()))
    assert len(sentences) == 1
    assert "ne vont pas ensemble" in sentences.pop()


def test_who_logs_in_goes_on_where_it_was_going(client, user):
    assert sign_in(client, user, next="/mon-compte/").url == "/mon-compte/"


def test_a_login_leads_to_no_other_site(client, user):
    answer = sign_in(client, user, next="https://mechant.example/")
    assert answer.url == reverse("accounts:arrival")


def test_logging_out_is_a_post(client, user, login):
    login(client, user)
    page = client.get(reverse("account_logout"))
    assert page.status_code == 200
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/gestion/login/", "/gestion/login/?next=/gestion/pages/"])
def test_wagtails_own_login_is_ours(client, path):
    answer = client.get(path)
    assert answer.url.split("?")[0] == reverse("account_login")
    assert answer.url.partition("?")[2] == path.partition("?")[2]


def test_wagtails_own_password_reset_is_ours(client):
    assert client.get("/gestion/password_reset/").url == reverse("account_reset_password")


def test_allauths_sign_up_leads_to_ours(client):
    assert client.get(reverse("account_signup")).url == reverse("accounts:recruiter_entrance")


def test_a_forgotten_password(client, user):
    answer = client.post(reverse("account_reset_password"), {"email": user.email}, follow=True)
    assert "Consultez votre messagerie" in answer.content.decode()
    (message,) = mails_to(user.email)
    assert message.subject == "Votre nouveau mot de passe"
    path = re.search(r"https?://[^/]+(/mot-de-passe/nouveau/\S+)", message.body).group(1)
    page = client.get(path, follow=True)
    action = page.redirect_chain[-1][0]
    new = "Quatre-autres-chats-2027"
    done = client.post(action, {"password1": new, "password2": new}, follow=True)
    assert "Votre mot de passe est enregistré" in done.content.decode()
    user.refresh_from_db()
    assert user.check_password(new)
    used = client.get(path, follow=True)
    assert "Ce lien ne fonctionne plus" in used.content.decode()
    assert "vient d’être choisi" in mails_to(user.email)[-1].body


def test_an_unknown_address_gets_the_same_screen_and_a_mail_that_says_so(client, user):
    known = client.post(reverse("account_reset_password"), {"email": user.email}, follow=True)
    unknown = client.post(reverse("account_reset_password"), {"email": "qui@test.example"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert "Aucun compte" in mails_to("qui@test.example")[0].subject


def test_who_never_chose_a_password_gets_the_first_link_again(client):
    user = UserFactory(email="presque@test.example", password="!", confirmed=False)
    user.set_unusable_password()
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    client.post(reverse("account_reset_password"), {"email": user.email})
    assert mails_to(user.email)[0].subject == "Créez votre mot de passe"


@pytest.mark.parametrize(
    ("who", "leads_to"),
    [
        ("recruiter", "recruiting:space"),
        ("candidate_user", "recruiting:candidate_space"),
        ("sales", "wagtailadmin_home"),
        ("user", "accounts:organisation"),
    ],
)
def test_each_arrives_where_its_work_is(client, login, request, who, leads_to):
    login(client, request.getfixturevalue(who))
    assert client.get(reverse("accounts:arrival")).url == reverse(leads_to)


SETTINGS = [
    "accounts:me",
    "account_email",
    "account_change_password",
    "mfa_index",
    "mfa_activate_totp",
    "usersessions_list",
    "account_logout",
]


@pytest.mark.parametrize("name", SETTINGS)
def test_the_settings_are_drawn_for_their_owner(client, user, name):
    sign_in(client, user)
    prove(client)
    page = client.get(reverse(name))
    assert page.status_code == 200
    text = page.content.decode()
    assert text.count("<h1") == 1
    for english in ("Password", "Sign", "Change", "Submit", "Current"):
        assert not re.search(rf">[^<]*\b{english}\b", text), english


@pytest.mark.permissions
@pytest.mark.parametrize("name", SETTINGS[:-1])
def test_the_settings_ask_who_one_is(client, name):
    answer = client.get(reverse(name))
    assert answer.url.startswith(reverse("account_login"))


def test_changing_the_password(client, user):
    sign_in(client, user)
    new = "Quatre-autres-chats-2027"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    answer = client.post(reverse("account_change_password"), data, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("accounts:me")
    assert "Votre mot de passe est modifié." in answer.content.decode()
    user.refresh_from_db()
    assert user.check_password(new)
    assert "vient d’être modifié" in mails_to(user.email)[-1].body


def test_a_new_address_holds_once_it_is_confirmed(client, user):
    sign_in(client, user)
    asked = client.post(reverse("account_email"), {"email": "nouvelle@test.example", "action_add": "1"})
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert "Confirmez que c’est vous" in client.get(asked.url).content.decode()
    # What was typed is not lost: it is done once the password is given.
    prove(client, next=reverse("account_email"))
    user.refresh_from_db()
    assert user.email == "alex@test.example"
    (message,) = mails_to("nouvelle@test.example")
    path = re.search(r"https?://[^/]+(/confirmer-mon-adresse/\S+)", message.body).group(1)
    assert "Confirmer mon adresse" in client.get(path).content.decode()
    client.post(path)
    user.refresh_from_db()
    assert user.email == "nouvelle@test.example"
    assert EmailAddress.objects.get(user=user).email == "nouvelle@test.example"


def test_a_second_factor_from_activation_to_login(client, user, commit):
    sign_in(client, user)
    prove(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    with commit():
        answer = client.post(reverse("mfa_activate_totp"), {"code": code})
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert "vient d’être activée" in mails_to(user.email)[-1].body
    codes = client.get(reverse("mfa_view_recovery_codes"))
    one = codes.context["unused_codes"][0]
    assert one in codes.content.decode()
    client.post(reverse("account_logout"))

    answer = sign_in(client, user)
    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Ce code n’est pas le bon" in wrong.content.decode()
    client.post(reverse("mfa_authenticate"), {"code": one})
    assert client.session["_auth_user_id"] == str(user.pk)
