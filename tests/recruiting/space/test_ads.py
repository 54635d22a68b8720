""" "Mes annonces" (G11), beginning an ad (G19), one ad's page (G22, G23)."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from billing.models import CreditLot
from pages.models import AdDay, JobAd, Placement
from reference.dates import paris_day
from tests.factories import (
    ApplicationFactory,
    CreditLotFactory,
    EmployerFactory,
    EstablishmentFactory,
    JobAdFactory,
    MembershipFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/espace-recruteur/annonces/"


@pytest.fixture
def space(client, login, recruiter):
    """The browser of Les Ormeaux's recruiter."""
    return login(client, recruiter)


def text_of(answer) -> str:
    return answer.content.decode()


def without_token(answer) -> str:
    """The page without what differs at each request."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text_of(answer))


def titles(answer) -> list[str]:
    return [ad.title for ad in answer.context["page"].object_list]


def end_placement_in(ad: JobAd, days: int) -> None:
    """The ad's last day is this many days away."""
    now = timezone.now()
    Placement.objects.filter(ad=ad).update(
        opened_at=now - timedelta(days=61), ends_at=now.replace(hour=22) + timedelta(days=days)
    )


class TestList:
    def test_without_a_company_page_it_leads_there(self, client, login):
        employer = EmployerFactory()
        login(client, employer.memberships.get().user)
        assert client.get(LIST).url == reverse("recruiting:company_page")

    def test_empty_with_no_credit_it_leads_to_the_offers(self, space):
        page = text_of(space.get(LIST))
        assert "Vos annonces paraîtront ici" in page
        assert reverse("billing:offers") in page

    def test_empty_with_a_credit_it_leads_to_a_first_ad(self, space, ormeaux):
        CreditLotFactory(employer=ormeaux, quantity=3)
        page = text_of(space.get(LIST))
        assert "Votre première annonce" in page
        assert reverse("recruiting:ad_new") in page
        assert "annonces web restantes" in page

    def test_every_state_has_its_badge(self, space, ormeaux, recruiter):
        from pages import ads

        JobAdFactory(employer=ormeaux, title="Brouillon X")
        JobAdFactory(employer=ormeaux, live=True, title="Vive X")
        ending = JobAdFactory(employer=ormeaux, live=True, title="Finissante X")
        end_placement_in(ending, 3)
        ended = JobAdFactory(employer=ormeaux, live=True, title="Finie X")
        end_placement_in(ended, -3)
        ads.unpublish(JobAdFactory(employer=ormeaux, live=True, title="Retirée X"), recruiter)
        ads.mark_filled(JobAdFactory(employer=ormeaux, live=True, title="Pourvue X"), recruiter)
        scheduled = JobAdFactory(employer=ormeaux, title="Programmée X")
        scheduled.go_live_at = timezone.now() + timedelta(days=5)
        scheduled.save_revision().publish()
        rows = {ad.title: ad.state_label for ad in space.get(LIST).context["page"].object_list}
        ending_label = rows.pop("Finissante X")
        assert ending_label.startswith("Finit dans") or ending_label == "Finit demain"
        assert rows == {
            "Brouillon X": "Brouillon",
            "Vive X": "En ligne",
            "Finie X": "Terminée",
            "Retirée X": "Hors ligne",
            "Pourvue X": "Pourvue",
            "Programmée X": "Programmée",
        }

    def test_figures_of_each_ad_and_of_the_week(self, space, ormeaux):
        ad = JobAdFactory(employer=ormeaux, live=True)
        AdDay.objects.create(ad=ad, day=paris_day(), source="search", views=1200)
        AdDay.objects.create(ad=ad, day=paris_day() - timedelta(days=2), source="mail", views=30)
        AdDay.objects.create(ad=ad, day=paris_day() - timedelta(days=20), source="mail", views=7)
        ApplicationFactory(ad=ad)
        ApplicationFactory(ad=ad, answered_at=timezone.now(), state="shortlisted")
        answer = space.get(LIST)
        (row,) = answer.context["page"].object_list
        assert (row.views, row.applications, row.unanswered) == (1237, 2, 1)
        assert answer.context["views_this_week"] == 1230
        assert answer.context["unanswered"] == 1
        assert "1\u202f230" in text_of(answer)

    @pytest.mark.parametrize("words", ["educateur", "ÉDUCATEUR", "éducateur internat", "internat educ"])
    def test_search_ignores_accents_capitals_and_order(self, space, ormeaux, words):
        JobAdFactory(employer=ormeaux, title="Éducateur spécialisé en internat")
        JobAdFactory(employer=ormeaux, title="Chef de service")
        assert titles(space.get(LIST, {"q": words})) == ["Éducateur spécialisé en internat"]

    def test_filter_by_state(self, space, ormeaux):
        JobAdFactory(employer=ormeaux, title="A")
        JobAdFactory(employer=ormeaux, title="B", live=True)
        assert titles(space.get(LIST, {"etat": "live"})) == ["B"]
        assert titles(space.get(LIST, {"etat": "draft"})) == ["A"]
        assert "Aucune annonce ne correspond" in text_of(space.get(LIST, {"etat": "filled"}))

    @pytest.mark.parametrize(
        "query", [{"etat": "x"}, {"tri": "x"}, {"page": "x"}, {"page": "99"}, {"q": "'\"<%"}]
    )
    def test_odd_addresses_are_no_error(self, space, ormeaux, query):
        JobAdFactory(employer=ormeaux)
        assert space.get(LIST, query).status_code == 200

    def test_orders(self, space, ormeaux):
        first = JobAdFactory(employer=ormeaux, title="B", live=True)
        second = JobAdFactory(employer=ormeaux, title="A", live=True)
        AdDay.objects.create(ad=first, day=paris_day(), source="search", views=5)
        ApplicationFactory(ad=second)
        end_placement_in(second, 3)
        assert titles(space.get(LIST, {"tri": "titre"})) == ["A", "B"]
        assert titles(space.get(LIST, {"tri": "vues"})) == ["B", "A"]
        assert titles(space.get(LIST, {"tri": "candidatures"})) == ["A", "B"]
        assert titles(space.get(LIST, {"tri": "fin"})) == ["A", "B"]

    def test_twenty_a_page_and_the_filter_is_kept(self, space, ormeaux):
        for n in range(22):
            JobAdFactory(employer=ormeaux, title=f"Poste {n}")
        first = space.get(LIST, {"tri": "titre", "q": "poste"})
        second = space.get(LIST, {"tri": "titre", "q": "poste", "page": 2})
        assert (len(titles(first)), len(titles(second))) == (20, 2)
        assert not set(titles(first)) & set(titles(second))
        assert "q=poste" in text_of(first)
        assert "page=2" in text_of(first)

    def test_the_ads_of_one_establishment(self, space, ormeaux, riviere):
        first, second = EstablishmentFactory.create_batch(2, employer=ormeaux)
        foreign = EstablishmentFactory(employer=riviere, name="Le secret de la rivière")
        JobAdFactory(employer=ormeaux, title="Poste du premier", live=True, establishment=first)
        JobAdFactory(employer=ormeaux, title="Poste du second", live=True, establishment=second)
        assert titles(space.get(LIST, {"etablissement": first.pk})) == ["Poste du premier"]
        assert titles(space.get(LIST, {"etablissement": foreign.pk})) == []
        assert foreign.name not in text_of(space.get(LIST))

    def test_a_constant_number_of_queries(self, space, ormeaux, django_assert_max_num_queries):
        for live in (True, False, True):
            JobAdFactory(employer=ormeaux, live=live)
        with django_assert_max_num_queries(13) as few:
            space.get(LIST)
        for _ in range(8):
            ApplicationFactory(ad=JobAdFactory(employer=ormeaux, live=True))
        with django_assert_max_num_queries(len(few)):
            space.get(LIST)

    @pytest.mark.permissions
    def test_another_employers_ads_are_not_in_it(self, space, riviere):
        JobAdFactory(employer=riviere, live=True)
        assert titles(space.get(LIST)) == []

    def test_ads_under_an_unpublished_page_are_not_offered_to_view(self, space, ormeaux):
        JobAdFactory(employer=ormeaux, live=True)
        ormeaux.company_page.unpublish()
        answer = space.get(LIST)
        assert "Votre page entreprise n’est pas publiée" in text_of(answer)
        assert not answer.context["page"].object_list[0].is_public


class TestNew:
    NEW = "/espace-recruteur/annonces/nouvelle/"

    def test_credits_stand_as_cards(self, space, ormeaux):
        lot = CreditLotFactory(employer=ormeaux, quantity=3)
        CreditLotFactory(employer=ormeaux, kind="web_print", print_format="1-4")
        page = text_of(space.get(self.NEW))
        assert "3\u00a0annonces" in page
        assert "restantes" in page
        assert page.count("Utiliser cette offre") == 2
        assert str(paris_day(lot.expires_at - timedelta(seconds=1)).year) in page

    def test_without_credit_it_leads_to_the_offers(self, space):
        page = text_of(space.get(self.NEW))
        assert "Il ne vous reste aucune annonce" in page
        assert reverse("billing:offers") in page

    def test_it_makes_a_draft_of_that_offer_and_opens_the_editor(self, space, ormeaux):
        CreditLotFactory(employer=ormeaux, kind="web_print", print_format="1-4")
        answer = space.post(self.NEW, {"balance": "web_print-1-4"})
        ad = JobAd.objects.get()
        assert answer.url == reverse("wagtailadmin_pages:edit", args=[ad.pk])
        assert (ad.employer, ad.offer_kind, ad.print_format, ad.live) == (ormeaux, "web_print", "1-4", False)
        assert CreditLot.objects.get().balance == 1

    def test_a_double_click_makes_one_draft(self, space, ormeaux):
        CreditLotFactory(employer=ormeaux)
        key = space.get(self.NEW).context["form_key"]
        for _ in range(2):
            space.post(self.NEW, {"balance": "web", "form_key": key})
        assert JobAd.objects.count() == 1

    @pytest.mark.parametrize("balance", ["web_print-1-4", "n’importe", ""])
    def test_a_credit_one_does_not_hold_is_refused(self, space, ormeaux, balance):
        CreditLotFactory(employer=ormeaux)
        answer = space.post(self.NEW, {"balance": balance}, follow=True)
        assert "n’est plus disponible" in text_of(answer)
        assert not JobAd.objects.exists()

    @pytest.mark.permissions
    def test_another_employers_credits_are_not_at_hand(self, space, riviere):
        CreditLotFactory(employer=riviere)
        assert space.get(self.NEW).context["balances"] == []
        space.post(self.NEW, {"balance": "web"})
        assert not JobAd.objects.exists()

    @pytest.mark.permissions
    @pytest.mark.parametrize("role", [Membership.Role.READER, Membership.Role.BILLING])
    def test_readers_and_billing_write_no_ads(self, client, login, ormeaux, role):
        CreditLotFactory(employer=ormeaux)
        login(client, MembershipFactory(employer=ormeaux, role=role).user)
        answer = client.post(self.NEW, {"balance": "web"})
        assert answer.status_code == 403
        assert "Ce n’est pas dans votre rôle" in text_of(answer)
        assert not JobAd.objects.exists()


class TestOneAd:
    def test_the_title_leads_to_it_and_from_there_to_the_editor(self, space, ormeaux):
        ad = JobAdFactory(employer=ormeaux, live=True)
        assert reverse("recruiting:ad", args=[ad.pk]) in text_of(space.get(LIST))
        page = text_of(space.get(reverse("recruiting:ad", args=[ad.pk])))
        assert "Modifier le contenu ou le type d’offre" in page
        assert ad.url in page
        edit = text_of(space.get(reverse("recruiting:ad_edit", args=[ad.pk])))
        assert reverse("wagtailadmin_pages:edit", args=[ad.pk]) in edit

    def test_the_next_step_of_an_ad_that_ends_soon_is_to_renew_it(self, space, ormeaux):
        ad = JobAdFactory(employer=ormeaux, live=True)
        renewing = f'<a class="btn accent" href="{reverse("recruiting:ad_renew", args=[ad.pk])}">'
        address = reverse("recruiting:ad", args=[ad.pk])
        assert renewing not in text_of(space.get(address))
        Placement.objects.update(ends_at=timezone.now() + timedelta(days=3))
        page = text_of(space.get(address))
        assert renewing in page and "Modifier le contenu ou le type d’offre" in page

    def test_a_draft_has_a_preview(self, space, ormeaux):
        ad = JobAdFactory(employer=ormeaux)
        page = text_of(space.get(reverse("recruiting:ad", args=[ad.pk])))
        assert reverse("wagtailadmin_pages:view_draft", args=[ad.pk]) in page

    def test_unpublishing_asks_then_does_it_at_once(self, space, ormeaux):
        ad = JobAdFactory(employer=ormeaux, live=True)
        url = reverse("recruiting:ad_unpublish", args=[ad.pk])
        assert "Dépublier cette annonce ?" in text_of(space.get(url)).replace("\u202f", " ")
        ad.refresh_from_db()
        assert ad.live
        answer = space.post(url, follow=True)
        assert "n’est plus en ligne" in text_of(answer)
        ad.refresh_from_db()
        assert not ad.live
        assert not JobAd.objects.visible().exists()
        assert Placement.objects.get().closed_at is None

    def test_unpublishing_twice_is_no_error(self, space, ormeaux):
        url = reverse("recruiting:ad_unpublish", args=[JobAdFactory(employer=ormeaux, live=True).pk])
        for _ in range(2):
            assert space.post(url).status_code == 302

    def test_filled_and_open_again(self, space, ormeaux):
        ad = JobAdFactory(employer=ormeaux, live=True)
        space.get(reverse("recruiting:ad_filled", args=[ad.pk]))
        assert JobAd.objects.visible().exists()
        space.post(reverse("recruiting:ad_filled", args=[ad.pk]))
        assert not JobAd.objects.visible().exists()
        assert "de nouveau à pourvoir" in text_of(space.get(reverse("recruiting:ad", args=[ad.pk])))
        space.post(reverse("recruiting:ad_reopen", args=[ad.pk]))
        assert JobAd.objects.visible().exists()

    def test_the_offer_of_a_draft_changes(self, space, ormeaux):
        CreditLotFactory(employer=ormeaux, kind="web_print", print_format="1-4")
        ad = JobAdFactory(employer=ormeaux)
        space.post(reverse("recruiting:ad_edit", args=[ad.pk]), {"balance": "web_print-1-4"})
        ad.refresh_from_db()
        assert (ad.offer_kind, ad.print_format) == ("web_print", "1-4")

    def test_the_offer_of_a_paid_ad_does_not(self, space, ormeaux):
        ad = JobAdFactory(employer=ormeaux, live=True)
        CreditLotFactory(employer=ormeaux, kind="web_print", print_format="1-4")
        url = reverse("recruiting:ad_edit", args=[ad.pk])
        assert 'name="balance"' not in text_of(space.get(url))
        answer = space.post(url, {"balance": "web_print-1-4"}, follow=True)
        assert "déjà payée" in text_of(answer)
        ad.refresh_from_db()
        assert ad.offer_kind == "web"

    def test_a_credit_one_does_not_hold_is_refused(self, space, ormeaux):
        ad = JobAdFactory(employer=ormeaux)
        space.post(reverse("recruiting:ad_edit", args=[ad.pk]), {"balance": "web_print-1-4"})
        ad.refresh_from_db()
        assert ad.offer_kind == "web"


PAGES = ["ad", "ad_edit", "ad_unpublish", "ad_filled", "ad_statistics"]
ACTIONS = ["ad_edit", "ad_unpublish", "ad_filled", "ad_reopen", "ad_withdraw"]


@pytest.mark.permissions
@pytest.mark.parametrize("name", PAGES)
def test_another_employers_ad_is_as_absent_to_read(space, riviere, name):
    foreign = JobAdFactory(employer=riviere, live=True)
    seen = space.get(reverse(f"recruiting:{name}", args=[foreign.pk]))
    absent = space.get(reverse(f"recruiting:{name}", args=[999999]))
    assert seen.status_code == absent.status_code == 404
    assert without_token(seen) == without_token(absent)


@pytest.mark.permissions
@pytest.mark.parametrize("name", ACTIONS)
def test_another_employers_ad_is_as_absent_to_change(space, ormeaux, riviere, name):
    CreditLotFactory(employer=ormeaux, kind="web_print", print_format="1-4")
    foreign = JobAdFactory(employer=riviere, live=True)
    answer = space.post(reverse(f"recruiting:{name}", args=[foreign.pk]), {"balance": "web_print-1-4"})
    assert answer.status_code == 404
    assert JobAd.objects.visible().filter(pk=foreign.pk).exists()


@pytest.mark.permissions
@pytest.mark.parametrize("name", ACTIONS)
def test_a_reader_changes_nothing(client, login, ormeaux, name):
    ad = JobAdFactory(employer=ormeaux, live=True)
    login(client, MembershipFactory(employer=ormeaux, role=Membership.Role.READER).user)
    assert client.post(reverse(f"recruiting:{name}", args=[ad.pk])).status_code == 403
    assert JobAd.objects.visible().filter(pk=ad.pk).exists()


@pytest.mark.permissions
@pytest.mark.parametrize("name", PAGES)
def test_who_is_not_logged_in_is_asked(client, ormeaux, name):
    ad = JobAdFactory(employer=ormeaux, live=True)
    url = reverse(f"recruiting:{name}", args=[ad.pk])
    assert client.get(url).url == f"{reverse('account_login')}?next={url}"


@pytest.mark.permissions
@pytest.mark.parametrize("who", ["candidate_user", "sales"])
def test_candidates_and_the_office_are_told_why_not(client, login, request, who):
    login(client, request.getfixturevalue(who))
    answer = client.get(LIST)
    assert answer.status_code == 403
    assert "Votre compte est" in text_of(answer)
