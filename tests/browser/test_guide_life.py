"""The guide goes on: a team, an ad's life, the office's review. On one search engine: nothing here is searched for."""

import pytest
from wagtail.models import Site

from pages.models import JobAd, ReviewSettings
from tests.factories import CreditLotFactory, JobAdFactory, OfficeUserFactory
from tests.factories.accounts import PASSWORD

from .guide_life import LifeSteps
from .guide_review import ReviewSteps
from .guide_team import TeamSteps
from .people import log_in

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _database_engine(settings):
    settings.ELASTICSEARCH_URL = ""


class Guide(TeamSteps, LifeSteps, ReviewSteps):
    """A recruiter who is logged in, and others in browsers of their own. Their ad is the oldest one."""

    password = PASSWORD

    def __init__(self, new_page, recruiter):
        self.new_page = new_page
        self.recruiter = new_page()
        self.visitor = new_page()
        self.colleague = new_page()
        self.address = recruiter.email
        log_in(self.recruiter, recruiter.email)

    @property
    def ad(self) -> JobAd:
        return JobAd.objects.order_by("pk").first()


@pytest.fixture
def guide(new_page, worker, recruiter):
    return Guide(new_page, recruiter)


def test_a_colleague_joins_the_team(guide):
    guide.invites_a_colleague()
    guide.accepts_the_invitation()
    guide.gives_her_another_role()


def test_the_life_of_an_ad(guide, ormeaux):
    JobAdFactory(employer=ormeaux, live=True)
    CreditLotFactory(employer=ormeaux, quantity=2)
    guide.reads_the_statistics()
    guide.duplicates_it_and_keeps_it_as_a_model()
    guide.says_that_the_post_is_filled_then_that_it_is_not()
    guide.renews_it_from_the_mail()
    guide.renews_it_once_it_is_over()


def test_the_office_reads_an_ad_before_it_appears(guide, ormeaux):
    site = Site.objects.get(is_default_site=True)
    ReviewSettings.objects.update_or_create(site=site, defaults={"required_of": ReviewSettings.Required.ALL})
    guide.reviewer = OfficeUserFactory(group="Modération")
    guide.office = guide.new_page()
    JobAdFactory(employer=ormeaux)
    CreditLotFactory(employer=ormeaux)
    guide.sends_the_ad_to_review()
    guide.sends_it_back_with_a_reason()
    guide.corrects_it_and_sends_it_again()
    guide.approves_it()
