"""The way into the space and the company page (G7, G8, G10)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import Membership
from billing.models import CartLine, Entitlement, Offer
from pages.models import CompanyPage
from reference.dates import paris_day
from tests.factories import EmployerFactory, MembershipFactory, OfferFactory

pytestmark = pytest.mark.django_db
PAGE = "/espace-recruteur/page-entreprise/"
CREATE = f"{PAGE}creer/"


@pytest.fixture
def newcomer(client, login):
    """The browser of an employer that has no page yet."""
    employer = EmployerFactory(legal_name="Nouvelle Association")
    return login(client, employer.memberships.get().user)


@pytest.fixture
def brand():
    Offer.objects.filter(kind=Offer.Kind.COMPANY_PAGE).delete()
    return OfferFactory(
        kind=Offer.Kind.COMPANY_PAGE,
        tier=Offer.Tier.BRAND,
        name="Marque employeur",
        price=Decimal("1200.00"),
        quantity=1,
    )


def test_until_there_is_a_page_the_space_leads_to_making_one(newcomer):
    answer = newcomer.get(reverse("recruiting:space"), follow=True)
    assert answer.redirect_chain[-1][0] == PAGE
    assert "Créer une page entreprise" in answer.content.decode()


def test_the_offers_stand_side_by_side(newcomer, brand):
    page = newcomer.get(PAGE).content.decode()
    assert page.count("Utiliser cette offre") == 2
    assert "Gratuit" in page
    assert "1\u202f200,00\u202f€" in page


def test_the_free_offer_makes_the_page_and_opens_the_editor(newcomer):
    answer = newcomer.post(CREATE)
    page = CompanyPage.objects.get()
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert not page.live
    assert newcomer.get(reverse("recruiting:space")).url == reverse("recruiting:ads")


def test_a_double_click_makes_one_page(newcomer):
    assert newcomer.post(CREATE).url == newcomer.post(CREATE).url
    assert CompanyPage.objects.count() == 1


def test_a_paid_offer_goes_into_the_cart_and_makes_the_page(newcomer, brand):
    answer = newcomer.post(CREATE, {"offer": brand.pk})
    assert answer.url == reverse("billing:cart")
    line = CartLine.objects.get()
    assert (line.offer, line.quantity, line.seen_price) == (brand, 1, Decimal("1200.00"))
    assert CompanyPage.objects.exists()
    newcomer.post(CREATE, {"offer": brand.pk})
    assert CartLine.objects.get().quantity == 1


def test_an_offer_no_longer_sold_is_refused(newcomer, brand):
    brand.is_active = False
    brand.save()
    answer = newcomer.post(CREATE, {"offer": brand.pk}, follow=True)
    assert "plus en vente" in answer.content.decode()
    assert not CartLine.objects.exists()
    assert not CompanyPage.objects.exists()


def test_only_pages_are_bought_here(newcomer):
    answer = newcomer.post(CREATE, {"offer": OfferFactory().pk}, follow=True)
    assert "plus en vente" in answer.content.decode()
    assert not CartLine.objects.exists()


def test_a_live_page_can_be_seen_and_changed(client, login, recruiter, ormeaux):
    login(client, recruiter)
    page = client.get(PAGE).content.decode()
    assert "En ligne" in page
    assert ormeaux.company_page.url in page
    assert reverse("wagtailadmin_pages:edit", args=[ormeaux.company_page.pk]) in page


def test_a_draft_says_that_it_is_not_seen(newcomer):
    newcomer.post(CREATE)
    page = newcomer.get(PAGE).content.decode()
    assert "Compléter et publier ma page" in page
    assert "Voir ma page" not in page
    assert "Aperçu de ma page" in page


def test_the_tier_and_until_when(client, login, recruiter, ormeaux):
    login(client, recruiter)
    assert "toute l’année" in client.get(PAGE).content.decode()
    last = paris_day() + timedelta(days=100)
    Entitlement.objects.create(
        employer=ormeaux,
        kind=Entitlement.Kind.COMPANY_PAGE,
        tier=Offer.Tier.BRAND,
        starts_on=paris_day(),
        ends_on=last,
        reference="essai",
    )
    answer = client.get(PAGE)
    assert answer.context["standing"].ends_on == last
    assert "Marque employeur, jusqu’au" in answer.content.decode()


@pytest.mark.permissions
@pytest.mark.parametrize("role", [Membership.Role.READER, Membership.Role.BILLING])
def test_readers_and_billing_make_no_page(client, login, role):
    employer = EmployerFactory()
    login(client, MembershipFactory(employer=employer, role=role).user)
    assert "Utiliser cette offre" not in client.get(PAGE).content.decode()
    assert client.post(CREATE).status_code == 403
    assert not CompanyPage.objects.exists()


@pytest.mark.permissions
def test_the_space_asks_who_one_is(client):
    for url in (PAGE, reverse("recruiting:space")):
        assert client.get(url).url == f"{reverse('account_login')}?next={url}"


def test_the_page_costs_few_queries(client, login, recruiter, django_assert_max_num_queries):
    login(client, recruiter)
    with django_assert_max_num_queries(12):
        client.get(PAGE)
