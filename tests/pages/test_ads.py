from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import GroupPagePermission

from billing.models import CreditMovement
from pages import ads, companies
from pages.ads import State, state_of
from pages.models import CompanyPage, JobAd, Placement
from tests.factories import CreditLotFactory, EmployerFactory, JobAdFactory


def test_a_company_page_is_made_once_and_belongs_to_its_group(db):
    employer = EmployerFactory()
    user = employer.memberships.get().user
    page = companies.create_page(employer, user)
    assert companies.create_page(employer, user).pk == page.pk
    assert not page.live
    assert page.get_latest_revision() is not None
    rights = GroupPagePermission.objects.filter(group=employer.group, page=page)
    assert {r.permission.codename for r in rights} == {"add_page", "change_page", "publish_page"}
    assert CompanyPage.objects.filter(employer=employer).count() == 1


def test_a_draft_needs_a_company_page(db):
    employer = EmployerFactory()
    with pytest.raises(ads.AdError, match="page entreprise"):
        ads.create_draft(employer, None, "web")


def test_a_print_offer_names_its_format(ormeaux, recruiter):
    with pytest.raises(ads.AdError):
        ads.create_draft(ormeaux, recruiter, "web_print")
    with pytest.raises(ads.AdError):
        ads.create_draft(ormeaux, recruiter, "web", "1-4")


def test_offline_and_back_costs_nothing(ormeaux, recruiter):
    ad = JobAdFactory(employer=ormeaux, live=True)
    ads.unpublish(ad, recruiter)
    ads.unpublish(ad, recruiter)
    ad.refresh_from_db()
    assert not ad.live
    assert state_of(ad) == State.OFFLINE
    ad.get_latest_revision().publish(user=recruiter)
    assert Placement.objects.filter(ad=ad).count() == 1
    assert CreditMovement.objects.filter(kind=CreditMovement.Kind.SPENDING).count() == 1


def test_the_offer_changes_before_publication_only(ormeaux):
    ad = JobAdFactory(employer=ormeaux)
    ads.change_offer(ad, "web_print", "1-4")
    CreditLotFactory(employer=ormeaux, kind="web_print", print_format="1-4")
    # The revision was written while the offer was "web": what counts is the ad's present offer.
    ad.get_latest_revision().publish()
    ad.refresh_from_db()
    assert Placement.objects.get(ad=ad).print_format == "1-4"
    with pytest.raises(ads.AdError, match="déjà payée"):
        ads.change_offer(ad, "web")


def test_states(ormeaux, recruiter, time_machine):
    draft = JobAdFactory(employer=ormeaux)
    assert state_of(draft) == State.DRAFT
    ad = JobAdFactory(employer=ormeaux, live=True)
    assert state_of(ad) == State.LIVE
    later = JobAdFactory(employer=ormeaux)
    later.go_live_at = timezone.now() + timedelta(days=3)
    later.save_revision().publish()
    assert state_of(later) == State.SCHEDULED
    ads.unpublish(later, recruiter)
    assert state_of(later) == State.DRAFT
    ends_at = ad.placements.get().ends_at
    assert state_of(ad, ends_at - timedelta(days=3)) == State.ENDING
    assert state_of(ad, ends_at) == State.ENDED
    ads.mark_filled(ad)
    assert state_of(ad) == State.FILLED
    ads.reopen(ad)
    assert state_of(ad) == State.LIVE


def test_the_list_of_states_is_one_query(ormeaux, django_assert_num_queries):
    for live in (True, False, False):
        JobAdFactory(employer=ormeaux, live=live)
    list(ads.of_employer(ormeaux))
    with django_assert_num_queries(1):
        assert sorted(ad.state for ad in ads.of_employer(ormeaux)) == ["draft", "draft", "live"]


def test_an_old_revision_does_not_bring_back_an_old_state(ormeaux):
    ad = JobAdFactory(employer=ormeaux, live=True)
    ads.mark_filled(ad)
    ad.get_latest_revision().publish()
    assert JobAd.objects.get(pk=ad.pk).filled_at is not None


def test_a_company_page_published_from_an_older_copy_leaves_the_tree_whole(ormeaux, recruiter):
    """Somebody publishes the company page, opened before the first ad was begun."""
    opened_earlier = CompanyPage.objects.get(employer=ormeaux)
    JobAdFactory(employer=ormeaux)
    opened_earlier.save_revision().publish()
    JobAdFactory(employer=ormeaux)
    assert CompanyPage.objects.get(employer=ormeaux).numchild == 2
    # And a count that some other road broke is mended.
    CompanyPage.objects.filter(employer=ormeaux).update(numchild=0)
    JobAdFactory(employer=ormeaux)
    assert CompanyPage.objects.get(employer=ormeaux).numchild == 3
