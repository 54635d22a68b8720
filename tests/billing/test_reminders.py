"""Reminders and the end of waiting: on the days that the office set, each once, however often the clock strikes."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from billing import (
    carts,
    delays,
    discounts,
    money_tasks,
    orders,
    payments,
    quotes,
    reminders,
    terms,
    transfers,
)
from billing.models import CustomerTerms, DelaySettings, DiscountCode, Offer, Order, Payment, Quote
from reference.dates import long_date, paris_day
from tests.factories import EmployerFactory
from tests.tools import mails_to, run_tasks

from .shop import fill, order_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(ormeaux, recruiter):
    return order_of(ormeaux, recruiter, Order.Method.TRANSFER)


def subjects(user):
    return [mail.subject for mail in mails_to(user.email)]


def in_days(number):
    return timezone.now() + timedelta(days=number)


def test_a_transfer_is_reminded_of_on_its_days_and_not_between(order, recruiter):
    told = [day for day in range(31) if reminders.remind_of_transfers(in_days(day))]
    assert told == [10, 23], "20 and 7 days before the end of 30"
    assert sum("Rappel" in subject for subject in subjects(recruiter)) == 2
    assert Order.objects.get().reminders == 2


def test_running_twice_and_late_tells_once(order, recruiter):
    assert reminders.remind_of_transfers(in_days(25)) == 1
    assert reminders.remind_of_transfers(in_days(25)) == 0
    mail = mails_to(recruiter.email)[-1]
    assert "sera annulée" in mail.body and mail.attachments[0][2] == "image/png"


def test_a_paid_or_cancelled_order_is_left_alone(order, recruiter, sales):
    transfers.receive(order, order.total_incl_vat, paris_day(), sales)
    assert reminders.remind_of_transfers(in_days(25)) == reminders.cancel_unpaid(in_days(60)) == 0


def test_it_is_given_up_after_its_delay_and_three_days_with_a_mail(order, recruiter):
    assert reminders.cancel_unpaid(in_days(33)) == 0
    assert reminders.cancel_unpaid(in_days(34)) == 1
    assert reminders.cancel_unpaid(in_days(34)) == 0
    order.refresh_from_db()
    assert order.state == Order.State.CANCELLED
    move = order.moves.last()
    assert move.by is None and "Aucun virement" in move.note
    assert subjects(recruiter)[-1] == f"Votre commande {order.number} est annulée"
    mail = mails_to(recruiter.email)[-1]
    for part in (mail.body, mail.alternatives[0][0]):
        assert "nous n’avons pas reçu votre virement" in part and "demandé cette annulation" not in part


def test_the_last_day_to_pay_counts_whole_in_the_mails(order, recruiter):
    reminders.remind_of_transfers(in_days(25))
    asked, reminded = mails_to(recruiter.email)
    day = f"au plus tard le {long_date(order.pay_by)}"
    assert day in asked.body and day in asked.alternatives[0][0] and day in reminded.alternatives[0][0]


def test_what_is_paid_in_part_is_left_to_the_office(order, sales):
    transfers.receive(order, Decimal("1.00"), paris_day(), sales, sure=True)
    assert reminders.cancel_unpaid(in_days(90)) == 0
    order.refresh_from_db()
    assert order.state == Order.State.AWAITING_TRANSFER


def test_the_office_sets_the_days(order, ormeaux, recruiter):
    office = DelaySettings.load()
    office.transfer_days, office.transfer_reminders, office.quote_days = 10, "20, 3", 15
    office.save()
    assert delays.load().transfer_reminders == (3,), "one that would come with the order is none"
    another = order_of(ormeaux, recruiter, Order.Method.TRANSFER)
    assert another.pay_by == paris_day() + timedelta(days=10)
    order.refresh_from_db()
    assert order.pay_by == paris_day() + timedelta(days=30), "an order keeps its own day"


@pytest.mark.parametrize("wrong", ["vingt", "20; -3", "0", "400"])
def test_days_are_numbers(wrong):
    office = DelaySettings.load()
    office.transfer_reminders = wrong
    with pytest.raises(ValidationError, match="nombres de jours"):
        office.full_clean()


@pytest.fixture
def quote(ormeaux, recruiter):
    fill(ormeaux, "web-3")
    made = quotes.request_quote(ormeaux, carts.cart_of(ormeaux).key, recruiter)
    run_tasks()
    return made


def test_a_quote_is_reminded_of_once_before_it_lapses(quote, recruiter):
    assert [day for day in range(62) if reminders.remind_of_quotes(in_days(day))] == [53]
    mail = mails_to(recruiter.email)[-1]
    assert "valable jusqu’au" in mail.subject and f"/devis/{quote.public_id}/" in mail.body
    assert Quote.objects.get().reminded_at is not None


def test_a_quote_that_is_ordered_lapsed_or_brief_is_not_reminded_of(quote, ormeaux, recruiter, sales):
    assert reminders.remind_of_quotes(in_days(61)) == 0
    quotes.order_quote(quote, Order.Method.TRANSFER, recruiter)
    item = [(Offer.objects.get(code="web-1"), 1)]
    day = paris_day() + timedelta(days=4)
    quotes.make_for(ormeaux, item, sales, "x@y.example", key=ormeaux.public_id, valid_until=day)
    run_tasks()
    assert reminders.remind_of_quotes(in_days(3)) == 0
    assert reminders.remind_of_quotes(in_days(54)) == 0


def on_invoice(employer, sales):
    return orders.order_on_invoice(employer, [(Offer.objects.get(code="web-1"), 1)], by=sales)


def test_an_overdue_invoice_is_reminded_of_with_the_penalties_of_its_buyer(ormeaux, recruiter, sales):
    order = on_invoice(ormeaux, sales)
    told = [day for day in range(80) if reminders.remind_of_invoices(in_days(day))]
    assert told == [33, 45, 60], "3, 15 and 30 days after the 30 of its term"
    invoice = order.invoices.get()
    mail = [mail for mail in mails_to(recruiter.email) if "est échue" in mail.subject][-1]
    assert invoice.number in mail.subject and "10 points" in mail.body and "40 €" in mail.body
    assert mail.attachments[0][0] == f"virement-{invoice.number}.png"


def test_a_public_customer_is_told_nothing_before_its_term_and_has_its_own_penalties(sales):
    hospital = EmployerFactory(legal_form="hopital", siret="21690266800013")
    on_invoice(hospital, sales)
    assert [day for day in range(60) if reminders.remind_of_invoices(in_days(day))] == [53]
    to = hospital.memberships.get().user.email
    (mail,) = [mail for mail in mails_to(to) if "est échue" in mail.subject]
    assert "8 points" in mail.body and "10 points" not in mail.body


def test_the_days_agreed_with_a_customer_are_frozen_on_its_invoice(ormeaux, sales):
    CustomerTerms.objects.create(employer=ormeaux, days_to_pay=45)
    order = on_invoice(ormeaux, sales)
    CustomerTerms.objects.update(days_to_pay=10)
    assert order.invoices.get().due_on == order.pay_by == paris_day() + timedelta(days=45)
    assert terms.days_to_pay(ormeaux) == 10


def test_the_schedule_runs_them_and_twice_is_once(order, quote, recruiter, sales, ormeaux):
    Order.objects.update(pay_by=paris_day() + timedelta(days=5))
    Quote.objects.update(valid_until=paris_day() + timedelta(days=5), issued_at=in_days(-50))
    assert money_tasks.remind.call() == {"quotes": 1, "transfers": 1, "invoices": 0}
    assert money_tasks.remind.call() == {"quotes": 0, "transfers": 0, "invoices": 0}
    Order.objects.update(pay_by=paris_day() - timedelta(days=5))
    assert (money_tasks.cancel_unpaid.call(), money_tasks.cancel_unpaid.call()) == (1, 0)


class TestOneThatFails:
    """The others have their turn all the same, and it is tried again."""

    @pytest.fixture
    def breaks(self, monkeypatch):
        """`breaks(module, name, row)`: this mail raises for this row."""

        def patch(place, name, row):
            whole = getattr(place, name)

            def broken(one, *args, **kwargs):
                if one.pk == row.pk:
                    raise RuntimeError("Essai")
                return whole(one, *args, **kwargs)

            monkeypatch.setattr(place, name, broken)

        return patch

    @pytest.fixture
    def two(self, order, ormeaux, recruiter):
        return [order, order_of(ormeaux, recruiter, Order.Method.TRANSFER)]

    def test_a_reminder(self, two, breaks, monkeypatch, caplog):
        breaks(reminders.money_mails, "transfer_reminder", two[0])
        assert reminders.remind_of_transfers(in_days(25)) == 1
        assert [Order.objects.get(pk=order.pk).reminders for order in two] == [0, 2]
        assert f"order {two[0].pk} could not be done" in caplog.text
        monkeypatch.undo()
        assert reminders.remind_of_transfers(in_days(25)) == 1

    def test_a_cancellation(self, two, breaks):
        breaks(orders.money_mails, "cancelled", two[0])
        assert reminders.cancel_unpaid(in_days(34)) == 1
        states = [Order.objects.get(pk=order.pk).state for order in two]
        assert states == [Order.State.AWAITING_TRANSFER, Order.State.CANCELLED]

    def test_a_quote(self, quote, ormeaux, recruiter, breaks):
        fill(ormeaux, "web-1")
        another = quotes.request_quote(ormeaux, carts.cart_of(ormeaux).key, recruiter)
        run_tasks()
        breaks(reminders.money_mails, "quote_reminder", quote)
        assert reminders.remind_of_quotes(in_days(55)) == 1
        assert list(Quote.objects.filter(reminded_at=None)) == [quote]
        assert Quote.objects.get(pk=another.pk).reminded_at is not None


class TestOrdersByCardThatNobodyPays:
    @pytest.fixture
    def code(self):
        return DiscountCode.objects.create(code="UNE", label="Une fois", percent=Decimal("10"))

    @pytest.fixture
    def by_card(self, ormeaux, recruiter, code):
        fill(ormeaux, "web-1")
        carts.apply_code(ormeaux, code.code)
        return order_of(ormeaux, recruiter)

    def test_they_end_as_late_as_a_transfer_with_a_mail_and_give_their_code_back(
        self, by_card, code, recruiter
    ):
        assert reminders.cancel_unpaid_by_card(in_days(30)) == 0
        assert discounts.uses(code).count() == 1
        assert reminders.cancel_unpaid_by_card(in_days(31)) == 1
        assert reminders.cancel_unpaid_by_card(in_days(31)) == 0
        by_card.refresh_from_db()
        assert by_card.state == Order.State.CANCELLED and not discounts.uses(code).exists()
        move = by_card.moves.last()
        assert move.by is None and "Aucun paiement par carte en 30 jours" in move.note
        mail = mails_to(recruiter.email)[-1]
        assert mail.subject == f"Votre commande {by_card.number} est annulée" and "virement" not in mail.body

    def test_the_office_sets_the_days(self, by_card):
        office = DelaySettings.load()
        office.transfer_days = 10
        office.save()
        assert reminders.cancel_unpaid_by_card(in_days(10)) == 0
        assert reminders.cancel_unpaid_by_card(in_days(11)) == 1

    @pytest.mark.parametrize("status", ["waiting", "input"])
    def test_one_whose_money_may_still_come_is_left_until_it_cannot(self, by_card, status):
        payment = payments.start(by_card, "dummy")
        Payment.objects.update(status=status, transaction_id="cs_1")
        assert reminders.cancel_unpaid_by_card(in_days(40)) == 0
        payments.refuse(payment.pk)
        assert reminders.cancel_unpaid_by_card(in_days(40)) == 1

    def test_a_page_that_nobody_ever_opened_holds_nothing(self, by_card):
        payments.start(by_card, "dummy")
        assert reminders.cancel_unpaid_by_card(in_days(31)) == 1

    def test_what_is_paid_or_waits_for_a_transfer_is_left(self, by_card, ormeaux, recruiter):
        payment = payments.start(by_card, "dummy")
        payments.confirm(payment.pk, amount=payment.total, currency="EUR")
        orders.change_method(order_of(ormeaux, recruiter), Order.Method.TRANSFER, recruiter)
        assert reminders.cancel_unpaid_by_card(in_days(32)) == 0

    def test_the_schedule_ends_them(self, by_card):
        Order.objects.update(placed_at=in_days(-31))
        assert (money_tasks.cancel_unpaid.call(), money_tasks.cancel_unpaid.call()) == (1, 0)
