"""What axe finds on the recruiter's rarer screens: nothing, at a desk and on a phone."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts import exports, invitations
from accounts.models import Invitation, Membership
from pages import ad_copies, ads
from pages.models import JobAd, Placement
from tests.factories import (
    CreditLotFactory,
    EmployerFactory,
    JobAdFactory,
    OfferFactory,
    OfficeUserFactory,
    UserFactory,
)
from tests.pages.test_company_tiers import give, image, write_brand
from tests.pages.test_review import decide, require, submit
from tests.tools import run_tasks

from .axe import both_widths, check
from .people import button, link, log_in, press

pytestmark = pytest.mark.browser


@pytest.fixture
def draft(ormeaux):
    return JobAdFactory(employer=ormeaux)


def become(user, role) -> None:
    user.memberships.update(role=role)


@both_widths
def test_a_checkout_whose_identity_is_incomplete(new_page, live_server, viewport):
    buyer = UserFactory()
    EmployerFactory(user=buyer, with_page=True, address="", postcode="", city="")
    offer = OfferFactory()
    page = new_page(viewport)
    log_in(page, buyer.email)
    page.goto(reverse("billing:offers"))
    press(button(page, f"Ajouter au panier : {offer.name}"))
    check(page, reverse("billing:checkout_information"))
    press(button(page, "Étape suivante"))
    expect(page.get_by_role("alert")).to_contain_text("adresse")
    check(page)
    become(buyer, Membership.Role.RECRUITER)
    page.goto(reverse("billing:checkout_information"))
    expect(page.locator("main")).to_contain_text("Il manque de quoi établir votre facture")
    check(page)


@both_widths
def test_a_copy_of_ones_data(new_page, live_server, recruiter, viewport):
    page = new_page(viewport)
    log_in(page, recruiter.email)
    exports.ask(recruiter)
    check(page, reverse("accounts:my_data"))
    run_tasks()
    page.reload()
    expect(link(page, "Télécharger la copie du")).to_be_visible()
    check(page)


@both_widths
def test_invitations(new_page, live_server, ormeaux, recruiter, stranger, sales, viewport):
    role = Membership.Role.READER
    new = invitations.invite(ormeaux, recruiter, "ines.roux@test.example", role)
    invited = UserFactory()
    known = invitations.invite(ormeaux, recruiter, invited.email, role)
    become(recruiter, Membership.Role.ADMINISTRATOR)

    def address(invitation) -> str:
        return reverse("accounts:invitation", args=[invitations.key_of(invitation)])

    logged_out = new_page(viewport)
    check(logged_out, address(new))
    press(button(logged_out, "Créer mon compte et rejoindre l’équipe"))
    check(logged_out)
    check(logged_out, address(known))
    for user, words in [
        (invited, "Rejoindre l’équipe"),
        (stranger, "vous êtes connecté avec"),
        (sales, "Un compte de l’équipe d’ASH Job"),
    ]:
        page = new_page(viewport)
        log_in(page, user.email)
        page.goto(address(known))
        expect(page.locator("main")).to_contain_text(words)
        check(page)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    check(logged_out, address(new), status=410)
    page = new_page(viewport)
    log_in(page, recruiter.email)
    check(page, reverse("accounts:team"))


@both_widths
def test_the_framing_of_a_photo(new_page, live_server, ormeaux, recruiter, viewport):
    photo = image(ormeaux)
    ormeaux.company_page.photos.create(image=photo, alt="La cour")
    ormeaux.company_page.save_revision().publish()
    page = new_page(viewport)
    log_in(page, recruiter.email)
    check(page, reverse("recruiting:company_page"))
    press(link(page, "Cadrer").first)
    check(page)
    page.get_by_role("radio").last.check()
    press(button(page, "Enregistrer le cadrage"))
    check(page)


@both_widths
def test_a_company_page_with_all_its_parts(new_page, live_server, ormeaux, viewport):
    write_brand(ormeaux.company_page)
    give(ormeaux)
    page = new_page(viewport)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        check(page, ormeaux.company_page.get_url())


@both_widths
def test_models_and_copies(new_page, live_server, draft, recruiter, viewport):
    page = new_page(viewport)
    log_in(page, recruiter.email)
    check(page, reverse("recruiting:ad_models"))
    model = ad_copies.save_as_model(draft, recruiter)
    check(page, reverse("recruiting:ad_models"))
    page.goto(reverse("recruiting:ad_model", args=[model.public_id]))
    page.get_by_label("Nom").fill("")
    press(button(page, "Enregistrer le nom"))
    check(page)
    page.get_by_text("Supprimer ce modèle").click()
    check(page)


@both_widths
def test_several_ads_at_once(new_page, live_server, ormeaux, recruiter, viewport):
    """Asked and done, with the credits there and without."""
    JobAdFactory.create_batch(2, employer=ormeaux, live=True)
    page = new_page(viewport)
    log_in(page, recruiter.email)

    def select(action: str) -> None:
        page.goto(reverse("recruiting:ads"))
        for box in page.get_by_role("checkbox").all():
            box.check()
        press(button(page, action))
        check(page)

    select("Renouveler la sélection")
    CreditLotFactory(employer=ormeaux)
    select("Renouveler la sélection")
    press(button(page, "Renouveler"))
    check(page)
    select("Dépublier la sélection")
    press(button(page, "Dépublier"))
    check(page)
    check(page, reverse("recruiting:ads"))


@both_widths
def test_an_ad_that_is_over(new_page, live_server, ormeaux, viewport):
    ad = JobAdFactory(employer=ormeaux, live=True)
    JobAdFactory(employer=ormeaux, live=True)
    applying = reverse("recruiting:apply", args=[ad.pk])
    end = Placement.objects.get(ad=ad).ends_at
    page = new_page(viewport)
    with time_machine.travel(end + timedelta(minutes=1), tick=True):
        check(page, ad.url)
        check(page, applying, status=410)
    with time_machine.travel(end + timedelta(days=31), tick=True):
        check(page, ad.url, status=410)


@both_widths
def test_applying_by_mail(new_page, live_server, ormeaux, viewport):
    ad = JobAdFactory(
        employer=ormeaux, live=True, apply_mode=JobAd.Apply.MAIL, apply_email="rh@ormeaux.example"
    )
    page = new_page(viewport)
    page.goto(reverse("recruiting:apply", args=[ad.pk]))
    expect(link(page, "Écrire à l’employeur")).to_be_visible()
    check(page)


@both_widths
def test_an_ad_filled_and_without_any_credit(new_page, live_server, ormeaux, recruiter, viewport):
    ad = JobAdFactory(employer=ormeaux, live=True)
    page = new_page(viewport)
    log_in(page, recruiter.email)
    check(page, reverse("recruiting:ad_renew", args=[ad.pk]))
    ads.mark_filled(ad, recruiter, here=True)
    check(page, reverse("recruiting:ad", args=[ad.pk]))
    check(page, reverse("recruiting:ad_statistics", args=[ad.pk]))


@both_widths
def test_an_ad_in_review_and_sent_back(
    new_page, live_server, client, login, ormeaux, recruiter, draft, viewport
):
    reviewer = OfficeUserFactory(group="Modération")
    require("all")
    CreditLotFactory(employer=ormeaux)
    assert submit(login(client, recruiter), draft).status_code == 302
    page = new_page(viewport)
    log_in(page, recruiter.email)
    sheet = f"/espace-recruteur/annonces/{draft.pk}/"
    check(page, "/espace-recruteur/annonces/")
    check(page, sheet)
    expect(page.locator("main")).to_contain_text("relecture")
    decide(login(client, reviewer), draft, "reject", comment="Précisez les horaires de nuit.")
    check(page, "/espace-recruteur/annonces/")
    check(page, sheet)
    expect(page.locator("main")).to_contain_text("Précisez les horaires de nuit.")
