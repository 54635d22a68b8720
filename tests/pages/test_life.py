"""Renewed, filled, online again, thrown away: what a credit pays for and what is free."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from billing import credits
from pages import ads, placements, renewals, tasks
from pages.ads import State, state_of
from pages.models import JobAd, Placement, PrintInsert
from tests.factories import CreditLotFactory, JobAdFactory

from .tools import spendings, visible

PARIS = ZoneInfo("Europe/Paris")


def left(employer, kind="web") -> int:
    return sum(b.quantity for b in credits.balances(employer) if b.kind == kind)


@pytest.mark.invariant
class TestRenew:
    def test_before_its_end_the_months_follow_the_last_day(self, ormeaux, recruiter):
        ad = JobAdFactory(employer=ormeaux, live=True)
        CreditLotFactory(employer=ormeaux, quantity=2)
        first = ad.placements.get()
        second = renewals.renew(ad, "web", by=recruiter, seen_end=first.ends_at)
        assert second.last_day == placements.months_later(first.last_day, 2)
        assert (left(ormeaux), spendings()) == (1, 2)
        assert state_of(ad, first.ends_at) == State.LIVE
        assert JobAd.objects.visible(first.ends_at).filter(pk=ad.pk).exists()
        assert not JobAd.objects.visible(second.ends_at).filter(pk=ad.pk).exists()

    def test_a_second_click_takes_no_second_credit(self, ormeaux, recruiter):
        ad = JobAdFactory(employer=ormeaux, live=True)
        CreditLotFactory(employer=ormeaux, quantity=2)
        seen = ad.placements.get().ends_at
        renewals.renew(ad, "web", by=recruiter, seen_end=seen)
        with pytest.raises(ads.AdError, match="vient d’être renouvelée"):
            renewals.renew(ad, "web", by=recruiter, seen_end=seen)
        assert left(ormeaux) == 1

    def test_after_its_end_it_is_online_again_at_the_same_address(self, ormeaux, recruiter, time_machine):
        ad = JobAdFactory(employer=ormeaux, live=True)
        url, end = ad.url, ad.placements.get().ends_at
        CreditLotFactory(employer=ormeaux)
        time_machine.move_to(end)
        assert state_of(ad) == State.ENDED
        # The task that takes it offline has not come by: the page still calls itself live.
        renewals.renew(ad, "web", by=recruiter, seen_end=end)
        ad = JobAd.objects.get(pk=ad.pk)
        assert (ad.live, ad.url, visible(ad), spendings()) == (True, url, True, 2)

    def test_without_credit_nothing_changes(self, ormeaux, recruiter, time_machine):
        ad = JobAdFactory(employer=ormeaux, live=True)
        with pytest.raises(placements.PlacementRefused, match="plus de crédit"):
            renewals.renew(ad, "web", by=recruiter)
        time_machine.move_to(ad.placements.get().ends_at)
        tasks.unpublish_ended.call()
        with pytest.raises(placements.PlacementRefused):
            renewals.renew(ad, "web_print", "1-4", by=recruiter)
        ad.refresh_from_db()
        assert (ad.live, ad.offer_kind, spendings()) == (False, "web", 1)

    def test_a_web_and_print_credit_changes_the_offer_of_a_live_ad(self, ormeaux, recruiter):
        ad = JobAdFactory(employer=ormeaux, live=True)
        CreditLotFactory(employer=ormeaux)
        CreditLotFactory(employer=ormeaux, kind="web_print", print_format="1-4")
        first = ad.placements.get()
        second = renewals.renew(ad, "web_print", "1-4", by=recruiter)
        ad.refresh_from_db()
        assert (ad.offer_kind, ad.print_format) == ("web_print", "1-4")
        assert PrintInsert.objects.get().placement == second
        # What was paid before is neither given back nor lost.
        assert (left(ormeaux), left(ormeaux, "web_print")) == (1, 0)
        assert second.last_day > first.last_day
        assert JobAd.objects.get(pk=ad.pk).live

    def test_a_web_credit_keeps_the_insert_of_the_first_in_the_editor(self, ormeaux, recruiter):
        ad = JobAdFactory(employer=ormeaux, live=True, kind="web_print", print_format="1-4")
        CreditLotFactory(employer=ormeaux)
        assert renewals.renew(ad, "web", by=recruiter).kind == "web"
        ad.refresh_from_db()
        assert (ad.offer_kind, ad.print_format, left(ormeaux)) == ("web_print", "1-4", 0)
        assert PrintInsert.objects.count() == 1

    def test_a_credit_note_on_the_second_leaves_what_the_first_paid_for(self, ormeaux, recruiter):
        ad = JobAdFactory(employer=ormeaux, live=True)
        CreditLotFactory(employer=ormeaux)
        first = ad.placements.get()
        placements.close(renewals.renew(ad, "web", by=recruiter))
        assert visible(ad)
        assert not JobAd.objects.visible(first.ends_at).exists()

    def test_drafts_and_filled_ads_are_refused(self, ormeaux, recruiter):
        CreditLotFactory(employer=ormeaux)
        with pytest.raises(ads.AdError, match="pas encore paru"):
            renewals.renew(JobAdFactory(employer=ormeaux), "web", by=recruiter)
        ad = JobAdFactory(employer=ormeaux, live=True)
        ads.mark_filled(ad)
        with pytest.raises(ads.AdError, match="pourvu"):
            renewals.renew(ad, "web", by=recruiter)
        assert left(ormeaux) == 1


def test_back_online_costs_nothing_while_it_runs(ormeaux, recruiter, time_machine):
    ad = JobAdFactory(employer=ormeaux, live=True)
    ads.unpublish(ad, recruiter)
    with pytest.raises(ads.AdError, match="Remettez"):
        renewals.renew(ad, "web", by=recruiter)
    renewals.back_online(ad, by=recruiter)
    assert (visible(ad), spendings()) == (True, 1)
    ads.unpublish(ad, recruiter)
    CreditLotFactory(employer=ormeaux)
    time_machine.move_to(ad.placements.get().ends_at)
    with pytest.raises(ads.AdError, match="renouvelez-la"):
        renewals.back_online(ad, by=recruiter)
    assert left(ormeaux) == 1


def test_filled_says_whether_it_was_here_and_leaves_the_schedule(ormeaux):
    ad = JobAdFactory(employer=ormeaux, live=True)
    ad.go_live_at = timezone.now() + timedelta(days=2)
    ad.save_revision().publish()
    ads.mark_filled(ad, here=True)
    ad.refresh_from_db()
    assert (ad.filled_here, ad.scheduled_revision) == (True, None)
    ads.reopen(ad)
    ad.refresh_from_db()
    assert (ad.filled_here, ad.filled_at) == (None, None)
    with pytest.raises(ads.AdError, match="jamais paru"):
        ads.mark_filled(JobAdFactory(employer=ormeaux))


def test_only_what_never_was_public_is_deleted(ormeaux, recruiter):
    draft = JobAdFactory(employer=ormeaux)
    ads.delete_draft(draft, recruiter)
    assert not JobAd.objects.filter(pk=draft.pk).exists()
    ad = JobAdFactory(employer=ormeaux, live=True)
    ads.unpublish(ad, recruiter)
    with pytest.raises(ads.AdError, match="a paru"):
        ads.delete_draft(ad, recruiter)


@pytest.mark.parametrize(
    ("opened", "last_day", "end"),
    [
        # Into summer time, out of it, and published a minute before midnight in Paris.
        (datetime(2027, 1, 31, 12, tzinfo=PARIS), date(2027, 3, 31), "2027-03-31T22:00:00+00:00"),
        (datetime(2027, 8, 31, 12, tzinfo=PARIS), date(2027, 10, 31), "2027-10-31T23:00:00+00:00"),
        (datetime(2026, 12, 31, 23, 59, tzinfo=PARIS), date(2027, 2, 28), "2027-02-28T23:00:00+00:00"),
    ],
)
def test_the_last_day_ends_at_midnight_in_paris(ormeaux, time_machine, opened, last_day, end):
    time_machine.move_to(opened, tick=False)
    ad = JobAdFactory(employer=ormeaux, live=True)
    placement = Placement.objects.get(ad=ad)
    assert placement.last_day == last_day
    assert placement.ends_at == datetime.fromisoformat(end)
    time_machine.move_to(placement.ends_at - timedelta(seconds=1), tick=False)
    assert visible(ad)
    time_machine.move_to(placement.ends_at, tick=False)
    assert not visible(ad)
    assert tasks.unpublish_ended.call() == 1
    assert not JobAd.objects.get(pk=ad.pk).live
