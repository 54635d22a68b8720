"""Transfers: whole, in part, too much, late, given back; nothing that came in is ever lost."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from pypdf import PdfReader

from billing import carts, credits, discounts, documents, invoices, orders, settlements, transfers
from billing.models import DiscountCode, Invoice, Offer, Order, Transfer
from reference.dates import long_date, paris_day
from tests.tools import mails_to, run_tasks

from .shop import fill, order_of

pytestmark = pytest.mark.django_db
TODAY = paris_day
State = Order.State


@pytest.fixture
def order(ormeaux, recruiter):
    """An order of 936 € that waits for its transfer."""
    return order_of(ormeaux, recruiter, Order.Method.TRANSFER)


def come(order, amount, by, **more):
    return transfers.receive(order, Decimal(amount), paris_day(), by, sure=True, **more)


def fresh(order):
    return Order.objects.get(pk=order.pk)


def mail_about(user, words):
    """The one mail to this person whose subject holds these words. Spaces of subjects are plain ones."""
    (found,) = [mail for mail in mails_to(user.email) if words in mail.subject]
    return found


def test_a_part_leaves_the_order_waiting_and_says_what_is_left(order, recruiter, sales):
    come(order, "500.00", sales)
    order = fresh(order)
    assert order.state == State.AWAITING_TRANSFER
    assert (settlements.received(order), settlements.left(order)) == (Decimal("500.00"), Decimal("436.00"))
    assert not credits.balances(order.employer) and not Invoice.objects.exists()
    mail = mail_about(recruiter, "il reste 436,00 €")
    assert "500,00\u202f€" in mail.body and order.number in mail.body
    assert mail.attachments[0][2] == "image/png"
    move = order.moves.last()
    assert (move.from_state, move.to_state) == (State.AWAITING_TRANSFER,) * 2
    assert "partiel" in move.note and move.by == sales


def test_the_rest_pays_the_order_once(order, recruiter, sales):
    come(order, "500.00", sales)
    come(order, "436.00", sales)
    assert fresh(order).state == State.PAID
    assert Invoice.objects.get().total_incl_vat == Decimal("936.00")
    assert credits.balances(order.employer)[0].quantity == 3
    mail_about(recruiter, "confirmée")


def test_the_invoice_was_paid_on_the_day_the_money_came_not_on_that_it_was_typed(order, sales):
    came_on = paris_day() - timedelta(days=4)
    transfers.receive(order, Decimal("936.00"), came_on, sales)
    invoice = Invoice.objects.get()
    assert (invoice.paid_on, invoice.issued_on) == (came_on, paris_day())
    text = " ".join(
        page.extract_text() for page in PdfReader(io.BytesIO(documents.invoice_pdf(invoice))).pages
    )
    text = " ".join(text.split())
    assert f"Acquittée le {long_date(came_on)}" in text
    assert f"Prestation du {long_date(paris_day())}" in text, "nothing was delivered before"


def test_paid_in_two_parts_it_was_paid_on_the_day_of_the_later_one(order, sales):
    days = [paris_day() - timedelta(days=ago) for ago in (2, 9)]
    for day, amount in zip(days, ("500.00", "436.00"), strict=True):
        transfers.receive(order, Decimal(amount), day, sales, sure=True)
    assert Invoice.objects.get().paid_on == days[0]


def test_too_much_pays_and_is_listed_until_it_is_given_back(order, recruiter, sales):
    come(order, "1000.00", sales)
    order = fresh(order)
    assert order.state == State.PAID
    assert settlements.to_return(order) == Decimal("64.00")
    assert list(settlements.with_excess(Order.objects.all())) == [order]
    mail_about(recruiter, "64,00 € à vous rendre")
    with pytest.raises(transfers.TransferError, match="entre 0,01"):
        transfers.give_back(order, Decimal("65.00"), paris_day(), sales)
    transfers.give_back(order, Decimal("64.00"), paris_day(), sales, "RETOUR 1")
    assert settlements.to_return(fresh(order)) == 0
    assert not settlements.with_excess(Order.objects.all())
    mail_about(recruiter, "64,00 € vous sont rendus")
    with pytest.raises(transfers.TransferError, match="rien à rendre"):
        transfers.give_back(order, Decimal("1.00"), paris_day(), sales)


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [("900.00", "Il manque 36,00"), ("940.00", "C’est 4,00"), ("0.00", "supérieur à zéro")],
)
def test_what_is_unusual_is_asked_about_and_kept_by_nobody_meanwhile(order, sales, amount, sentence):
    with pytest.raises(transfers.TransferError, match=sentence):
        transfers.receive(order, Decimal(amount), paris_day(), sales)
    assert not Transfer.objects.exists()
    assert fresh(order).state == State.AWAITING_TRANSFER


def test_the_same_transfer_typed_twice_is_asked_about(order, sales):
    come(order, "500.00", sales)
    with pytest.raises(transfers.Doubt, match="déjà saisi"):
        transfers.receive(order, Decimal("500.00"), paris_day() - timedelta(days=2), sales)
    assert Transfer.objects.count() == 1


def test_a_second_transfer_for_a_paid_order_is_kept_and_delivers_nothing_twice(order, recruiter, sales):
    come(order, "936.00", sales)
    come(order, "936.00", sales)
    assert settlements.to_return(fresh(order)) == Decimal("936.00")
    assert Invoice.objects.count() == 1 and credits.balances(order.employer)[0].quantity == 3
    mail_about(recruiter, "936,00 € à vous rendre")


def test_money_for_a_cancelled_order_is_kept_then_reopens_it(order, recruiter, sales):
    orders.cancel(order, by=sales, note="Sans nouvelles")
    told = mail_about(recruiter, "est annulée")
    for part in (told.body, told.alternatives[0][0]):
        assert "pas reçu" not in part and "Si vous n’avez pas demandé cette annulation" in part
    with pytest.raises(transfers.Doubt, match="annulée"):
        transfers.receive(order, Decimal("936.00"), paris_day(), sales)
    come(order, "936.00", sales)
    order = fresh(order)
    assert (order.state, settlements.to_return(order)) == (State.CANCELLED, Decimal("936.00"))
    assert "qui est annulée" in mail_about(recruiter, "est arrivé").body
    with pytest.raises(transfers.TransferError, match="pourquoi"):
        transfers.reopen(order, sales, " ")
    transfers.reopen(order, sales, "Virement arrivé le lendemain")
    order = fresh(order)
    assert order.state == State.PAID and settlements.to_return(order) == 0
    assert Invoice.objects.count() == 1
    assert [move.to_state for move in order.moves.all()][-2:] == [State.AWAITING_TRANSFER, State.PAID]
    assert order.moves.filter(note__contains="lendemain").get().by == sales


def test_reopened_without_money_it_waits_anew_with_all_its_reminders(order, recruiter, sales):
    Order.objects.filter(pk=order.pk).update(reminders=2, pay_by=paris_day() - timedelta(days=9))
    orders.cancel(fresh(order), by=None)
    order = transfers.reopen(fresh(order), sales, "Le client le demande")
    assert (order.state, order.reminders) == (State.AWAITING_TRANSFER, 0)
    assert order.pay_by == paris_day() + timedelta(days=30)
    told = mail_about(recruiter, "rouverte")
    assert told.attachments[0][2] == "image/png"
    assert f"au plus tard le {long_date(order.pay_by)}" in told.body


@pytest.mark.parametrize("limit", [{"once_an_employer": True}, {"most_orders": 1}])
def test_a_code_that_has_served_meanwhile_is_not_taken_again(ormeaux, recruiter, sales, limit):
    code = DiscountCode.objects.create(code="RENTREE", label="Rentrée", percent=10, **limit)

    def ordered():
        fill(ormeaux, "web-3")
        carts.apply_code(ormeaux, "RENTREE")
        return order_of(ormeaux, recruiter, Order.Method.TRANSFER, codes=())

    first = ordered()
    orders.cancel(first, by=recruiter)
    second = ordered()
    with pytest.raises(transfers.TransferError, match="a servi depuis"):
        transfers.reopen(first, sales, "Le client la veut")
    assert fresh(first).state == State.CANCELLED
    orders.cancel(second, by=recruiter)
    assert transfers.reopen(first, sales, "Le client la veut").state == State.AWAITING_TRANSFER
    assert discounts.uses(code).get() == first


def test_what_a_credit_note_cancelled_is_not_reopened_and_its_money_goes_back(order, sales):
    come(order, "936.00", sales)
    invoices.credit_note(Invoice.objects.get(), by=sales)
    order = fresh(order)
    assert settlements.to_return(order) == Decimal("936.00")
    assert list(settlements.with_excess(Order.objects.all())) == [order]
    with pytest.raises(transfers.TransferError, match="n’est pas annulée"):
        transfers.reopen(order, sales, "Erreur")
    run_tasks()
    told = [mail.body for mail in mails_to(order.placed_by.email) if "avoir" in mail.subject.lower()]
    assert "vous sera rendue par virement" in told[0]


def test_part_of_an_order_given_up_goes_back(order, recruiter, sales):
    come(order, "100.00", sales)
    orders.cancel(fresh(order), by=recruiter)
    transfers.give_back(fresh(order), Decimal("100.00"), paris_day(), sales)
    assert settlements.received(fresh(order)) == 0


def test_a_transfer_for_an_order_meant_for_a_card_changes_its_way_and_pays_it(ormeaux, recruiter, sales):
    order = order_of(ormeaux, recruiter)
    come(order, "100.00", sales)
    order = fresh(order)
    assert (order.state, order.method) == (State.AWAITING_TRANSFER, Order.Method.TRANSFER) and order.pay_by
    come(order, "836.00", sales)
    assert fresh(order).state == State.PAID


def test_an_invoice_paid_later_gets_no_second_one_but_a_mail(ormeaux, recruiter, sales):
    order = orders.order_on_invoice(ormeaux, [(Offer.objects.get(code="web-3"), 1)], by=sales)
    come(order, "500.00", sales)
    assert fresh(order).state == State.ON_INVOICE
    come(order, "436.00", sales)
    assert fresh(order).state == State.PAID
    assert Invoice.objects.count() == 1
    mail_about(recruiter, "votre règlement est reçu")
    assert "Virement" in fresh(order).moves.last().note


def test_lists_and_sums_agree_with_the_functions(order, ormeaux, recruiter, sales):
    come(order, "1000.00", sales)
    part = order_of(ormeaux, recruiter, Order.Method.TRANSFER)
    come(part, "0.10", sales)
    late = order_of(ormeaux, recruiter, Order.Method.TRANSFER)
    orders.cancel(late, by=recruiter)
    come(late, "5.00", sales)
    by_card = orders.pay(order_of(ormeaux, recruiter))
    for row in settlements.with_money(Order.objects.all()):
        assert row.received == settlements.received(row), row
        assert row.left == settlements.left(row), row
        assert row.excess == settlements.to_return(row), row
    assert settlements.to_return(by_card) == 0
    assert set(settlements.with_excess(Order.objects.all())) == {order, late}
