"""The guide's recruiter: account, company page, credits, ads (G1–G14, G16, G19–G24)."""

import re

from playwright.sync_api import expect

from accounts.models import Employer
from billing.models import CreditMovement, Invoice, Order

from .cast import RECRUITER, SHOWN, TITLE
from .people import (
    add_to_cart,
    button,
    choose,
    choose_commune,
    go_to_checkout,
    link,
    mail_for,
    pay_by_card,
    press,
    publish,
    sign_up,
    tab,
    until,
    write_rich_text,
)


class RecruiterSteps:
    # --- G1–G10 -------------------------------------------------------------------------------------------------

    def opens_an_account(self):
        page = self.recruiter
        page.goto("/")
        page.locator("header").get_by_text("Espace recruteur").first.click()
        press(link(page, "Créer mon espace recruteur").first)
        sign_up(page, page.url, RECRUITER, "Claire", "Fontaine")
        page.goto("/espace-recruteur/")
        for name, value in {
            "legal_name": "Association Les Acacias",
            "address": "3 rue des Acacias",
            "postcode": "69100",
            "city": "Villeurbanne",
        }.items():
            page.locator(f"[name={name}]").fill(value)
        page.get_by_label("Statut juridique").select_option(label="Association")
        press(button(page, "Enregistrer et continuer"))
        assert Employer.objects.get().billing_is_complete

    def makes_the_company_page(self):
        page = self.recruiter
        page.goto("/espace-recruteur/")
        expect(page.get_by_role("heading", name="Créer une page entreprise")).to_be_visible()
        press(button(page, re.compile("^Utiliser cette offre : Page standard")))
        page.locator("select[name=structure_type]").select_option(label="Institut médico-éducatif")
        choose_commune(page, "Villeurbanne")
        write_rich_text(
            page, "presentation", "Nous accompagnons des enfants et leurs familles à Villeurbanne."
        )
        publish(page, "Publier la page")
        page.wait_for_url(re.compile(r"^[^?]*/espace-recruteur/"))
        visitor = self.visitor

        def listed():
            visitor.goto("/entreprises/")
            return link(visitor, "Association Les Acacias").count()

        until(listed, "the page in « Les entreprises »", seconds=4)
        press(link(visitor, "Association Les Acacias").first)
        expect(visitor.get_by_text("Nous accompagnons des enfants")).to_be_visible()

    # --- G11–G16 ------------------------------------------------------------------------------------------------

    def buys_three_ads_by_card(self):
        page = self.recruiter
        page.goto("/espace-recruteur/annonces/")
        press(link(page, "Voir nos offres").first)
        add_to_cart(page, "3 annonces web")
        go_to_checkout(page)
        page.get_by_label("Paiement par carte bancaire").check()
        press(button(page, "Étape suivante"))
        pay_by_card(page, "4000 0000 0000 0002")
        expect(page.get_by_role("heading", name="Le paiement n’a pas abouti")).to_be_visible()
        press(link(page, "Réessayer"))
        pay_by_card(page)
        expect(page.get_by_role("heading", name="Merci, votre paiement est reçu")).to_be_visible()
        page.go_back()
        page.reload()
        assert CreditMovement.objects.count() == 1
        assert Order.objects.count() == Invoice.objects.count() == 1
        message = mail_for(RECRUITER, "confirmée")
        assert message.attachments[0][1].startswith(b"%PDF")
        page.goto("/espace-recruteur/commandes/")
        pdf = page.request.get(link(page, re.compile("^FA")).get_attribute("href"))
        assert pdf.body().startswith(b"%PDF")

    # --- G19–G21 ------------------------------------------------------------------------------------------------

    def publishes_an_ad(self):
        page = self.recruiter
        page.goto("/espace-recruteur/annonces/")
        press(link(page, "Créer une annonce").first)
        expect(page.locator("main")).to_contain_text(re.compile(r"3\s+annonces\s+restantes"))
        press(button(page, re.compile("^Utiliser cette offre")))
        page.locator("input[name=title]").fill(TITLE)
        choose(page, "profession", "Éducateur spécialisé / Éducatrice spécialisée")
        page.locator("select[name=structure_type]").select_option(label="Institut médico-éducatif")
        write_rich_text(page, "missions", "Accompagner au quotidien un groupe de huit adolescents.")
        tab(page, "2. Le profil")
        write_rich_text(page, "profile", "Diplôme d’État exigé, débutants bienvenus.")
        publish(page, "Publier l’annonce")
        expect(page.locator("body")).to_contain_text("il reste à compléter")
        tab(page, "3. Les conditions")
        page.locator("select[name=contract_type]").select_option(label="Contrat à durée indéterminée")
        page.locator("input[name=pay_min]").fill("2150")
        page.locator("input[name=pay_max]").fill("2900")
        publish(page, "Publier l’annonce")
        expect(page.get_by_role("heading", name="Mes annonces")).to_be_visible()
        assert self.ad.live
        assert CreditMovement.objects.filter(kind="spending").count() == 1
        expect(page.get_by_text("En ligne").first).to_be_visible()

    # --- G22–G24 ------------------------------------------------------------------------------------------------

    def unpublishes_and_comes_back(self):
        page = self.recruiter
        ad = self.ad
        page.goto("/espace-recruteur/annonces/")
        press(link(page, SHOWN))
        press(link(page, re.compile("Dépublier")).first)
        press(page.locator("main form").get_by_role("button", name=re.compile("Dépublier|hors ligne", re.I)))
        until(lambda: not self.ad.live, "unpublished")
        visitor = self.visitor
        visitor.goto("/annonces/?q=éduc+spé")
        assert link(visitor, SHOWN).count() == 0
        assert ad.slug not in visitor.request.get("/sitemap.xml").text()
        assert visitor.request.get(f"/api/v3/pages/{ad.pk}/").status == 404
        visitor.goto(ad.url)
        expect(visitor.locator("main")).to_contain_text("plus en ligne")
        assert link(visitor, "Envoyer ma candidature").count() == 0
        page.goto(f"/espace-recruteur/annonces/{ad.pk}/")
        press(link(page, "Modifier le contenu ou le type d’offre").first)
        page.locator("main").get_by_role("link", name=re.compile("contenu", re.I)).first.click()
        publish(page, "Publier l’annonce")
        expect(page.get_by_role("heading", name="Mes annonces")).to_be_visible()
        assert self.ad.live
        assert CreditMovement.objects.filter(kind="spending").count() == 1
        visitor.goto(ad.url)
        page.goto(f"/espace-recruteur/annonces/{ad.pk}/")
        press(link(page, re.compile("^Statistiques")).first)
        expect(page.locator("main")).to_contain_text(re.compile("vue", re.I))
