"""Mails before credits end: sixty, thirty and seven days ahead."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.models import Membership
from ashjob.schedule import SCHEDULE
from billing import credit_warnings, credits, tasks
from billing.models import CreditWarning
from tests.factories import CreditLotFactory, EmployerFactory, MembershipFactory
from tests.tools import mails_to, run_tasks

pytestmark = pytest.mark.django_db
BOUGHT = datetime(2027, 1, 10, 12, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture
def employer():
    return EmployerFactory(legal_name="Association Les Ormeaux")


@pytest.fixture
def address(employer):
    return employer.memberships.get().user.email


def grant(employer, quantity=3, at=BOUGHT, **kwargs):
    with time_machine.travel(at, tick=False):
        return CreditLotFactory(employer=employer, quantity=quantity, **kwargs)


def told(lot, days: int) -> int:
    """What the task does so many days before the lot's last day."""
    with time_machine.travel(lot.expires_at - timedelta(hours=12) - timedelta(days=days), tick=False):
        return tasks.warn_of_credits.func()


def test_it_is_in_the_schedule():
    assert "billing.tasks.warn_of_credits" in {line.task for line in SCHEDULE}


def test_each_delay_is_told_once_with_what_is_left(employer, address):
    lot = grant(employer)
    assert [told(lot, days) for days in (61, 60, 60, 45, 30, 29, 8, 7, 6, 0)] == [
        0,
        1,
        0,
        0,
        1,
        0,
        0,
        1,
        0,
        0,
    ]
    assert list(CreditWarning.objects.values_list("days", flat=True).order_by("-days")) == [60, 30, 7]
    first, _, last = mails_to(address)
    assert first.subject == "3 crédits d’annonces à utiliser au plus tard le 10 janvier 2028"
    assert "3 × annonce web : jusqu’au 10 janvier 2028 inclus, dans 60 jours" in first.body
    for part in (first.body, first.alternatives[0][0]):
        assert "/espace-recruteur/annonces/nouvelle/" in part and "Créer une annonce" in part
    assert "dans 7 jours" in last.body


def test_a_day_that_was_missed_is_made_up_for_by_the_nearest_delay(employer, address):
    lot = grant(employer)
    assert [told(lot, days) for days in (20, 19, 3)] == [1, 0, 1]
    assert set(CreditWarning.objects.values_list("days", flat=True)) == {30, 7}


def test_one_mail_a_day_lists_all_the_lots(employer, address):
    lot = grant(employer)
    grant(employer, 1, kind="web_print", print_format="1-4")
    assert told(lot, 30) == 1
    (mail,) = mails_to(address)
    assert "3 × annonce web" in mail.body and "1 × annonce web + print (1/4 de page)" in mail.body
    assert "4 crédits" in mail.subject
    assert CreditWarning.objects.count() == 2


def test_a_second_run_of_the_day_keeps_a_new_lot_for_the_next(employer, address):
    lot = grant(employer)
    assert told(lot, 30) == 1
    late = grant(employer, at=BOUGHT + timedelta(days=1))
    CreditWarning.objects.filter(lot=late).delete()
    assert told(lot, 30) == 0
    assert told(lot, 29) == 1


def test_nothing_of_a_lot_that_is_spent_expired_or_was_never_good_for_longer(employer):
    spent = grant(employer, 1)
    with time_machine.travel(BOUGHT, tick=False):
        credits.spend(employer, "web", reference="autre:1")
    assert told(spent, 30) == 0
    short = grant(employer, months=1)
    assert told(short, 31) == 0
    assert told(short, 30) == 1
    assert told(short, -1) == 0


def test_those_who_write_or_buy_hear_and_readers_do_not(employer, address):
    roles = (Membership.Role.RECRUITER, Membership.Role.BILLING, Membership.Role.READER)
    writer, buyer, reader = (MembershipFactory(employer=employer, role=role).user for role in roles)
    told(grant(employer), 60)
    assert [len(mails_to(user.email)) for user in (writer, buyer, reader)] == [1, 1, 0]
    assert len(mails_to(address)) == 1


def test_two_employers_hear_of_their_own_only(employer, address):
    other = EmployerFactory()
    lot = grant(employer)
    grant(other, 9)
    assert told(lot, 60) == 2
    (mail,) = mails_to(address)
    assert "9 ×" not in mail.body and "Ormeaux" in mail.body


def test_one_in_trouble_does_not_keep_the_others_from_hearing(employer, address, monkeypatch, caplog):
    broken = EmployerFactory()
    lot = grant(broken)
    grant(employer)
    whole = credit_warnings._tell

    def tell(to, *args):
        if to == broken:
            raise RuntimeError
        whole(to, *args)

    monkeypatch.setattr(credit_warnings, "_tell", tell)
    assert told(lot, 60) == 1
    assert not CreditWarning.objects.filter(lot=lot).exists(), "it is tried again"
    run_tasks()
    assert len(mails_to(address)) == 1
