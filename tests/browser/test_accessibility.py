"""What axe finds on the pages people see, at a desk and on a phone: nothing."""

import pytest
from django.urls import reverse

from accounts.models import Membership
from billing.models import DiscountCode
from pages import ad_copies
from tests.factories import (
    ApplicationFactory,
    CandidateFactory,
    CreditLotFactory,
    EstablishmentFactory,
    JobAdFactory,
    OfferFactory,
    OfficeUserFactory,
    OrderFactory,
)

from .axe import both_widths, check
from .people import button, log_in, press

pytestmark = pytest.mark.browser


@pytest.fixture
def ad(ormeaux):
    ad = JobAdFactory(employer=ormeaux, live=True)
    JobAdFactory(employer=ormeaux)
    return ad


@both_widths
def test_public_pages(new_page, live_server, ad, viewport):
    page = new_page(viewport)
    for address in [
        "/",
        "/annonces/",
        "/annonces/?q=xylophone",
        ad.url,
        "/entreprises/",
        ad.employer.company_page.url,
        "/offres/",
        "/cvtheque/",
        "/magazine/",
        "/contact/",
        "/mentions-legales/",
        "/recruteurs/",
        "/recruteurs/creer-mon-espace/",
        "/candidats/creer-mon-compte/",
        "/connexion/",
        "/mot-de-passe/oublie/",
        reverse("recruiting:apply", args=[ad.pk]),
    ]:
        check(page, address)
    check(page, "/rien-ici/", status=404)


@both_widths
def test_forms_with_errors(new_page, live_server, ad, viewport):
    page = new_page(viewport)
    for address, name in [
        ("/contact/", "Envoyer le message"),
        (reverse("recruiting:apply", args=[ad.pk]), "Envoyer ma candidature"),
    ]:
        page.goto(address)
        page.evaluate("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
        press(button(page, name))
        assert page.get_by_role("alert").count() == 1
        assert "Champ requis" not in page.content()
        check(page)


@both_widths
def test_the_dark_scheme(new_page, live_server, ad, viewport):
    page = new_page(viewport)
    page.emulate_media(color_scheme="dark")
    for address in ["/", "/annonces/", ad.url, ad.employer.company_page.url, "/offres/", "/contact/"]:
        check(page, address)


@both_widths
def test_the_recruiters_space(new_page, live_server, ad, recruiter, viewport):
    application = ApplicationFactory(ad=ad)
    order = OrderFactory(employer=ad.employer)
    profile = CandidateFactory(in_library=True)
    CreditLotFactory(employer=ad.employer)
    model = ad_copies.save_as_model(ad, recruiter)
    page = new_page(viewport)
    log_in(page, recruiter.email)
    for address in [
        reverse("recruiting:ads"),
        reverse("recruiting:ad_new"),
        reverse("recruiting:ad", args=[ad.pk]),
        reverse("recruiting:ad_statistics", args=[ad.pk]),
        reverse("recruiting:ad_models"),
        reverse("recruiting:ad_model", args=[model.public_id]),
        reverse("recruiting:applications"),
        reverse("recruiting:application", args=[application.public_id]),
        reverse("recruiting:company_page"),
        reverse("billing:orders"),
        reverse("billing:order", args=[order.public_id]),
        reverse("billing:quotes"),
        reverse("billing:ledger"),
        reverse("accounts:me"),
        reverse("accounts:organisation"),
        reverse("search:cvs"),
        reverse("recruiting:cv", args=[profile.public_id]),
    ]:
        check(page, address)
    check(new_page(viewport), reverse("recruiting:conversation", args=[application.token]))


@both_widths
def test_an_ads_life_and_figures(new_page, live_server, ad, recruiter, viewport):
    CreditLotFactory(employer=ad.employer)
    draft = JobAdFactory(employer=ad.employer)
    page = new_page(viewport)
    log_in(page, recruiter.email)
    for name in ("ad_edit", "ad_renew", "ad_filled", "ad_unpublish"):
        check(page, reverse(f"recruiting:{name}", args=[ad.pk]))
    check(page, reverse("recruiting:ad_delete", args=[draft.pk]))
    check(page, reverse("recruiting:statistics"))
    page.goto(reverse("recruiting:ads"))
    page.get_by_role("checkbox").first.check()
    press(button(page, "Renouveler la sélection"))
    check(page)


@both_widths
def test_account_and_team(new_page, live_server, recruiter, colleague, ormeaux, viewport):
    """As the one who administers, so that every form is there."""
    membership = recruiter.memberships.get()
    membership.role = Membership.Role.ADMINISTRATOR
    membership.save()
    EstablishmentFactory(employer=ormeaux)
    page = new_page(viewport)
    log_in(page, recruiter.email)
    for name in (
        "organisation",
        "establishments",
        "establishment_new",
        "notifications",
        "my_data",
        "delete_account",
        "team",
        "team_history",
        "team_hand_over",
        "team_leave",
        "employers",
    ):
        check(page, reverse(f"accounts:{name}"))
    other = colleague.memberships.get()
    check(page, reverse("accounts:team_remove", args=[other.pk]))


@both_widths
def test_cart_and_checkout(new_page, live_server, ormeaux, recruiter, viewport):
    """From a visitor's basket over the log-in to the order, with a discount code and something that is printed."""
    offer = OfferFactory(kind="web_print", print_format="1-4")
    DiscountCode.objects.create(code="RENTREE", label="Remise de rentrée", percent=10)
    page = new_page(viewport)
    check(page, reverse("billing:cart"))
    page.goto(reverse("billing:offers"))
    press(button(page, f"Ajouter au panier : {offer.name}"))
    check(page)
    check(page, reverse("billing:offers"))
    log_in(page, recruiter.email)
    check(page)
    page.get_by_text("J’ai un code de remise").click()
    page.get_by_label("Code de remise").fill("oublié")
    press(button(page, "Appliquer le code"))
    check(page)
    page.get_by_label("Code de remise").fill("rentree")
    press(button(page, "Appliquer le code"))
    check(page)
    press(page.get_by_role("link", name="Terminer cette commande"))
    check(page)
    page.locator("[name=siret]").fill("123")
    press(button(page, "Étape suivante"))
    check(page)
    page.locator("[name=siret]").fill(ormeaux.siret)
    press(button(page, "Étape suivante"))
    check(page)
    page.get_by_label("Adresse d’envoi").fill("")
    press(button(page, "Valider l’expédition"))
    check(page)
    page.get_by_label("Non merci, pas d’exemplaire").check()
    press(button(page, "Valider l’expédition"))
    check(page)
    page.get_by_label("Paiement par virement").check()
    page.get_by_label("J’accepte les conditions générales de vente").check()
    press(button(page, "Étape suivante"))
    check(page)


@both_widths
def test_the_candidates_space(new_page, live_server, ad, viewport):
    candidate = CandidateFactory(in_library=True)
    application = ApplicationFactory(ad=ad, candidate=candidate, email=candidate.user.email)
    page = new_page(viewport)
    log_in(page, candidate.user.email)
    for address in [
        reverse("recruiting:candidate_space"),
        reverse("recruiting:candidate_application", args=[application.public_id]),
        reverse("recruiting:profile"),
        reverse("recruiting:accesses"),
        "/mon-compte/",
    ]:
        check(page, address)


def test_the_editor_and_the_office(new_page, live_server, ad, recruiter):
    page = new_page()
    log_in(page, recruiter.email)
    for pk in (ad.pk, ad.employer.company_page.pk):
        check(page, reverse("wagtailadmin_pages:edit", args=[pk]))
    office = new_page()
    log_in(office, OfficeUserFactory(group="Commercial").email)
    check(office, reverse("wagtailadmin_home"))
    assert office.get_by_role("heading", name="À faire").count() == 1
