"""The guide's visitors and candidates: searching, applying, the CV library (G25, G26, G29–G31, G33, G34)."""

import re
from datetime import timedelta

import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from pages.models import Placement
from recruiting.models import Application, Candidate

from .cast import CANDIDATE, CV, RECRUITER, SHOWN
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
    search,
    sign_up,
    until,
)


class CandidateSteps:
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

    # --- G29–G31 ------------------------------------------------------------------------------------------------

    def keeps_a_profile(self):
        page = self.candidate
        sign_up(page, "/candidats/creer-mon-compte/", "lea.petit@candidats.example", "Léa", "Petit")
        page.goto("/espace-candidat/profil/")
        page.locator("select[name=profession]").select_option(
            label="Éducateur spécialisé / Éducatrice spécialisée"
        )
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
