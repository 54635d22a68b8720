"""Logging in with the publisher's account: allauth's own OpenID Connect server plays the publisher's."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from accounts import signup
from accounts.models import User
from accounts.publisher_login import SocialAccountAdapter
from tests.accounts import publisher as the_publisher
from tests.accounts.publisher import CLIENT_ID, SECRET, SERVER, Publisher, Silence, Wire
from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD
from tests.tools import mails_to

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.publisher")]

LEA = {
    "sub": "4711",
    "email": "lea@test.example",
    "email_verified": True,
    "given_name": "Léa",
    "family_name": "Martin",
}


@pytest.fixture(scope="module")
def pem() -> str:
    return the_publisher.private_key()


@pytest.fixture
def wire(monkeypatch):
    """The machine outside: what the site asks of the publisher's address."""

    def mount(adapter):
        def session(self):
            made = original(self)
            made.mount(SERVER, adapter)
            return made

        monkeypatch.setattr(SocialAccountAdapter, "get_requests_session", session)

    original = SocialAccountAdapter.get_requests_session
    mount(Wire())
    return mount


@pytest.fixture
def publisher(settings, wire, pem) -> Publisher:
    settings.IDP_OIDC_PRIVATE_KEY = pem
    settings.IDP_OIDC_ADAPTER = "tests.accounts.publisher.PublisherAdapter"
    settings.PUBLISHER_LOGIN_SERVER = SERVER
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "editeur",
                    "name": "ASH",
                    "client_id": CLIENT_ID,
                    "secret": SECRET,
                    "settings": {"server_url": SERVER},
                }
            ],
        }
    }
    made = Publisher(UserFactory(email="chez-l-editeur@test.example"))
    made.says(**LEA)
    return made


def log_in(client, publisher, query: str = ""):
    begun = client.post(reverse("openid_connect_login", args=["editeur"]) + query)
    assert begun.status_code == 302, begun.content
    return client.get(publisher.approve(begun.url))


def who(client) -> str:
    return client.session.get("_auth_user_id", "")


def test_no_server_no_button(client):
    page = client.get(reverse("account_login")).text
    assert "Se connecter avec mon compte ASH" not in page
    assert client.post(reverse("openid_connect_login", args=["editeur"])).status_code == 404


def test_a_new_person_gets_a_confirmed_account(client, publisher):
    assert "Se connecter avec mon compte ASH" in client.get(reverse("account_login")).text
    answer = log_in(client, publisher)
    assert answer.url == reverse("accounts:arrival")
    user = User.objects.get(email="lea@test.example")
    assert who(client) == str(user.pk)
    assert (user.first_name, user.last_name, user.has_usable_password()) == ("Léa", "Martin", False)
    assert EmailAddress.objects.get(user=user).verified
    assert client.get(answer.url).url == reverse("accounts:organisation")


def test_the_second_time_it_is_the_same_account_even_with_another_address(client, publisher):
    log_in(client, publisher)
    first = who(client)
    client.post(reverse("account_logout"))
    publisher.says(**LEA | {"email": "autre@test.example"})
    log_in(client, publisher)
    assert who(client) == first
    assert User.objects.get(pk=first).email == "lea@test.example"


def test_an_account_with_the_confirmed_address_is_linked_and_told(client, publisher):
    user = UserFactory(email="lea@test.example")
    log_in(client, publisher)
    assert who(client) == str(user.pk)
    assert SocialAccount.objects.get().user == user
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert any("vient d’être relié" in mail.body for mail in mails_to(user.email))


@pytest.mark.permissions
@pytest.mark.parametrize("verified", [False, None, "true", "false", 1])
def test_an_address_that_the_publisher_has_not_confirmed_opens_nothing(client, publisher, verified):
    user = UserFactory(email="lea@test.example")
    publisher.says(**LEA | {"email_verified": verified})
    answer = log_in(client, publisher)
    assert answer.status_code == 403
    assert "adresse n’est pas confirmée" in answer.text
    assert not who(client)
    assert not SocialAccount.objects.exists()
    publisher.says(**LEA | {"email": "nouvelle@test.example", "email_verified": verified})
    assert log_in(client, publisher).status_code == 403
    assert not User.objects.filter(email="nouvelle@test.example").exists()
    assert user.emailaddress_set.count() == 1


@pytest.mark.permissions
def test_an_address_that_waits_for_its_confirmation_leads_to_nobody_elses_account(client, publisher):
    intruder = UserFactory(email="intrus@test.example")
    EmailAddress.objects.create(user=intruder, email="lea@test.example", verified=False)
    log_in(client, publisher)
    assert who(client) != str(intruder.pk)
    assert not SocialAccount.objects.filter(user=intruder).exists()


@pytest.mark.permissions
def test_the_offices_accounts_are_linked_from_inside_only(client, publisher, sales):
    publisher.says(**LEA | {"email": sales.email})
    answer = log_in(client, publisher)
    assert answer.status_code == 403
    assert "reliez les deux comptes" in answer.text
    assert not who(client)
    client.post(reverse("account_login"), {"login": sales.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert "Relier mon compte ASH" in client.get(reverse("socialaccount_connections")).text
    assert log_in(client, publisher, "?process=connect").url == reverse("socialaccount_connections")
    assert SocialAccount.objects.get().user == sales
    client.post(reverse("account_logout"))
    log_in(client, publisher)
    assert who(client) == str(sales.pk)


@pytest.mark.permissions
def test_a_second_person_with_the_same_address_does_not_get_in(client, publisher):
    user = UserFactory(email="lea@test.example")
    log_in(client, publisher)
    client.post(reverse("account_logout"))
    publisher.says(**LEA | {"sub": "9999"})
    assert log_in(client, publisher).status_code == 403
    assert SocialAccount.objects.get().uid == "4711"
    assert SocialAccount.objects.get().user == user


def test_a_sign_up_without_password_is_finished_by_it(client, publisher):
    signup.sign_up("recruiter", "lea@test.example", civility="mme", first_name="L.", last_name="M.")
    log_in(client, publisher)
    user = User.objects.get(email="lea@test.example")
    assert who(client) == str(user.pk)
    assert EmailAddress.objects.get(user=user).verified


def test_the_second_factor_is_asked_for_all_the_same(client, publisher):
    user = UserFactory(email="lea@test.example")
    TOTP.activate(user, generate_totp_secret())
    assert log_in(client, publisher).url == reverse("mfa_authenticate")
    assert not who(client)


def test_a_closed_account_stays_closed(client, publisher):
    UserFactory(email="lea@test.example", is_active=False)
    assert log_in(client, publisher).url == reverse("account_inactive")
    assert not who(client)


def test_it_leads_on_to_where_one_was_going_and_to_no_other_site(client, publisher):
    UserFactory(email="lea@test.example")
    assert log_in(client, publisher, "?next=/mon-compte/").url == "/mon-compte/"
    client.post(reverse("account_logout"))
    assert log_in(client, publisher, "?next=https://piege.example/").url == reverse("accounts:arrival")


def test_the_answer_belongs_to_the_browser_that_asked_and_serves_once(client, publisher):
    begun = client.post(reverse("openid_connect_login", args=["editeur"]))
    back = publisher.approve(begun.url)
    from django.test import Client

    other = Client()
    refused = other.get(back)
    assert "La connexion n’a pas abouti" in refused.text
    assert not who(other)
    client.get(back)
    assert who(client)
    client.post(reverse("account_logout"))
    assert "La connexion n’a pas abouti" in client.get(back).text
    assert not who(client)


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?state=x", "?code=x&state=x", "?error=server_error", "?error=access_denied"]
)
def test_an_answer_that_nobody_asked_for(client, publisher, query):
    answer = client.get(reverse("openid_connect_callback", args=["editeur"]) + query)
    assert "La connexion n’a pas abouti" in answer.text
    assert not who(client)


@pytest.mark.parametrize(
    ("query", "leads_to"),
    [("error=access_denied", "Connexion annulée"), ("code=faux", "La connexion n’a pas abouti")],
)
def test_who_gives_up_or_brings_a_wrong_code_is_told(client, publisher, query, leads_to):
    begun = client.post(reverse("openid_connect_login", args=["editeur"]))
    state = parse_qs(urlsplit(begun.url).query)["state"][0]
    callback = reverse("openid_connect_callback", args=["editeur"])
    answer = client.get(f"{callback}?{query}&state={state}", follow=True)
    assert leads_to in answer.text
    assert not who(client)


def test_it_asks_with_a_proof_key_and_by_post(client, publisher):
    page = client.get(reverse("openid_connect_login", args=["editeur"]))
    assert "Continuer" in page.text
    begun = client.post(reverse("openid_connect_login", args=["editeur"]))
    assert parse_qs(urlsplit(begun.url).query)["code_challenge_method"] == ["S256"]


def test_a_server_that_does_not_answer_is_said(client, publisher, wire):
    wire(Silence())
    answer = client.post(reverse("openid_connect_login", args=["editeur"]), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("account_login")
    assert "ne répond pas" in answer.text


def test_cutting_the_link_asks_for_a_password_first(client, publisher):
    log_in(client, publisher)
    account = SocialAccount.objects.get()
    url = reverse("socialaccount_connections")
    assert "Choisir un mot de passe" in client.get(url).text
    kept = client.post(url, {"account": account.pk})
    assert "Choisissez d’abord un mot de passe" in kept.text
    assert SocialAccount.objects.exists()
    account.user.set_password(PASSWORD)
    account.user.save()
    client.post(reverse("account_login"), {"login": account.user.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(url, {"account": account.pk})
    assert not SocialAccount.objects.exists()
    assert any("n’est plus relié" in mail.body for mail in mails_to(account.user.email))


@pytest.mark.permissions
def test_nobody_cuts_or_takes_another_persons_link(client, publisher):
    log_in(client, publisher)
    account = SocialAccount.objects.get()
    client.post(reverse("account_logout"))
    other = UserFactory()
    client.post(reverse("account_login"), {"login": other.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("socialaccount_connections"), {"account": account.pk})
    answer = log_in(client, publisher, "?process=connect")
    assert "déjà relié à un autre compte" in client.get(answer.url).text
    assert SocialAccount.objects.get().user == account.user
