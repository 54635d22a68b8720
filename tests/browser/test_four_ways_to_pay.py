"""A buyer pays in each of the four ways, the office at the other end, by what the labels say alone."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from playwright.sync_api import expect

from accounts.models import Employer
from reference.dates import paris_day

from .people import (
    add_to_cart,
    button,
    go_to_checkout,
    link,
    link_in,
    log_in,
    mail_for,
    pay_by_card,
    press,
    shown,
)

pytestmark = pytest.mark.browser

OFFER = "3 annonces web"
#: What it costs with the VAT of metropolitan France: on the screens, and as the office types it.
TOTAL, TYPED = re.compile(r"936,00\s€"), "936,00"


@pytest.fixture(autouse=True)
def _database_engine(settings):
    settings.ELASTICSEARCH_URL = ""


class Sale:
    """Les Ormeaux buys three credits each time: its browser, the office's, and the credits there so far."""

    def __init__(self, new_page, employer, recruiter, sales):
        self.employer, self.address = employer, recruiter.email
        self.buyer, self.office = new_page(), new_page()
        self.credits = 0
        log_in(self.buyer, recruiter.email)
        log_in(self.office, sales.email)

    def pays_by_card(self):
        self.confirms("Paiement par carte bancaire")
        self.types_the_card()
        self.has_credits_and_the_invoice("confirmée")

    def pays_by_transfer(self):
        self.confirms("Paiement par virement")
        main = self.buyer.locator("main")
        expect(main).to_contain_text("FR76")
        expect(main).to_contain_text(TOTAL)
        expect(main.get_by_role("img", name=re.compile("^Code QR du virement"))).to_be_visible()
        order = self.order_on_screen()
        details = mail_for(self.address, "virement à faire")
        assert order in details.body
        assert [kind for *_, kind in details.attachments] == ["image/png"]
        self.has_no_more_credits()
        self.office_books_the_transfer(order)
        self.has_credits_and_the_invoice("confirmée")

    def orders_a_quote(self):
        self.confirms("Obtenir un devis pour cette commande")
        message = mail_for(self.address, "devis")
        assert message.attachments[0][1].startswith(b"%PDF")
        self.has_no_more_credits()
        page = self.buyer
        page.goto(link_in(message, "devis"))
        page.get_by_label("Votre n° de commande").fill("BC-4711")
        page.get_by_label("Paiement par carte bancaire").check()
        page.get_by_label("J’accepte les conditions générales").check()
        press(button(page, "Commander ce devis"))
        self.types_the_card()
        self.has_credits_and_the_invoice("confirmée", "BC-4711")

    def pays_on_invoice(self):
        Employer.objects.filter(pk=self.employer.pk).update(
            pays_on_invoice=True, legal_form=Employer.LegalForm.HOSPITAL
        )
        office = self.office
        self.office_opens_the_orders()
        press(link(office, "Commande sur facture"))
        press(link(office, self.employer.legal_name))
        office.get_by_label(re.compile(f"^{shown(OFFER)}$")).fill("1")
        office.get_by_label("N° de commande du client").fill("ENG-2026-088")
        press(button(office, "Commander et facturer"))
        expect(office.locator("body")).to_contain_text("livrée, facture envoyée")
        self.has_credits_and_the_invoice("Votre facture", "ENG-2026-088")
        main = self.buyer.locator("main")
        # A hospital has fifty days.
        until = paris_day() + timedelta(days=50)
        expect(main).to_contain_text(re.compile(rf"au plus tard le {until.day}\D+{until.year}"))
        self.office_books_the_transfer(self.order_on_screen())
        mail_for(self.address, "votre règlement est reçu")
        self.buyer.reload()
        expect(main).to_contain_text("Payée")
        self.opens_the_orders()
        self.sees_the_credits()

    # --- What the ways have in common ---------------------------------------------------------------------------

    def confirms(self, way: str):
        # What is awaited next is this way's mail, not an earlier one's.
        mail.outbox.clear()
        page = self.buyer
        add_to_cart(page, OFFER)
        go_to_checkout(page)
        page.get_by_label(way).check()
        press(button(page, "Étape suivante"))

    def types_the_card(self):
        pay_by_card(self.buyer)
        expect(self.buyer.get_by_role("heading", name="Merci, votre paiement est reçu")).to_be_visible()

    def order_on_screen(self) -> str:
        return re.search(r"\S+$", self.buyer.get_by_role("heading", level=1).inner_text()).group()

    def opens_the_orders(self):
        page = self.buyer
        page.locator("header").get_by_text("Association Les Ormeaux").click()
        press(link(page, "Mon espace"))
        press(link(page, "Commandes et factures").first)

    def sees_the_credits(self):
        words = rf"\b{self.credits}\s+annonces web restantes" if self.credits else "aucun crédit"
        expect(self.buyer.locator("main")).to_contain_text(re.compile(words))

    def has_no_more_credits(self):
        self.opens_the_orders()
        self.sees_the_credits()

    def has_credits_and_the_invoice(self, subject: str, number: str = ""):
        """Three more; the mail's PDF is the one of the space; the order shows the number that its buyer gave."""
        self.credits += 3
        name, content, kind = mail_for(self.address, subject).attachments[0]
        assert (kind, content[:4]) == ("application/pdf", b"%PDF")
        page = self.buyer
        self.opens_the_orders()
        self.sees_the_credits()
        row = page.get_by_role("row").filter(has=link(page, name.removesuffix(".pdf")))
        file = page.request.get(link(row, re.compile("^FA")).get_attribute("href"))
        assert (file.headers["content-type"], file.body()) == ("application/pdf", content)
        press(link(row, re.compile(r"^C\d")))
        expect(page.locator("main")).to_contain_text(number)

    def office_opens_the_orders(self):
        office = self.office
        office.goto("/gestion/")
        button(office, re.compile("^Commerce")).click()
        press(link(office, "Commandes"))

    def office_books_the_transfer(self, order: str):
        office = self.office
        self.office_opens_the_orders()
        press(link(office, order).first)
        press(link(office, "Virement reçu").first)
        office.get_by_label("Montant reçu").fill(TYPED)
        press(button(office, "Enregistrer le virement"))
        expect(office.locator("body")).to_contain_text(re.compile(r"Virement enregistré.+est payée"))


def test_four_ways_to_pay(new_page, worker, ormeaux, recruiter, sales):
    sale = Sale(new_page, ormeaux, recruiter, sales)
    sale.pays_by_card()
    sale.pays_by_transfer()
    sale.orders_a_quote()
    sale.pays_on_invoice()
