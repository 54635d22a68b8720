"""What each person does in a browser, by the labels that the guide names."""

import re
import threading
import time
from collections.abc import Callable

from django.core import mail
from playwright.sync_api import Page, expect

from tests.factories.accounts import PASSWORD


def until(condition: Callable[[], object], what: str, seconds: float = 20, page: Page | None = None):
    """Wait for something the worker does. Returns the condition's value once it is true; fails after `seconds`.

    With a page whose requests a test answers, they are answered meanwhile.
    """
    end = time.monotonic() + seconds
    pause = threading.Event()
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        if page:
            page.wait_for_timeout(100)
        else:
            pause.wait(0.1)
    raise AssertionError(f"{what}: not within {seconds} s")


def mail_for(address: str, words: str):
    """The latest mail to an address whose subject holds these words, once the worker has sent it."""
    return until(
        lambda: next((m for m in reversed(mail.outbox) if address in m.to and words in m.subject), None),
        f"a mail to {address} about « {words} » (there are {[(m.to, m.subject) for m in mail.outbox]})",
    )


def link_in(message, part: str) -> str:
    """The path of the first link of a mail that holds `part`."""
    found = re.search(rf"https?://[^/\s]+(/\S*{part}\S*)", message.body)
    assert found, message.body
    return found.group(1)


def button(page: Page, name: str | re.Pattern):
    return page.get_by_role("button", name=name)


def link(page: Page, name: str | re.Pattern):
    return page.get_by_role("link", name=name)


def press(found) -> None:
    """Click what leads to another page, and wait for that page."""
    with found.page.expect_navigation():
        found.click()


def log_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/connexion/")
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_label("Mot de passe").fill(password)
    press(button(page, "Se connecter"))
    expect(page.get_by_label("Mot de passe")).to_have_count(0)


def sign_up(page: Page, start: str, email: str, first: str, last: str) -> None:
    """G4, G5: name and address, the mail, a password, then the log-in."""
    page.goto(start)
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_label("Madame").check()
    page.get_by_label("Nom", exact=False).and_(page.locator("[name=last_name]")).fill(last)
    page.locator("[name=first_name]").fill(first)
    press(button(page, re.compile("^Créer mon")))
    message = mail_for(email, "mot de passe")
    page.goto(link_in(message, "creer-mon-mot-de-passe"))
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    press(button(page, "Enregistrer mon mot de passe"))
    log_in(page, email)


def write_rich_text(page: Page, field: str, text: str) -> None:
    """Type into one of Wagtail's rich text fields."""
    box = page.locator(f"[data-contentpath={field}] [contenteditable=true]")
    box.click()
    page.keyboard.type(text)
    # The editor writes into the form's field a moment after the last key.
    expect(page.locator(f"[name={field}]")).to_have_value(re.compile(re.escape(text[-12:])))


def choose(page: Page, field: str, words: str) -> None:
    """Choose in one of the editor's lists what begins with these words."""
    found = page.locator(f"select[name={field}]")
    option = found.locator("option").filter(has_text=re.compile(rf"^\s*{re.escape(words)}"))
    found.select_option(option.first.get_attribute("value"))


def choose_commune(page: Page, name: str) -> None:
    """Pick a commune in the editor's chooser."""
    page.locator("[data-contentpath=commune]").get_by_role("button", name=re.compile("Choisir une")).click()
    page.get_by_label("Nom ou code postal").fill(name)
    page.locator(".modal").get_by_role("link", name=re.compile(rf"^{name}")).first.click()
    expect(page.locator("[data-contentpath=commune]")).to_contain_text(name)


def tab(page: Page, name: str) -> None:
    """Go to a numbered step of the editor."""
    page.get_by_role("tab", name=re.compile(re.escape(name))).click()


def publish(page: Page, label: str) -> None:
    """Press the editor's publish button, in its drop-down or not."""
    found = page.get_by_role("button", name=label, exact=True)
    if not found.first.is_visible():
        page.locator("footer").get_by_role("button", name=re.compile("Plus d|actions|Basculer", re.I)).click()
    press(found.first)


def search(page: Page, words: str, place: str = "") -> None:
    """Fill the search bar and go."""
    page.locator("[name=q]:not([type=hidden])").fill(words)
    if place:
        page.locator("[name=place]:not([type=hidden])").fill(place)
    press(button(page, "Rechercher"))


def go_to_checkout(page: Page) -> None:
    """From the cart to the last step before paying (G13, G14)."""
    page.goto("/panier/")
    press(link(page, "Terminer cette commande"))
    siret = page.locator("[name=siret]")
    if siret.count() and not siret.input_value():
        press(button(page, "Étape suivante"))
        expect(page.get_by_text("il doit figurer sur votre facture").first).to_be_visible()
        siret.fill("732 829 320 00074")
    expect(page.get_by_text("La TVA française s’applique")).to_be_visible()
    press(button(page, "Étape suivante"))
    press(button(page, "Valider l’expédition"))
    page.get_by_label("J’accepte les conditions générales").check()


def shown(words: str) -> str:
    """A pattern for words as a page shows them: with unbreakable spaces here and there."""
    return r"\s+".join(re.escape(word).replace("/", ".") for word in words.split())


def add_to_cart(page: Page, offer: str) -> None:
    page.goto("/offres/")
    press(button(page, re.compile(rf"^Ajouter au panier\s*:\s*{shown(offer)}$")))
    expect(page.get_by_text(re.compile(rf"«\s*{shown(offer)}\s*» est dans votre panier"))).to_be_visible()


def pay_by_card(page: Page, number: str = "4242 4242 4242 4242") -> None:
    page.get_by_label("Numéro de carte").fill(number)
    page.get_by_label("Expire fin").fill("12/40")
    page.get_by_label("Code de sécurité").fill("123")
    press(button(page, re.compile(r"^Payer \d")))
