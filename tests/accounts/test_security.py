""" "Sécurité": the page, the office's second factor, sessions, a new address, and limits on guessing."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.conf import settings as site_settings
from django.test import Client
from django.urls import reverse

from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD
from tests.tools import mails_to

pytestmark = pytest.mark.django_db


def sign_in(client, user):
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})


def prove(client, **more):
    return client.post(reverse("account_reauthenticate"), {"password": PASSWORD} | more)


def code_of(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def activate(client, commit):
    prove(client)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    with commit():
        return client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})


@pytest.fixture
def user():
    return UserFactory(email="alex@test.example")


# --- The page ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["recruiter", "candidate_user", "sales"])
def test_one_page_leads_to_all_of_it(client, request, who, django_assert_max_num_queries):
    sign_in(client, request.getfixturevalue(who))
    assert reverse("accounts:security") in client.get(reverse("accounts:me")).text
    with django_assert_max_num_queries(16):
        page = client.get(reverse("accounts:security")).text
    for name in (
        "account_email",
        "account_change_password",
        "mfa_index",
        "mfa_add_webauthn",
        "usersessions_list",
    ):
        assert f'href="{reverse(name)}"' in page


def test_it_says_what_is_set_up(client, user, commit):
    sign_in(client, user)
    activate(client, commit)
    page = client.get(reverse("accounts:security")).text
    assert "Activée" in page
    assert "10 codes non utilisés" in re.sub(r"\s+", " ", page)


# --- The office's second factor ---------------------------------------------------------------------------------------


@pytest.mark.permissions
def test_the_office_reaches_nothing_before_its_second_factor(client, sales, settings, commit):
    settings.OFFICE_SECOND_FACTOR = True
    sign_in(client, sales)
    for path in (
        "/gestion/",
        "/gestion/pages/",
        "/",
        "/mon-compte/",
        "/mon-compte/mot-de-passe/",
        "/api/v3/pages/",
    ):
        assert client.get(path).url == reverse("accounts:second_factor_needed"), path
    assert client.post("/gestion/pages/2/edit/", {}).url == reverse("accounts:second_factor_needed")
    assert "Protégez d’abord votre compte" in client.get(reverse("accounts:second_factor_needed")).text
    activate(client, commit)
    assert client.get(reverse("accounts:second_factor_needed")).url == reverse("accounts:arrival")
    assert client.get("/gestion/").status_code == 200


@pytest.mark.permissions
def test_the_last_factor_of_the_office_stays(client, sales, settings, commit):
    settings.OFFICE_SECOND_FACTOR = True
    sign_in(client, sales)
    activate(client, commit)
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert "doit garder un second facteur" in answer.text
    assert Authenticator.objects.filter(user=sales, type=Authenticator.Type.TOTP).exists()


def test_others_choose_and_the_office_too_where_it_is_not_asked(client, recruiter, sales, settings):
    sign_in(client, sales)
    assert client.get("/gestion/").status_code == 200
    settings.OFFICE_SECOND_FACTOR = True
    other = Client()
    sign_in(other, recruiter)
    assert other.get(reverse("accounts:me")).status_code == 200


def test_it_is_on_in_production():
    text = (site_settings.ROOT / "site/ashjob/settings/production.py").read_text(encoding="utf-8")
    assert 'env.bool("OFFICE_SECOND_FACTOR", default=True)' in text
    assert not site_settings.OFFICE_SECOND_FACTOR


# --- The application, recovery codes ----------------------------------------------------------------------------------


def test_the_first_factor_closes_what_the_password_alone_had_opened(client, user, commit):
    elsewhere = Client()
    sign_in(elsewhere, user)
    sign_in(client, user)
    activate(client, commit)
    assert elsewhere.get(reverse("accounts:me")).url.startswith(reverse("account_login"))
    assert client.get(reverse("accounts:me")).status_code == 200


def test_deactivating_is_told_and_takes_the_recovery_codes(client, user, commit):
    sign_in(client, user)
    activate(client, commit)
    with commit():
        client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=user).exists()
    assert "vient d’être désactivée" in mails_to(user.email)[-1].body


def test_a_recovery_code_serves_once_and_new_ones_end_the_old(client, user, commit):
    sign_in(client, user)
    activate(client, commit)
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    client.post(reverse("account_logout"))
    for expected in (True, False):
        sign_in(client, user)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert ("_auth_user_id" in client.session) is expected
        client.post(reverse("account_logout"))
    sign_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": codes[1]})
    prove(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    assert codes[2] not in client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert client.get(reverse("mfa_download_recovery_codes")).status_code == 200


@pytest.mark.parametrize("code", ["", "000000", "abc", "é" * 500, "12345678901234567890"])
def test_a_wrong_code_activates_nothing(client, user, code):
    sign_in(client, user)
    prove(client)
    client.get(reverse("mfa_activate_totp"))
    page = client.post(reverse("mfa_activate_totp"), {"code": code})
    assert page.context["form"].errors
    assert not Authenticator.objects.exists()


def test_codes_are_not_guessed_without_end(client, user, commit):
    sign_in(client, user)
    activate(client, commit)
    client.post(reverse("account_logout"))
    sign_in(client, user)
    pages = [client.post(reverse("mfa_authenticate"), {"code": "000000"}).text for _ in range(6)]
    assert "Trop d’essais" in pages[-1]
    assert "Trop d’essais" not in pages[0]


# --- Sessions ---------------------------------------------------------------------------------------------------------


def test_sessions_are_listed_and_one_is_closed(client, user, django_assert_max_num_queries):
    others = [Client(headers={"user-agent": f"Navigateur {n}"}) for n in range(3)]
    for other in others:
        sign_in(other, user)
    sign_in(client, user)
    page = client.get(reverse("usersessions_list")).text
    assert all(f"Navigateur {n}" in page for n in range(3))
    assert page.count("cet appareil") == 1
    session = UserSession.objects.get(user_agent="Navigateur 1")
    answer = client.post(reverse("accounts:end_session"), {"connexion": session.pk}, follow=True)
    assert "Cette connexion est fermée." in answer.text
    assert others[1].get(reverse("accounts:me")).status_code == 302
    assert others[0].get(reverse("accounts:me")).status_code == 200


@pytest.mark.parametrize(
    ("says", "shown"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140 Safari/537 Edg/140", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        ("<b>robot</b>", "&lt;b&gt;robot&lt;/b&gt;"),
        ("", "Appareil inconnu"),
    ],
)  # fmt: skip
def test_a_device_is_named_as_people_do(user, says, shown):
    client = Client(headers={"user-agent": says})
    sign_in(client, user)
    assert shown in client.get(reverse("usersessions_list")).text


def test_all_the_others_are_closed_at_once(client, user):
    other = Client()
    sign_in(other, user)
    sign_in(client, user)
    client.post(reverse("usersessions_list"))
    assert other.get(reverse("accounts:me")).status_code == 302
    assert client.get(reverse("accounts:me")).status_code == 200


def test_closing_the_session_in_use_asks_as_logging_out_does(client, user):
    sign_in(client, user)
    answer = client.post(reverse("accounts:end_session"), {"connexion": UserSession.objects.get().pk})
    assert answer.url == reverse("account_logout")


@pytest.mark.permissions
@pytest.mark.parametrize("number", ["foreign", "999999", "", "x", "-1", "²", "9" * 40])
def test_another_persons_session_is_as_none(client, user, number):
    sign_in(Client(), UserFactory())
    foreign = UserSession.objects.get()
    sign_in(client, user)
    data = {"connexion": foreign.pk if number == "foreign" else number}
    assert client.post(reverse("accounts:end_session"), data).status_code == 404
    assert UserSession.objects.filter(pk=foreign.pk).exists()


def test_a_new_password_closes_the_other_sessions(client, user):
    other = Client()
    sign_in(other, user)
    sign_in(client, user)
    new = "Quatre-autres-chats-2027"
    client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert other.get(reverse("accounts:me")).status_code == 302
    assert client.get(reverse("accounts:me")).status_code == 200


# --- A new address ----------------------------------------------------------------------------------------------------


def ask_for(client, email):
    prove(client)
    return client.post(reverse("account_email"), {"email": email, "action_add": "1"}, follow=True)


def test_the_old_address_is_told_of_the_new_one(client, user):
    sign_in(client, user)
    ask_for(client, "nouvelle@test.example")
    assert "à confirmer" in client.get(reverse("accounts:security")).text
    (message,) = mails_to("nouvelle@test.example")
    path = re.search(r"https?://[^/]+(/confirmer-mon-adresse/\S+)", message.body).group(1)
    client.post(path)
    told = mails_to("alex@test.example")
    assert "L’adresse e-mail de votre compte vient d’être modifiée." in told[-1].body


def test_a_second_factor_does_not_keep_one_from_changing_it(client, user, commit):
    sign_in(client, user)
    activate(client, commit)
    ask_for(client, "nouvelle@test.example")
    assert EmailAddress.objects.filter(user=user, email="nouvelle@test.example", verified=False).exists()


def test_changing_does_not_tell_whose_an_address_is(client, user):
    UserFactory(email="prise@test.example")
    sign_in(client, user)
    known = ask_for(client, "prise@test.example")
    told_of_known = [str(m) for m in known.context["messages"]]
    unknown = ask_for(client, "libre@test.example")
    assert known.redirect_chain == unknown.redirect_chain
    assert [m.replace("prise", "libre") for m in told_of_known] == [
        str(m) for m in unknown.context["messages"]
    ]
    # Even its owner, by the link, does not give it away.
    path = re.search(
        r"https?://[^/]+(/confirmer-mon-adresse/\S+)", mails_to("prise@test.example")[0].body
    ).group(1)
    client.post(path)
    user.refresh_from_db()
    assert user.email == "alex@test.example"


# --- Guessing ---------------------------------------------------------------------------------------------------------


def test_passwords_are_not_guessed_without_end(client, user):
    pages = [
        client.post(reverse("account_login"), {"login": user.email, "password": f"essai {n}"}).text
        for n in range(6)
    ]
    assert "Trop d’essais manqués" in pages[-1]
    sign_in(client, user)
    assert "_auth_user_id" not in client.session


def test_new_passwords_are_not_asked_for_without_end(client, user):
    codes = [
        client.post(reverse("account_reset_password"), {"email": user.email}).status_code for _ in range(6)
    ]
    assert codes[0] == 302
    assert codes[-1] == 429
    assert len(mails_to(user.email)) <= 5


def test_the_link_of_a_mail_leads_to_this_site_whatever_host_was_named(client, user, settings):
    """Who asks for somebody else's new password chooses the host of the request, not of the mail."""
    settings.ALLOWED_HOSTS = ["*"]
    client.post(reverse("account_reset_password"), {"email": user.email}, headers={"host": "evil.example"})
    [mail] = mails_to(user.email)
    assert f"{settings.SITE_URL}/mot-de-passe/nouveau/" in mail.body
    assert "evil" not in mail.body


@pytest.mark.parametrize("name", ["Jean\nCliquez ici", "Jean\rPaul", "Jean\x1b[2J"])
def test_a_name_is_one_line(name, client, user):
    client.force_login(user, backend=site_settings.AUTHENTICATION_BACKENDS[0])
    page = client.post(reverse("accounts:me"), {"civility": "m", "last_name": name, "first_name": "Luc"})
    assert page.status_code == 200
    user.refresh_from_db()
    assert user.last_name != name
