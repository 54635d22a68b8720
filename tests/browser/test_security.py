"""Passkeys in a real Chromium, with an authenticator of its own; the security pages before axe."""

import pytest
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories.accounts import PASSWORD

from .conftest import DESK, PHONE
from .people import button, link, log_in, press
from .test_accessibility import both_widths, check

pytestmark = pytest.mark.browser


def give_passkeys(page) -> None:
    """An authenticator inside the browser that says yes at once."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def prove(page) -> None:
    """The page that asks for the password again, when it comes."""
    if "/confirmer-l-acces/" in page.url:
        page.get_by_label("Mot de passe").fill(PASSWORD)
        press(button(page, "Continuer"))


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_passkey_from_my_account_to_the_next_login(new_page, live_server, recruiter, viewport):
    page = new_page(viewport)
    give_passkeys(page)
    log_in(page, recruiter.email)
    page.goto(reverse("accounts:me"))
    press(link(page, "Sécurité"))
    check(page)
    press(link(page, "Ajouter une clé d’accès"))
    prove(page)
    check(page)
    page.get_by_label("Nom de la clé").fill("Téléphone")
    press(button(page, "Enregistrer la clé"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    check(page)
    for name in ("mfa_list_webauthn", "mfa_index", "accounts:security", "usersessions_list"):
        check(page, reverse(name))
    page.goto(reverse("account_logout"))
    press(page.locator("main").get_by_role("button", name="Se déconnecter"))

    page.goto(f"{reverse('account_login')}")
    press(button(page, "Utiliser une clé d’accès"))
    page.goto(reverse("accounts:security"))
    expect(page.locator("main")).to_contain_text("1 clé")


def test_the_passkey_as_second_factor_and_one_that_is_refused(new_page, live_server, recruiter):
    page = new_page()
    give_passkeys(page)
    log_in(page, recruiter.email)
    page.goto(reverse("mfa_add_webauthn"))
    prove(page)
    press(button(page, "Enregistrer la clé"))
    page.context.clear_cookies()

    page.goto(reverse("account_login"))
    page.get_by_label("Adresse e-mail").fill(recruiter.email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    press(button(page, "Se connecter"))
    check(page)
    press(button(page, "Utiliser ma clé d’accès"))
    page.goto(reverse("mfa_add_webauthn"))
    prove(page)
    # The same authenticator a second time.
    button(page, "Enregistrer la clé").click()
    expect(page.get_by_role("alert")).to_have_text("Cet appareil est déjà dans la liste de vos clés.")


def test_without_javascript_the_code_is_the_way(new_page, live_server, recruiter):
    page = new_page(java_script=False)
    page.goto(reverse("account_login"))
    expect(button(page, "Utiliser une clé d’accès")).to_have_count(0)
    log_in(page, recruiter.email)
    page.goto(reverse("mfa_add_webauthn"))
    prove(page)
    expect(page.locator("main")).to_contain_text("demandent JavaScript")


@both_widths
def test_the_screens_of_the_office_and_of_the_publishers_login(new_page, live_server, sales, viewport):
    page = new_page(viewport)
    with override_settings(
        OFFICE_SECOND_FACTOR=True, PUBLISHER_LOGIN_SERVER="https://comptes.editeur.example"
    ):
        check(page, reverse("account_login"))
        expect(button(page, "Se connecter avec mon compte ASH")).to_be_visible()
        check(page, reverse("socialaccount_login_cancelled"))
        page.goto(reverse("account_login"))
        page.get_by_label("Adresse e-mail").fill(sales.email)
        page.get_by_label("Mot de passe").fill(PASSWORD)
        press(page.get_by_role("button", name="Se connecter", exact=True))
        expect(page.get_by_role("heading", level=1)).to_have_text("Protégez d’abord votre compte")
        check(page)
        press(link(page, "Utiliser une application"))
        prove(page)
        check(page)
