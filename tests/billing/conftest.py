"""The people of tests that meet at one moment: a customer, its buyer, somebody of the office, an order by transfer."""

import pytest

from accounts.models import User
from billing.models import BankEntry, BankStatement, Order
from reference.dates import paris_day
from tests.factories import EmployerFactory, OfficeUserFactory

from .shop import order_of


@pytest.fixture
def employer():
    return EmployerFactory()


@pytest.fixture
def buyer(employer) -> User:
    return employer.memberships.get().user


@pytest.fixture
def clerk() -> User:
    return OfficeUserFactory()


@pytest.fixture
def order(employer, buyer) -> Order:
    return order_of(employer, buyer, Order.Method.TRANSFER)


@pytest.fixture
def entry(order) -> BankEntry:
    """The money of the order in a statement, which names it."""
    statement = BankStatement.objects.create(digest="x", name="x", format="csv")
    return BankEntry.objects.create(
        statement=statement,
        fingerprint="x",
        booked_on=paris_day(),
        amount=order.total_incl_vat,
        wording=order.number,
    )
