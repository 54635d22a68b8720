"""Passkeys: adding, logging in with one, as a second factor, renaming, removing; and what is no answer of one."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client
from django.urls import reverse

from tests.accounts.passkeys import Passkey
from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD
from tests.tools import mails_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return UserFactory(email="alex@test.example")


@pytest.fixture
def client():
    return Client(SERVER_NAME="localhost")


def plain(options: dict) -> dict:
    """The options as the browser's script reads them in the page."""
    return json.loads(json.dumps(options, cls=DjangoJSONEncoder))


def sign_in(client, user):
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})


def prove(client):
    return client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def add(client, key: Passkey, **more):
    options = client.get(reverse("mfa_add_webauthn")).context["js_data"]["creation_options"]
    data = {"name": "Téléphone", "passwordless": "on", "credential": key.create(plain(options))} | more
    return client.post(reverse("mfa_add_webauthn"), data)


@pytest.fixture
def key(client, user) -> Passkey:
    """A passkey of the user's, who is logged out again."""
    key = Passkey()
    sign_in(client, user)
    prove(client)
    assert add(client, key).url == reverse("mfa_view_recovery_codes")
    client.post(reverse("account_logout"))
    return key


def ask_to_log_in(client) -> dict:
    answer = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    return answer.json()["request_options"]


def test_adding_one_is_told_and_brings_recovery_codes(client, user, key):
    authenticator = Authenticator.objects.get(user=user, type=Authenticator.Type.WEBAUTHN)
    assert authenticator.wrap().name == "Téléphone"
    assert Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).exists()
    assert any("clé d’accès vient d’être ajoutée" in mail.body for mail in mails_to(user.email))


def test_it_logs_in_without_password(client, user, key):
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": key.get(ask_to_log_in(client))})
    assert answer.url == reverse("accounts:arrival")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_it_is_the_second_factor_after_the_password(client, user, key):
    assert sign_in(client, user).url == reverse("mfa_authenticate")
    page = client.get(reverse("mfa_authenticate"))
    assert "Utiliser ma clé d’accès" in page.text
    options = plain(page.context["js_data"]["request_options"])
    client.post(reverse("mfa_authenticate"), {"credential": key.get(options)})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_it_proves_who_one_is_before_a_change(client, user, key):
    client.post(reverse("mfa_login_webauthn"), {"credential": key.get(ask_to_log_in(client))})
    url = reverse("mfa_reauthenticate_webauthn")
    assert client.get(reverse("mfa_add_webauthn")).url.startswith(reverse("account_reauthenticate"))
    options = plain(client.get(url).context["js_data"]["request_options"])
    client.post(url, {"credential": key.get(options)})
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200


@pytest.mark.parametrize(
    "credential", ["", "{}", "[]", '"x"', '{"id": 1}', "pas du JSON", '{"response": {"userHandle": "1"}}']
)
def test_what_is_no_passkey_logs_nobody_in(client, key, credential):
    ask_to_log_in(client)
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert answer.url == reverse("account_login")
    assert "_auth_user_id" not in client.session


def test_an_answer_serves_once_and_only_who_was_asked(client, key):
    options = ask_to_log_in(client)
    answer = key.get(options)
    stranger = Client(SERVER_NAME="localhost")
    ask_to_log_in(stranger)
    stranger.post(reverse("mfa_login_webauthn"), {"credential": answer})
    assert "_auth_user_id" not in stranger.session
    client.post(reverse("mfa_login_webauthn"), {"credential": answer})
    client.post(reverse("account_logout"))
    client.post(reverse("mfa_login_webauthn"), {"credential": answer})
    assert "_auth_user_id" not in client.session


def test_another_sites_key_and_another_persons_are_refused(client, key):
    stray = Passkey(origin="https://piege.example")
    stray.key, stray.id, stray.owner = key.key, key.id, key.owner
    other = Passkey()
    other.owner = key.owner
    forged = Passkey()
    forged.id, forged.owner = key.id, key.owner
    for wrong in (stray, other, forged):
        client.post(reverse("mfa_login_webauthn"), {"credential": wrong.get(ask_to_log_in(client))})
        assert "_auth_user_id" not in client.session


def test_without_password_it_must_have_known_its_owner(client, user):
    sign_in(client, user)
    prove(client)
    answer = add(client, Passkey(verifies=False))
    assert answer.status_code == 200
    assert not Authenticator.objects.exists()
    # As a second factor beside the password it is enough.
    assert add(client, Passkey(verifies=False), passwordless="").status_code == 302


@pytest.mark.parametrize(
    "credential", ["", "{}", "[1]", '{"id": "AA", "rawId": "AA", "response": {}}', "pas du JSON"]
)
def test_what_is_no_passkey_is_not_added(client, user, credential):
    sign_in(client, user)
    prove(client)
    client.get(reverse("mfa_add_webauthn"))
    answer = client.post(reverse("mfa_add_webauthn"), {"name": "x", "credential": credential})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Authenticator.objects.exists()


def test_renaming_and_removing(client, user, key):
    client.post(reverse("mfa_login_webauthn"), {"credential": key.get(ask_to_log_in(client))})
    prove(client)
    pk = Authenticator.objects.get(user=user, type=Authenticator.Type.WEBAUTHN).pk
    assert client.get(reverse("mfa_edit_webauthn", args=[pk])).status_code == 200
    client.post(reverse("mfa_edit_webauthn", args=[pk]), {"name": "Clé du bureau"})
    assert "Clé du bureau" in client.get(reverse("mfa_list_webauthn")).text
    assert "«\u00a0Clé du bureau\u00a0»" in client.get(reverse("mfa_remove_webauthn", args=[pk])).text
    answer = client.post(reverse("mfa_remove_webauthn", args=[pk]), follow=True)
    assert "Aucune clé d’accès" in answer.text
    assert not Authenticator.objects.filter(user=user).exists()


@pytest.mark.parametrize("name", ["", "x" * 61])
def test_a_name_must_be_one(client, user, key, name):
    client.post(reverse("mfa_login_webauthn"), {"credential": key.get(ask_to_log_in(client))})
    prove(client)
    pk = Authenticator.objects.get(user=user, type=Authenticator.Type.WEBAUTHN).pk
    assert (
        "name" in client.post(reverse("mfa_edit_webauthn", args=[pk]), {"name": name}).context["form"].errors
    )


@pytest.mark.permissions
def test_another_persons_passkey_is_as_none(client, user, key):
    pk = Authenticator.objects.get(user=user, type=Authenticator.Type.WEBAUTHN).pk
    sign_in(client, UserFactory())
    prove(client)
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        for method in (client.get, client.post):
            assert {method(reverse(name, args=[number])).status_code for number in (pk, 999_999)} == {404}
    assert Authenticator.objects.filter(pk=pk).exists()


def test_the_list_costs_no_query_a_key(client, user, key, django_assert_max_num_queries):
    client.post(reverse("mfa_login_webauthn"), {"credential": key.get(ask_to_log_in(client))})
    prove(client)
    for _ in range(4):
        add(client, Passkey())
    with django_assert_max_num_queries(6):
        page = client.get(reverse("mfa_list_webauthn"))
    assert page.text.count("Renommer") == 5


def test_nobody_tries_without_end(client, key):
    codes = [client.post(reverse("mfa_login_webauthn"), {"credential": "{}"}).status_code for _ in range(11)]
    assert codes == [302] * 10 + [429]
