"""The recruiter's guide from end to end, on both search engines: nothing but what a person would click."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Employer
from billing.models import CreditMovement, Invoice, Order
from pages.models import JobAd, MagazineIssue, Placement
from recruiting.models import Application, Candidate
from tests.factories import OfficeUserFactory, pdf_bytes

from .people import (
    add_to_cart,
    button,
    choose_commune,
    go_to_checkout,
    link,
    link_in,
    log_in,
    mail_for,
    pay_by_card,
    press,
    publish,
    search,
    shown,
    sign_up,
    tab,
    until,
    write_rich_text,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

RECRUITER = "claire.fontaine@les-acacias.example"
CANDIDATE = "ines.moreau@candidats.example"
TITLE = "Éducateur spécialisé F/H en IME"
#: The same as a page shows it, with its unbreakable spaces.
SHOWN = re.compile(f"^{shown(TITLE)}$")
CV = {"name": "cv-ines-moreau.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes()}


@pytest.fixture
def guide(new_page, worker, engine, live_server):
    return Guide(new_page)


class Guide:
    """One recruiter, one visitor, one candidate and the office, each in a browser of their own."""

    def __init__(self, new_page):
        self.new_page = new_page
        self.recruiter = new_page()
        self.visitor = new_page()
        self.candidate = new_page()
        self.office = new_page()
        self.sales = OfficeUserFactory(group="Commercial")
        self.desk = OfficeUserFactory(group="Rédaction print")
        self.issue = MagazineIssue.objects.create(
            number=3301,
            title="Mag de janvier",
            closes_at=timezone.now() + timedelta(days=20),
            published_on=(timezone.now() + timedelta(days=30)).date(),
        )

    @property
    def ad(self) -> JobAd:
        return JobAd.objects.get(title=TITLE)

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
        write_rich_text(page, "presentation", "Nous accompagnons des enfants et leurs familles à Villeurbanne.")
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
        page.locator("select[name=profession]").select_option(
            label="Éducateur spécialisé / Éducatrice spécialisée"
        )
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

    # --- Visitors and candidates -----------------------------------------------------------------------------------

    def is_found_read_and_left_for_the_same_results(self):
        page = self.visitor
        page.goto("/")
        search(page, "éducateur spécialisé", "Lyon")

        def listed():
            page.reload()
            return link(page, SHOWN).count()

        until(listed, "the ad in the list", seconds=4)
        results = page.url
        press(link(page, SHOWN))
        expect(page.get_by_role("heading", level=1, name=SHOWN)).to_be_visible()
        press(link(page, re.compile("résultats|annonces")).and_(page.locator("main a")).first)
        expect(page).to_have_url(results)
        page.goto("/annonces/")
        search(page, "éduc spé")
        press(link(page, SHOWN))

    def applies(self):
        page = self.visitor
        press(link(page, "Envoyer ma candidature").first)
        page.locator("[name=first_name]").fill("Inès")
        page.locator("[name=last_name]").fill("Moreau")
        page.locator("[name=email]").fill("pas une adresse")
        page.locator("[name=letter]").fill("Votre groupe de huit adolescents m’intéresse.")
        page.locator("[name=cv]").set_input_files(
            {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": b"MZ ceci n'est pas un PDF"}
        )
        submit = page.locator("main form button.accent, main form button[type=submit]").last
        press(submit)
        expect(page.locator("main")).to_contain_text("PDF")
        expect(page.locator("[name=letter]")).to_have_value("Votre groupe de huit adolescents m’intéresse.")
        page.locator("[name=email]").fill(CANDIDATE)
        page.locator("[name=cv]").set_input_files(CV)
        press(submit)
        page.wait_for_url("**/candidature/**")
        assert Application.objects.get().email == CANDIDATE
        mail_for(CANDIDATE, "andidature")

    def reads_answers_and_moves_the_application(self):
        message = mail_for(RECRUITER, "andidature")
        page = self.recruiter
        page.goto(link_in(message, "candidatures"))
        expect(page.locator("main")).to_contain_text("Votre groupe de huit adolescents")
        application = Application.objects.get()
        pdf = page.request.get(f"/espace-recruteur/candidatures/{application.public_id}/cv/")
        assert pdf.body().startswith(b"%PDF")
        page.get_by_label("Votre message").fill("Bonjour, êtes-vous disponible mardi ?")
        press(button(page, re.compile("^Envoyer")))
        press(button(page, "Proposer un entretien").first)
        until(lambda: Application.objects.get().state == "interview", "the interview")

    def answers_as_a_candidate(self):
        message = mail_for(CANDIDATE, "vous a écrit")
        page = self.visitor
        page.goto(link_in(message, "candidature/"))
        expect(page.locator("main")).to_contain_text("disponible mardi")
        page.get_by_label("Votre message").fill("Oui, mardi à 10 heures.")
        press(button(page, re.compile("^Envoyer")))
        expect(page.locator("main")).to_contain_text("mardi à 10 heures")
        self.recruiter.goto(f"/espace-recruteur/candidatures/{Application.objects.get().public_id}/")
        expect(self.recruiter.locator("main")).to_contain_text("mardi à 10 heures")

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
        press(button(page, "Commander ce devis"))
        expect(page.locator("main")).to_contain_text("FR76")
        self.order = Order.objects.get(method="transfer")
        expect(page.locator("main")).to_contain_text(self.order.number)
        assert self.order.state == "awaiting_transfer"

    def marks_the_transfer_received(self):
        page = self.office
        log_in(page, self.sales.email)
        page.goto("/gestion/commerce/commandes/")
        press(link(page, self.order.number).first)
        press(link(page, re.compile("Virement reçu")).first)
        page.locator("[name=amount]").fill(str(self.order.total_incl_vat).replace(".", ","))
        press(page.locator("main form, form").get_by_role("button", name=re.compile("irement|nregistrer")).last)
        until(lambda: Order.objects.get(pk=self.order.pk).state == "paid", "the transfer")
        mail_for(RECRUITER, "confirmée")

    def takes_a_spontaneous_application(self):
        page = self.visitor
        page.goto("/entreprises/")
        press(link(page, "Association Les Acacias").first)
        expect(page.get_by_role("heading", name="Candidature spontanée")).to_be_visible()
        press(link(page, "Envoyer ma candidature"))
        for name, value in {"first_name": "Paul", "last_name": "Martin", "email": "paul@candidats.example"}.items():
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
        page.locator("select[name=profession]").select_option(label="Moniteur éducateur / Monitrice éducatrice")
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
        for name, value in {"name": "Claire Fontaine", "email": RECRUITER, "body": "Une facture, s’il vous plaît."}.items():
            page.locator(f"[name={name}]").fill(value)
        page.locator("[name=subject]").select_option("facture")
        press(button(page, "Envoyer le message"))
        mail_for("ash-job@temagroupe.com", "")

    # --- G29–G31 ------------------------------------------------------------------------------------------------

    def keeps_a_profile(self):
        page = self.candidate
        sign_up(page, "/candidats/creer-mon-compte/", "lea.petit@candidats.example", "Léa", "Petit")
        page.goto("/espace-candidat/profil/")
        page.locator("select[name=profession]").select_option(label="Éducateur spécialisé / Éducatrice spécialisée")
        page.locator("[name=commune]").fill("Lyon (69)")
        press(button(page, "Enregistrer mon profil"))
        page.goto("/espace-candidat/profil/")
        page.locator("[name=cv]").set_input_files(CV)
        press(button(page, re.compile("Déposer mon CV")))
        page.goto("/espace-candidat/profil/")
        page.get_by_label("J’accepte que mon profil").check()
        press(button(page, "Entrer dans la CVthèque"))
        until(lambda: Candidate.objects.in_library().count() == 1, "in the library")

    def tries_the_cv_library_then_subscribes(self):
        page = self.recruiter

        def found(words: str) -> int:
            page.goto(f"/cvtheque/?q={words}")
            return page.locator("ul.rows > li").count()

        until(lambda: found("éduc+spé"), "the profile in the CV library")
        expect(page.locator("main")).not_to_contain_text("Petit")
        add_to_cart(page, "Accès à la CVthèque, 3 mois")
        go_to_checkout(page)
        page.get_by_label("Paiement par carte bancaire").check()
        press(button(page, "Étape suivante"))
        pay_by_card(page)
        expect(page.get_by_role("heading", name="Merci, votre paiement est reçu")).to_be_visible()
        assert found("éduc+spé") == 1
        page.locator("ul.rows > li a").first.click()
        expect(page.locator("main")).to_contain_text("Léa Petit")
        candidate = Candidate.objects.get()
        assert page.request.get(f"/cvtheque/{candidate.public_id}/cv/").body().startswith(b"%PDF")
        assert candidate.accesses.exists()

    def sees_time_pass(self):
        with time_machine.travel(timezone.now() + timedelta(days=46), tick=True):
            log_in(self.recruiter, RECRUITER)
            self.recruiter.goto("/cvtheque/?q=éduc+spé")
            assert self.recruiter.locator("ul.rows > li").count() == 0
        end = Placement.objects.get(ad=self.ad).ends_at
        visitor = self.new_page()
        with time_machine.travel(end - timedelta(minutes=5), tick=True):
            visitor.goto("/annonces/")
            expect(link(visitor, SHOWN)).to_have_count(1)
        with time_machine.travel(end + timedelta(seconds=1), tick=True):
            visitor.goto("/annonces/")
            assert link(visitor, SHOWN).count() == 0
            visitor.goto(self.ad.url)
            expect(visitor.locator("main")).to_contain_text("plus en ligne")


def test_the_guide_from_end_to_end(guide):
    guide.opens_an_account()
    guide.makes_the_company_page()
    guide.buys_three_ads_by_card()
    guide.publishes_an_ad()
    guide.is_found_read_and_left_for_the_same_results()
    guide.applies()
    guide.reads_answers_and_moves_the_application()
    guide.answers_as_a_candidate()
    guide.unpublishes_and_comes_back()
    guide.asks_for_a_quote_then_orders_by_transfer()
    guide.marks_the_transfer_received()
    guide.takes_a_spontaneous_application()
    guide.publishes_with_print_and_an_external_link()
    guide.lays_out_the_insert()
    guide.writes_to_the_office()
    guide.keeps_a_profile()
    guide.tries_the_cv_library_then_subscribes()
    guide.sees_time_pass()
