"""The guide's quotes, transfers and print, with the office at the other end (G15, G17, G18, G27, G28, G32, G35)."""

import re

from playwright.sync_api import expect

from billing.models import Order
from pages.models import JobAd
from recruiting.models import Application

from .cast import CV, RECRUITER
from .people import (
    add_to_cart,
    button,
    choose,
    go_to_checkout,
    link,
    link_in,
    log_in,
    mail_for,
    press,
    publish,
    tab,
    until,
    write_rich_text,
)


class OfficeSteps:
    # --- G15, G17, G18, G27, G28, G32 --------------------------------------------------------------------------------

    def asks_for_a_quote_then_orders_by_transfer(self):
        page = self.recruiter
        add_to_cart(page, "Annonce web + encart 1/4 de page")
        add_to_cart(page, "Marque employeur")
        go_to_checkout(page)
        page.get_by_label("Obtenir un devis pour cette commande").check()
        press(button(page, "Étape suivante"))
        message = mail_for(RECRUITER, "devis")
        assert message.attachments[0][1].startswith(b"%PDF")
        page.goto(link_in(message, "devis"))
        page.get_by_label("Paiement par virement").check()
        page.get_by_label("J’accepte les conditions générales").check()
        press(button(page, "Commander ce devis"))
        expect(page.locator("main")).to_contain_text("FR76")
        self.order = Order.objects.get(method="transfer")
        expect(page.locator("main")).to_contain_text(self.order.number)
        assert self.order.state == "awaiting_transfer"
        assert self.order.terms_accepted_at
        assert "3 rue des Acacias" in self.order.proof_address, (
            "the copy of what is printed, as it was proposed"
        )

    def marks_the_transfer_received(self):
        page = self.office
        log_in(page, self.sales.email)
        page.goto("/gestion/commerce/commandes/")
        press(link(page, self.order.number).first)
        press(link(page, re.compile("Virement reçu")).first)
        page.locator("[name=amount]").fill(str(self.order.total_incl_vat).replace(".", ","))
        press(
            page.locator("main form, form").get_by_role("button", name=re.compile("irement|nregistrer")).last
        )
        until(lambda: Order.objects.get(pk=self.order.pk).state == "paid", "the transfer")
        mail_for(RECRUITER, "confirmée")

    def takes_a_spontaneous_application(self):
        page = self.visitor
        page.goto("/entreprises/")
        press(link(page, "Association Les Acacias").first)
        expect(page.get_by_role("heading", name="Candidature spontanée")).to_be_visible()
        press(link(page, "Envoyer ma candidature"))
        for name, value in {
            "first_name": "Paul",
            "last_name": "Martin",
            "email": "paul@candidats.example",
        }.items():
            page.locator(f"[name={name}]").fill(value)
        page.locator("[name=cv]").set_input_files(CV)
        press(page.locator("main form button.accent, main form button[type=submit]").last)
        page.wait_for_url("**/candidature/**")
        assert Application.objects.get(is_spontaneous=True).employer.legal_name == "Association Les Acacias"
        self.recruiter.goto("/espace-recruteur/candidatures/")
        expect(self.recruiter.locator("main")).to_contain_text("Paul Martin")

    def publishes_with_print_and_an_external_link(self):
        page = self.recruiter
        page.goto("/espace-recruteur/annonces/nouvelle/")
        press(button(page, re.compile("^Utiliser cette offre.*print")))
        page.locator("input[name=title]").fill("Moniteur éducateur F/H en internat")
        choose(page, "profession", "Moniteur éducateur / Monitrice éducatrice")
        write_rich_text(page, "missions", "Animer les soirées et les week-ends.")
        tab(page, "2. Le profil")
        write_rich_text(page, "profile", "DEME exigé.")
        tab(page, "3. Les conditions")
        page.locator("select[name=contract_type]").select_option(label="Contrat à durée indéterminée")
        tab(page, "4. Les candidatures")
        page.get_by_label("Sur notre propre site de recrutement").check() if page.get_by_label(
            "Sur notre propre site de recrutement"
        ).count() else page.locator("select[name=apply_mode]").select_option("lien")
        page.locator("input[name=apply_url]").fill("https://recrutement.les-acacias.example/me")
        tab(page, "5. Le magazine")
        page.locator("textarea[name=print_text]").fill("Internat de semaine, équipe stable, CCN 66.")
        publish(page, "Publier l’annonce")
        expect(page.get_by_role("heading", name="Mes annonces")).to_be_visible()
        ad = JobAd.objects.get(title__startswith="Moniteur")
        assert ad.live
        visitor = self.visitor
        visitor.goto(ad.url)
        target = link(visitor, re.compile("site de l’employeur")).first.get_attribute("href")
        answer = visitor.request.get(target, max_redirects=0)
        assert answer.headers["location"] == "https://recrutement.les-acacias.example/me"

    def lays_out_the_insert(self):
        page = self.new_page()
        log_in(page, self.desk.email)
        page.goto("/gestion/magazine/encarts/")
        expect(page.locator("body")).to_contain_text("Moniteur éducateur")
        href = link(page, re.compile("PDF")).first.get_attribute("href")
        assert page.request.get(href).body().startswith(b"%PDF")

    def writes_to_the_office(self):
        page = self.visitor
        page.goto("/contact/")
        for name, value in {
            "name": "Claire Fontaine",
            "email": RECRUITER,
            "body": "Une facture, s’il vous plaît.",
        }.items():
            page.locator(f"[name={name}]").fill(value)
        page.locator("[name=subject]").select_option("facture")
        press(button(page, "Envoyer le message"))
        mail_for("ash-job@temagroupe.com", "")
