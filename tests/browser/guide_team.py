"""The guide's team: a colleague is invited, joins, and is given another role."""

from playwright.sync_api import expect

from tests.factories.accounts import PASSWORD

from .people import button, link, link_in, mail_for, press

COLLEAGUE = "nadia.roux@les-ormeaux.example"


class TeamSteps:
    def invites_a_colleague(self):
        page = self.recruiter
        page.goto("/")
        page.locator("header").get_by_text("Association Les Ormeaux").first.click()
        press(page.locator("header").get_by_role("link", name="Mon compte").first)
        press(link(page, "Équipe et rôles"))
        page.get_by_label("Adresse e-mail").fill(COLLEAGUE)
        page.get_by_label("Lecteur", exact=False).check()
        press(button(page, "Envoyer l’invitation"))
        expect(page.get_by_role("status")).to_contain_text(f"Invitation envoyée à {COLLEAGUE}")
        expect(page.locator("main")).to_contain_text("En attente")

    def accepts_the_invitation(self):
        page = self.colleague
        page.goto(link_in(mail_for(COLLEAGUE, "vous invite"), "invitation"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Rejoindre Association Les Ormeaux")
        page.get_by_label("Madame").check()
        page.get_by_label("Nom", exact=False).and_(page.locator("[name=last_name]")).fill("Roux")
        page.get_by_label("Prénom").fill("Nadia")
        for field in page.locator("input[type=password]").all():
            field.fill(PASSWORD)
        press(button(page, "Créer mon compte et rejoindre l’équipe"))
        expect(page.get_by_role("status")).to_contain_text(
            "Bienvenue dans l’équipe de Association Les Ormeaux"
        )
        press(link(page, "Mes annonces").first)
        expect(page.get_by_role("heading", level=1, name="Mes annonces")).to_be_visible()
        # She reads; she writes nothing yet.
        expect(link(page, "Créer une annonce")).to_have_count(0)

    def gives_her_another_role(self):
        page = self.recruiter
        press(link(page, "Mon compte").last)
        press(link(page, "Équipe et rôles"))
        page.get_by_label("Rôle de Nadia Roux", exact=True).select_option("Recruteur")
        press(button(page, "Changer le rôle de Nadia Roux"))
        expect(page.get_by_role("status")).to_be_visible()
        press(link(page, "Historique de l’équipe"))
        expect(page.get_by_role("row").filter(has_text="a changé le rôle de Nadia Roux")).to_contain_text(
            "Lecteur → Recruteur"
        )
        page = self.colleague
        page.reload()
        press(link(page, "Créer une annonce").first)
        expect(page.get_by_role("heading", level=1, name="Créer une annonce")).to_be_visible()
