"""An approval clicked twice, by two reviewers, and while the author takes the ad back: one verdict, one credit."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Site, TaskState, WorkflowState

from pages import review
from pages.models import JobAd, ReviewSettings
from tests.concurrency import at_once
from tests.factories import CreditLotFactory, EmployerFactory, JobAdFactory, OfficeUserFactory
from tests.tools import mails_to

from .tools import edit_url, editor_data, spendings, visible

pytestmark = [pytest.mark.postgres, pytest.mark.invariant]
ROUNDS = 4


@pytest.fixture
def employer(transactional_db):
    site = Site.objects.get(is_default_site=True)
    ReviewSettings.objects.create(site=site, required_of="all")
    employer = EmployerFactory(with_page=True)
    CreditLotFactory(employer=employer, quantity=20)
    return employer


@pytest.fixture
def author(employer, login):
    return login(Client(), employer.memberships.get().user)


def submitted(author, employer) -> JobAd:
    ad = JobAdFactory(employer=employer)
    assert author.post(edit_url(ad), editor_data(ad) | {"action-submit": "action-submit"}).status_code == 302
    return JobAd.objects.get(pk=ad.pk)


def approve(client, ad, state) -> int:
    address = reverse("wagtailadmin_pages:workflow_action", args=[ad.pk, "approve", state.pk])
    return client.post(address, {"comment": ""}).status_code


def approvals(ad) -> int:
    return TaskState.objects.for_instance(ad).filter(status=TaskState.STATUS_APPROVED).count()


def test_two_reviewers_give_one_verdict(employer, author, login):
    people = [OfficeUserFactory(group="Modération") for _ in range(2)]
    clients = [login(Client(raise_request_exception=False), user) for user in people for _ in range(2)]
    for number in range(ROUNDS):
        ad = submitted(author, employer)
        state = ad.current_workflow_task_state
        answers = at_once(*[lambda c=c, ad=ad, state=state: approve(c, ad, state) for c in clients])
        assert set(answers) == {302}
        assert (visible(ad), spendings(), approvals(ad)) == (True, number + 1, 1)
        mails = [m for m in mails_to(ad.owner.email) if "relue et publiée" in m.subject]
        assert len(mails) == number + 1


def test_an_approval_against_the_authors_withdrawal(employer, author, login):
    reviewer = login(Client(raise_request_exception=False), OfficeUserFactory(group="Modération"))
    user = employer.memberships.get().user
    spent = 0
    for _ in range(ROUNDS):
        ad = submitted(author, employer)
        state = ad.current_workflow_task_state
        workflow_state = WorkflowState.objects.get(pk=state.workflow_state_id)
        answers = at_once(
            lambda ad=ad, state=state: approve(reviewer, ad, state),
            lambda workflow_state=workflow_state: workflow_state.cancel(user=user),
        )
        assert answers[0] == 302
        approved = approvals(ad) == 1
        spent += approved
        assert (visible(ad), spendings()) == (approved, spent)


def test_an_approval_after_the_withdrawal_changes_nothing(employer, author):
    """The reviewer's page was opened before: what it holds says that the ad still waits."""
    ad = submitted(author, employer)
    state = ad.current_workflow_task_state
    WorkflowState.objects.get(pk=state.workflow_state_id).cancel(user=ad.owner)
    with pytest.raises(review.PlacementRefused) as refusal:
        state.task.specific.on_action(state, OfficeUserFactory(group="Modération"), "approve")
    assert refusal.value.code == review.ALREADY
    assert (visible(ad), spendings()) == (False, 0)
