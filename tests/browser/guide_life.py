"""The guide's ad once published: its figures, copies and models, filled, renewed from the mail and when over."""

import csv
import io
import re
from datetime import timedelta
from pathlib import Path

import time_machine
from playwright.sync_api import expect

from billing.models import CreditMovement
from pages import tasks
from pages.models import JobAd, Placement

from .people import button, link, link_in, log_in, mail_for, press, until

MODEL = "Éducateur en IME, internat"


def spendings() -> int:
    return CreditMovement.objects.filter(kind=CreditMovement.Kind.SPENDING).count()


class LifeSteps:
    def opens_the_ad(self):
        """Through "Mes annonces", as every step does."""
        page = self.recruiter
        page.goto("/")
        page.locator("header").get_by_text("Association Les Ormeaux").first.click()
        press(page.locator("header").get_by_role("link", name="Mes annonces").first)
        # Copies bear its title: they are drafts.
        published = page.get_by_role("row").filter(has_not_text="Brouillon")
        press(published.get_by_role("link", name=self.ad.title, exact=True))
        return page

    def reads_the_statistics(self):
        self.visitor.goto(self.ad.url)
        expect(self.visitor.get_by_role("heading", level=1)).to_be_visible()
        page = self.opens_the_ad()
        press(page.locator("main").get_by_role("link", name="Statistiques", exact=True))

        def counted():
            page.reload()
            return page.locator("main .stat").filter(has_text=re.compile(r"^\s*1\s*vue\s*$")).count()

        until(counted, "the visit in the statistics")
        expect(page.get_by_role("img", name=re.compile("^Vues par jour"))).to_be_visible()
        expect(page.get_by_role("row", name=re.compile("^Accès direct"))).to_contain_text("1")
        page.get_by_text("Les chiffres de chaque jour").click()
        expect(page.get_by_role("table", name="Chiffres de chaque jour")).to_be_visible()
        with page.expect_download() as asked:
            link(page, "Télécharger pour un tableur").click()
        assert asked.value.suggested_filename.endswith(".csv")
        lines = list(csv.reader(io.StringIO(Path(asked.value.path()).read_text("utf-8-sig")), delimiter=";"))
        assert lines[0][0] == "Jour" and "Vues" in lines[0]
        assert sum(int(line[lines[0].index("Vues")] or 0) for line in lines[1:]) == 1

    def duplicates_it_and_keeps_it_as_a_model(self):
        page = self.opens_the_ad()
        press(button(page, "Dupliquer"))
        expect(page.locator("input[name=title]")).to_have_value(re.compile("^" + re.escape(self.ad.title)))
        expect(page.get_by_text("Voici la copie").first).to_be_visible()
        page = self.opens_the_ad()
        press(button(page, "Enregistrer comme modèle"))
        page.get_by_label("Nom du modèle").fill(MODEL)
        press(button(page, "Enregistrer le nom"))
        press(button(page, f"Créer une annonce avec {MODEL}"))
        expect(page.locator("input[name=title]")).to_have_value(self.ad.title)
        drafts = JobAd.objects.exclude(pk=self.ad.pk)
        assert [draft.live for draft in drafts] == [False, False]
        assert spendings() == 1

    def says_that_the_post_is_filled_then_that_it_is_not(self):
        page = self.opens_the_ad()
        press(link(page, "Le poste est pourvu"))
        page.get_by_label("Oui", exact=True).check()
        press(button(page, "Oui, il est pourvu"))
        expect(page.locator("main")).to_contain_text("Pourvue")
        self.visitor.goto(self.ad.url)
        expect(self.visitor.locator("main")).to_contain_text("le poste est pourvu")
        expect(link(self.visitor, "Envoyer ma candidature")).to_have_count(0)
        press(button(page, "Le poste est de nouveau à pourvoir"))
        expect(page.locator("main")).to_contain_text("En ligne")
        self.visitor.goto(self.ad.url)
        expect(link(self.visitor, "Envoyer ma candidature").first).to_be_visible()
        assert spendings() == 1

    @property
    def end(self):
        return Placement.objects.filter(ad=self.ad).latest("ends_at").ends_at

    def renews_it_from_the_mail(self):
        before = self.end
        with time_machine.travel(before - timedelta(days=7), tick=True):
            tasks.remind_of_ends.enqueue()
            message = mail_for(self.address, "Votre annonce finit")
            # The link logs nobody in, and spends nothing by itself.
            page = self.new_page()
            page.goto(link_in(message, "renouveler"))
            page.get_by_label("Adresse e-mail").fill(self.address)
            page.get_by_label("Mot de passe").fill(self.password)
            press(button(page, "Se connecter"))
            expect(page.get_by_role("heading", level=1)).to_have_text("Renouveler cette annonce")
            assert spendings() == 1
            press(button(page, "Renouveler avec un crédit"))
            expect(page.get_by_role("status")).to_contain_text("est en ligne jusqu’au")
        assert (spendings(), self.end > before + timedelta(days=58)) == (2, True)

    def renews_it_once_it_is_over(self):
        with time_machine.travel(self.end + timedelta(hours=1), tick=True):
            visitor = self.visitor
            visitor.goto(self.ad.url)
            expect(visitor.locator("main")).to_contain_text("plus en ligne")
            log_in(self.recruiter, self.address)
            page = self.opens_the_ad()
            expect(page.locator("main")).to_contain_text("Terminée")
            press(link(page, "Renouveler").first)
            press(button(page, "Renouveler avec un crédit"))
            expect(page.get_by_role("status")).to_contain_text("est en ligne jusqu’au")
            visitor.goto(self.ad.url)
            expect(link(visitor, "Envoyer ma candidature").first).to_be_visible()
        assert spendings() == 3
