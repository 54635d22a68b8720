"""Renewing, coming back, deleting, and several ads at once, as the recruiter clicks it."""

import pytest
from django.urls import reverse

from accounts.models import Membership
from billing import credits
from pages import ads
from pages.models import JobAd, Placement
from reference.models import Commune
from tests.factories import CreditLotFactory, EstablishmentFactory, JobAdFactory, MembershipFactory

pytestmark = pytest.mark.django_db
LIST = "/espace-recruteur/annonces/"
BULK = "/espace-recruteur/annonces/selection/"


@pytest.fixture
def space(client, login, recruiter):
    return login(client, recruiter)


def text_of(answer) -> str:
    return answer.content.decode()


def url(name: str, ad: JobAd) -> str:
    return reverse(f"recruiting:{name}", args=[ad.pk])


def left(employer) -> int:
    return sum(b.quantity for b in credits.balances(employer))


class TestRenew:
    def test_the_page_says_the_price_and_the_button_spends_it(self, space, ormeaux):
        ad = JobAdFactory(employer=ormeaux, live=True)
        CreditLotFactory(employer=ormeaux, quantity=2)
        page = space.get(url("ad_renew", ad))
        assert "Renouveler avec un crédit" in text_of(page)
        assert "deux mois de plus" in text_of(page)
        assert left(ormeaux) == 2
        data = {"balance": "web", "seen_end": page.context["seen_end"]}
        space.post(url("ad_renew", ad), data)
        again = space.post(url("ad_renew", ad), data, follow=True)
        assert "vient d’être renouvelée" in text_of(again)
        assert (left(ormeaux), Placement.objects.count()) == (1, 2)

    def test_a_print_credit_says_what_happens_to_the_web_credit(self, space, ormeaux):
        ad = JobAdFactory(employer=ormeaux, live=True)
        CreditLotFactory(employer=ormeaux, kind="web_print", print_format="1-4")
        assert "ni rendu ni perdu" in text_of(space.get(url("ad_renew", ad)))
        answer = space.post(url("ad_renew", ad), {"balance": "web_print-1-4"}, follow=True)
        assert "encart" in text_of(answer)
        assert JobAd.objects.get(pk=ad.pk).offer_kind == "web_print"

    @pytest.mark.parametrize("seen_end", ["", "x", "2026-99-99T00:00"])
    def test_without_credit_it_leads_to_the_offers(self, space, ormeaux, seen_end):
        ad = JobAdFactory(employer=ormeaux, live=True)
        assert reverse("billing:offers") in text_of(space.get(url("ad_renew", ad)))
        answer = space.post(url("ad_renew", ad), {"balance": "web", "seen_end": seen_end}, follow=True)
        assert "Choisissez un crédit" in text_of(answer)
        CreditLotFactory(employer=ormeaux)
        assert space.post(url("ad_renew", ad), {"balance": "web", "seen_end": seen_end}).status_code == 302

    def test_what_cannot_be_renewed_says_why(self, space, ormeaux, recruiter):
        draft = JobAdFactory(employer=ormeaux)
        assert "pas encore paru" in text_of(space.get(url("ad_renew", draft), follow=True))
        ad = JobAdFactory(employer=ormeaux, live=True)
        ads.unpublish(ad, recruiter)
        assert "remettez-la en ligne" in text_of(space.get(url("ad_renew", ad), follow=True))
        ads.mark_filled(ad)
        assert "pourvu" in text_of(space.get(url("ad_renew", ad), follow=True))


def test_back_online_in_one_click(space, ormeaux, recruiter):
    ad = JobAdFactory(employer=ormeaux, live=True)
    ads.unpublish(ad, recruiter)
    assert "Remettre en ligne, sans autre crédit" in text_of(space.get(url("ad", ad)))
    assert "de nouveau en ligne" in text_of(space.post(url("ad_back_online", ad), follow=True))
    assert JobAd.objects.visible().filter(pk=ad.pk).exists()


@pytest.mark.parametrize(("answer", "kept"), [("oui", True), ("non", False), ("", None)])
def test_filled_thanks_to_us_or_not(space, ormeaux, answer, kept):
    ad = JobAdFactory(employer=ormeaux, live=True)
    assert "grâce à ASH Job" in text_of(space.get(url("ad_filled", ad)))
    space.post(url("ad_filled", ad), {"here": answer})
    ad.refresh_from_db()
    assert ad.filled_at is not None
    assert ad.filled_here is kept


def test_a_draft_is_deleted_after_a_question(space, ormeaux):
    ad = JobAdFactory(employer=ormeaux)
    assert "Supprimer ce brouillon" in text_of(space.get(url("ad_delete", ad)))
    assert JobAd.objects.filter(pk=ad.pk).exists()
    assert "est supprimé" in text_of(space.post(url("ad_delete", ad), follow=True))
    assert not JobAd.objects.exists()
    live = JobAdFactory(employer=ormeaux, live=True)
    assert "ne se supprime pas" in text_of(space.get(url("ad_delete", live), follow=True))
    assert "reste dans votre liste" in text_of(space.post(url("ad_delete", live), follow=True))


def test_a_draft_begins_without_credit(space, ormeaux):
    page = text_of(space.get(reverse("recruiting:ad_new")))
    assert "Commencer un brouillon" in page
    space.post(reverse("recruiting:ad_new"), {"balance": "brouillon"})
    ad = JobAd.objects.get()
    assert (ad.offer_kind, ad.live) == ("web", False)
    CreditLotFactory(employer=ormeaux)
    answer = space.post(reverse("recruiting:ad_new"), {"balance": "brouillon"}, follow=True)
    assert "n’est plus disponible" in text_of(answer)


class TestBulk:
    def test_unpublishing_asks_first(self, space, ormeaux):
        live = [JobAdFactory(employer=ormeaux, live=True) for _ in range(2)]
        draft = JobAdFactory(employer=ormeaux)
        data = {"action": "depublier", "annonce": [ad.pk for ad in (*live, draft)]}
        page = text_of(space.post(BULK, data))
        assert "Dépublier 2" in page
        assert "n’est pas en ligne" in page
        assert JobAd.objects.visible().count() == 2
        done = space.post(BULK, data | {"confirme": "1"})
        assert done.context["done"] == 2
        assert not JobAd.objects.visible().exists()

    def test_renewing_says_the_price_and_does_what_the_credits_allow(self, space, ormeaux):
        live = [JobAdFactory(employer=ormeaux, live=True) for _ in range(3)]
        CreditLotFactory(employer=ormeaux, quantity=2)
        data = {"action": "renouveler", "annonce": [ad.pk for ad in live]}
        data |= {f"fin-{ad.pk}": ad.placements.get().ends_at.isoformat() for ad in live}
        page = space.post(BULK, data)
        assert "3\u00a0crédits web" in text_of(page)
        assert "Il ne vous reste que 2\u00a0crédits web" in text_of(page)
        assert left(ormeaux) == 2
        done = space.post(BULK, data | {"confirme": "1"})
        assert [line.done for line in done.context["lines"]].count(True) == 2
        assert "plus de crédit" in text_of(done)
        # Sent a second time, the two that are done are not done again.
        CreditLotFactory(employer=ormeaux)
        again = space.post(BULK, data | {"confirme": "1"})
        assert (again.context["done"], left(ormeaux)) == (1, 0)

    @pytest.mark.parametrize("data", [{}, {"action": "renouveler"}, {"action": "x", "annonce": ["1"]}])
    def test_nothing_chosen(self, space, ormeaux, data):
        JobAdFactory(employer=ormeaux)
        assert "Cochez au moins une annonce" in text_of(space.post(BULK, data, follow=True))
        assert space.get(BULK).url == LIST

    @pytest.mark.permissions
    def test_another_employers_ads_are_as_absent(self, space, ormeaux, riviere):
        foreign = JobAdFactory(employer=riviere, live=True)
        CreditLotFactory(employer=ormeaux)
        for action in ("depublier", "renouveler"):
            data = {"action": action, "annonce": [foreign.pk], "confirme": "1"}
            assert foreign.title not in text_of(space.post(BULK, data, follow=True))
        assert JobAd.objects.visible().filter(pk=foreign.pk).exists()
        assert left(ormeaux) == 1

    @pytest.mark.permissions
    def test_a_reader_has_no_boxes_and_may_not(self, client, login, ormeaux):
        ad = JobAdFactory(employer=ormeaux, live=True)
        login(client, MembershipFactory(employer=ormeaux, role=Membership.Role.READER).user)
        assert "Dépublier la sélection" not in text_of(client.get(LIST))
        data = {"action": "depublier", "annonce": [ad.pk], "confirme": "1"}
        assert client.post(BULK, data).status_code == 403

    def test_the_question_takes_a_constant_number_of_queries(
        self, space, ormeaux, django_assert_max_num_queries
    ):
        live = [JobAdFactory(employer=ormeaux, live=True) for _ in range(6)]
        data = {"action": "renouveler", "annonce": [ad.pk for ad in live[:1]]}
        with django_assert_max_num_queries(14) as few:
            space.post(BULK, data)
        with django_assert_max_num_queries(len(few)):
            space.post(BULK, data | {"annonce": [ad.pk for ad in live]})


def test_filters_by_commune_and_author(space, ormeaux, colleague, recruiter):
    here = JobAdFactory(employer=ormeaux, title="Ici")
    elsewhere = JobAdFactory(employer=ormeaux, title="Là")
    commune = Commune.objects.exclude(pk=here.commune_id).first()
    JobAd.objects.filter(pk=here.pk).update(commune=Commune.objects.get(insee="69266"))
    JobAd.objects.filter(pk=elsewhere.pk).update(commune=commune, owner=colleague)
    page = space.get(LIST, {"lieu": commune.pk})
    assert [ad.title for ad in page.context["page"].object_list] == ["Là"]
    assert 'name="lieu"' in text_of(page)
    page = space.get(LIST, {"auteur": recruiter.pk})
    assert [ad.title for ad in page.context["page"].object_list] == ["Ici"]
    for odd in ("x", "²", "99999999999999"):
        assert space.get(LIST, {"lieu": odd, "auteur": odd}).status_code == 200


def test_an_ad_online_is_listed_and_found_where_the_public_finds_it(space, ormeaux):
    """A change of place that is not published yet: list and filters agree on what is online, and a mark says so."""
    old, new = EstablishmentFactory.create_batch(2, employer=ormeaux)
    here, there = Commune.objects.get(insee="69266"), Commune.objects.get(insee="69123")
    ad = JobAdFactory(employer=ormeaux, live=True, title="Mobile", establishment=old, commune=here)
    JobAdFactory(employer=ormeaux, live=True, title="Fixe", establishment=new, commune=there)
    ad.establishment, ad.commune = new, there
    revision = ad.save_revision(clean=False)

    def found(**query) -> list[str]:
        return sorted(row.title for row in space.get(LIST, query).context["page"].object_list)

    assert found(lieu=here.pk) == ["Mobile"] and found(lieu=there.pk) == ["Fixe"]
    assert found(etablissement=old.pk) == ["Mobile"] and found(etablissement=new.pk) == ["Fixe"]
    page = space.get(LIST, {"lieu": here.pk})
    [row] = page.context["page"].object_list
    assert row.place == str(here) and row.has_changes
    assert "modifications non publiées" in text_of(page)
    revision.publish()
    assert found(lieu=there.pk) == ["Fixe", "Mobile"] == found(etablissement=new.pk)
    assert "modifications non publiées" not in text_of(space.get(LIST))


def test_a_draft_is_listed_and_found_where_its_author_put_it_last(space, ormeaux):
    ad = JobAdFactory(employer=ormeaux, title="Brouillon", commune=Commune.objects.get(insee="69266"))
    assert not ad.live
    page = space.get(LIST, {"lieu": "69266"})
    [row] = page.context["page"].object_list
    assert row.place == str(ad.commune) and not row.has_changes
