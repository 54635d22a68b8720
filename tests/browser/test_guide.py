"""The recruiter's guide from end to end: nothing but what a person would click. On the database where it searches."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pages.models import JobAd, MagazineIssue
from tests.factories import JobAdFactory, OfficeUserFactory

from .cast import TITLE
from .guide_candidate import CandidateSteps
from .guide_office import OfficeSteps
from .guide_recruiter import RecruiterSteps
from .people import log_in

pytestmark = pytest.mark.browser


@pytest.fixture
def guide(new_page, worker, engine, live_server):
    return Guide(new_page)


class Guide(RecruiterSteps, CandidateSteps, OfficeSteps):
    """One recruiter, one visitor, one candidate and the office, each in a browser of their own."""

    def __init__(self, new_page):
        self.new_page = new_page
        self.recruiter = new_page()
        self.visitor = new_page()
        self.candidate = new_page()
        self.office = new_page()
        self.sales = OfficeUserFactory(group="Commercial")
        self.desk = OfficeUserFactory(group="Rédaction print")
        self.issue = MagazineIssue.objects.create(
            number=3301,
            title="Mag de janvier",
            closes_at=timezone.now() + timedelta(days=20),
            published_on=(timezone.now() + timedelta(days=30)).date(),
        )

    @property
    def ad(self) -> JobAd:
        return JobAd.objects.get(title=TITLE)


@pytest.mark.parametrize(
    "engine", [pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)], indirect=True
)
def test_the_guide_from_end_to_end(guide):
    guide.opens_an_account()
    guide.makes_the_company_page()
    guide.buys_three_ads_by_card()
    guide.publishes_an_ad()
    guide.is_found_read_and_left_for_the_same_results()
    guide.applies()
    guide.reads_answers_and_moves_the_application()
    guide.answers_as_a_candidate()
    guide.unpublishes_and_comes_back()
    guide.asks_for_a_quote_then_orders_by_transfer()
    guide.marks_the_transfer_received()
    guide.takes_a_spontaneous_application()
    guide.publishes_with_print_and_an_external_link()
    guide.lays_out_the_insert()
    guide.writes_to_the_office()
    guide.keeps_a_profile()
    guide.tries_the_cv_library_then_subscribes()
    guide.sees_time_pass()


@pytest.mark.parametrize("engine", ["database"], indirect=True)
def test_where_the_guide_searches_the_database_finds_as_well(guide, ormeaux, recruiter):
    JobAdFactory(employer=ormeaux, title=TITLE, live=True)
    log_in(guide.recruiter, recruiter.email)
    guide.is_found_read_and_left_for_the_same_results()
    guide.applies()
    guide.unpublishes_and_comes_back()
