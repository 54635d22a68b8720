"""The guide where the office reads first: sent to review, sent back with a reason, corrected, approved, online."""

from playwright.sync_api import expect

from billing.models import CreditMovement

from .people import button, link, link_in, log_in, mail_for, press, publish


class ReviewSteps:
    def sends_the_ad_to_review(self):
        page = self.recruiter
        page.goto("/")
        page.locator("header").get_by_text("Association Les Ormeaux").first.click()
        press(page.locator("header").get_by_role("link", name="Mes annonces").first)
        press(link(page, f"Compléter {self.ad.draft_title}"))
        publish(page, "Envoyer à la relecture")
        self.visitor.goto(self.ad.get_url())
        expect(self.visitor.get_by_role("heading", name=self.ad.draft_title)).to_have_count(0)

    def sends_it_back_with_a_reason(self):
        page = self.office
        log_in(page, self.reviewer.email)
        page.goto(link_in(mail_for(self.reviewer.email, "à relire"), f"{self.ad.pk}"))
        found = button(page, "Renvoyer avec un motif")
        if not found.first.is_visible():
            page.locator("footer").get_by_role("button", name="Plus", exact=False).first.click()
        found.first.click()
        page.get_by_label("Motif").fill("Indiquez le salaire, s’il vous plaît.")
        press(page.locator(".modal").locator("button[type=submit], input[type=submit]").first)
        mail_for(self.address, "à corriger")

    def corrects_it_and_sends_it_again(self):
        page = self.recruiter
        assert f"/pages/{self.ad.pk}/" in link_in(mail_for(self.address, "à corriger"), "pages")
        page.goto("/espace-recruteur/annonces/")
        press(link(page, self.ad.draft_title).first)
        expect(page.locator("main")).to_contain_text("Indiquez le salaire, s’il vous plaît.")
        press(link(page, "Corriger l’annonce"))
        expect(page.get_by_role("heading", name="Ce que la relecture demande de corriger")).to_be_visible()
        page.get_by_role("tab", name="3. Les conditions").click()
        page.locator("input[name=pay_min]").fill("2150")
        page.locator("input[name=pay_max]").fill("2900")
        publish(page, "Envoyer à la relecture")

    def approves_it(self):
        page = self.office
        page.goto(f"/gestion/pages/{self.ad.pk}/edit/")
        assert not CreditMovement.objects.filter(kind=CreditMovement.Kind.SPENDING).exists()
        publish(page, "Approuver et publier")
        mail_for(self.address, "relue et publiée")
        self.visitor.goto(self.ad.url)
        expect(self.visitor.get_by_role("heading", level=1, name=self.ad.title)).to_be_visible()
        expect(self.visitor.locator("main")).to_contain_text("2 900")
        assert CreditMovement.objects.filter(kind=CreditMovement.Kind.SPENDING).count() == 1
