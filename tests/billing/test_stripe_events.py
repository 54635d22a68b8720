"""Stripe's events: late, twice, forged, out of order, of another amount; refunds and disputes; what is not for us."""

import logging

import pytest
from django.core.cache import cache
from payments.core import PROVIDER_CACHE

from billing import credits, declines, orders, payments, stripe_events
from billing.models import CreditMovement, Invoice, Order, Payment
from tests.tools import deliver_mails, mails_to

from .shop import order_of
from .stripe_tools import HOOK, SECRET, charge_of, event, send, session_of, tell, use_stripe

pytestmark = [pytest.mark.django_db, pytest.mark.invariant]


@pytest.fixture
def stripe_is(settings):
    cache.clear()
    yield use_stripe(settings)
    PROVIDER_CACHE.clear()


@pytest.fixture
def order(stripe_is, ormeaux, recruiter) -> Order:
    return order_of(ormeaux, recruiter)


@pytest.fixture
def payment(order) -> Payment:
    return payments.start(order, "stripe")


@pytest.fixture
def paid(client, payment) -> Payment:
    tell(client, payment)
    deliver_mails()
    return Payment.objects.get()


def state(payment) -> str:
    return Order.objects.get(pk=payment.order_id).state


def now(payment) -> Payment:
    return Payment.objects.get(pk=payment.pk)


def to_office(settings) -> list:
    return mails_to(settings.OFFICE_EMAIL)


class TestPaid:
    def test_the_same_event_and_its_like_pay_once(self, client, payment, ormeaux, recruiter):
        for number in ("evt_a", "evt_a", "evt_b"):
            assert tell(client, payment, number=number).status_code == 200
        assert state(payment) == Order.State.PAID
        assert Invoice.objects.count() == CreditMovement.objects.count() == 1
        assert credits.balances(ormeaux)[0].quantity == 3
        assert sum("confirmée" in mail.subject for mail in mails_to(recruiter.email)) == 1
        assert now(payment).events.count() == 1

    @pytest.mark.parametrize("late", ["expired", "async_payment_failed"])
    def test_a_late_failure_leaves_it_paid(self, client, paid, late):
        told = {"status": "expired", "payment_status": "unpaid"}
        assert tell(client, paid, late, **told).status_code == 200
        assert now(paid).status == "confirmed" and state(paid) == Order.State.PAID

    def test_money_after_a_failure_still_pays(self, client, payment, recruiter):
        tell(client, payment, payment_status="unpaid")
        assert now(payment).status == "input"
        tell(client, payment, "async_payment_failed", payment_status="unpaid")
        assert state(payment) == Order.State.AWAITING_PAYMENT
        assert [mail for mail in mails_to(recruiter.email) if "n’a pas abouti" in mail.subject]
        tell(client, payment, "async_payment_succeeded")
        assert state(payment) == Order.State.PAID

    def test_the_news_of_waiting_after_the_money_changes_nothing(self, client, paid):
        tell(client, paid, payment_status="unpaid")
        assert now(paid).status == "confirmed"

    def test_an_expired_page_is_told_to_the_buyer_once_an_order(self, client, payment, recruiter):
        tell(client, payment, "expired", status="expired", payment_status="unpaid")
        again = payments.start(payment.order, "stripe")
        tell(client, again, "expired", status="expired", payment_status="unpaid", id="cs_2")
        told = [mail for mail in mails_to(recruiter.email) if "attend votre paiement" in mail.subject]
        assert len(told) == 1 and "rien n’a été débité" in told[0].body

    @pytest.mark.parametrize(
        ("code", "words"),
        [
            ({"decline_code": "insufficient_funds", "code": "card_declined"}, "provision"),
            ({"decline_code": "stolen_card", "code": "card_declined"}, declines.GENERAL),
            ({"code": "expired_card"}, "expiré"),
            ({}, declines.GENERAL),
        ],
    )
    def test_a_refused_card_says_why_and_the_page_stays_open(self, client, payment, code, words):
        intent = {
            "id": "pi_9",
            "object": "payment_intent",
            "metadata": {"payment": payment.token},
            "last_payment_error": code,
        }
        for _ in range(2):
            assert send(client, event("payment_intent.payment_failed", intent, "evt_1")).status_code == 200
        payment = now(payment)
        assert words in payment.message and payment.status == "waiting" and payment.events.count() == 1
        tell(client, payment)
        assert now(payment).message == ""


class TestNotBelieved:
    @pytest.mark.parametrize(
        ("secret", "age"), [("whsec_of_somebody", 0), (SECRET, 301), (SECRET, 86400), ("", 0)]
    )
    def test_forged_or_old(self, client, payment, secret, age):
        body = event("checkout.session.completed", session_of(payment))
        assert send(client, body, secret, age).status_code == 400
        assert state(payment) == Order.State.AWAITING_PAYMENT

    @pytest.mark.parametrize("signature", ["", "t=1", "v1=x", "t=x,v1=y", "é"])
    def test_a_signature_that_is_none(self, client, payment, signature):
        body = event("checkout.session.completed", session_of(payment))
        answer = client.post(
            HOOK, body, content_type="application/json", headers={"stripe-signature": signature}
        )
        assert answer.status_code == 400

    @pytest.mark.parametrize("secret", ["", None])
    def test_without_a_secret_of_ours_nothing_is(self, client, payment, settings, secret):
        use_stripe(settings, secret)
        assert send(client, event("checkout.session.completed", session_of(payment)), "").status_code == 400
        assert state(payment) == Order.State.AWAITING_PAYMENT

    @pytest.mark.parametrize(
        "body",
        ["", "{", "{}", "[]", '{"id": "e", "type": "x", "data": {}}', '{"id": 1, "type": 2, "data": {"object": {}}}'],
    )  # fmt: skip
    def test_signed_but_saying_nothing(self, client, payment, body):
        assert send(client, body).status_code == 400

    def test_too_long(self, client, payment):
        body = event("checkout.session.completed", session_of(payment, padding="x" * 300_000))
        assert send(client, body).status_code == 413
        assert state(payment) == Order.State.AWAITING_PAYMENT

    @pytest.mark.parametrize("method", ["get", "put", "delete", "head"])
    def test_posts_alone(self, client, payment, method):
        assert getattr(client, method)(HOOK).status_code == 405

    def test_no_address_lets_a_browser_settle(self, client, payment):
        for path in (f"/paiement/process/{payment.token}/", "/paiement/process/stripe/"):
            assert client.post(path, {"status": "confirmed"}).status_code == 404

    def test_a_demonstration_payment_is_not_settled_by_stripe(self, client, payment):
        Payment.objects.update(variant="dummy")
        assert tell(client, payment).status_code == 404
        assert state(payment) == Order.State.AWAITING_PAYMENT

    def test_where_cards_are_not_stripes_there_is_nothing(self, client, payment, settings):
        settings.PAYMENT_VARIANTS = {"dummy": ("billing.providers.DummyCardProvider", {})}
        assert tell(client, payment).status_code == 404


class TestNotForUs:
    @pytest.mark.parametrize("kind", ["invoice.paid", "customer.created", "checkout.session.unheard_of"])
    def test_types_without_use_are_taken_and_let_be(self, client, payment, kind):
        answer = send(client, event(kind, session_of(payment)))
        assert (answer.status_code, answer.json()) == (200, {"status": "ignored"})
        assert state(payment) == Order.State.AWAITING_PAYMENT

    @pytest.mark.parametrize("reference", [None, "commande-77", 12, ["x"]])
    def test_another_shops_payment_on_the_same_account(self, client, payment, reference):
        told = session_of(payment, client_reference_id=reference, metadata={}, payment_intent="pi_other")
        assert send(client, event("checkout.session.completed", told)).json() == {"status": "ignored"}

    def test_one_of_ours_that_is_lost_is_sent_again(self, client, payment):
        token = "7f1c0d1e-0000-4000-8000-000000000000"
        told = {"client_reference_id": token, "metadata": {"payment": token}}
        assert tell(client, payment, **told).status_code == 404


class TestMoneyThatIsNotTheOrders:
    @pytest.mark.parametrize(
        "told",
        [{"amount_total": 1}, {"currency": "xof"}, {"amount_total": None}, {"amount_total": "93600"}],
    )
    def test_another_amount_pays_nothing_and_the_office_hears_once(self, client, payment, told, settings):
        for _ in range(2):
            assert tell(client, payment, **told).status_code == 200
        assert state(payment) == Order.State.AWAITING_PAYMENT
        assert now(payment).unexpected == "mismatch"
        (mail,) = to_office(settings)
        assert "ne correspond pas" in mail.subject and payment.order.number in mail.subject

    def test_unpaid_is_no_money(self, client, payment, settings):
        tell(client, payment, status="open", payment_status="unpaid")
        assert now(payment).status == "waiting" and not to_office(settings)

    @pytest.mark.parametrize("settled", [False, True])
    def test_another_page_pays_nothing_and_the_office_hears(self, client, payment, settled, settings):
        Payment.objects.update(transaction_id="cs_mine")
        if settled:
            tell(client, now(payment))
            deliver_mails()
        assert tell(client, now(payment), id="cs_other").status_code == 200
        assert (state(payment) == Order.State.PAID) == settled
        assert "cs_other" in to_office(settings)[0].body
        assert Invoice.objects.count() == int(settled)

    def test_another_pages_end_leaves_ours_open(self, client, payment):
        Payment.objects.update(transaction_id="cs_mine")
        tell(client, now(payment), "expired", id="cs_other", status="expired", payment_status="unpaid")
        tell(client, now(payment), "async_payment_failed", id="cs_other", payment_status="unpaid")
        assert now(payment).status == "waiting"

    def test_after_the_order_was_given_up_the_office_is_told_once(self, client, payment, recruiter, settings):
        orders.cancel(payment.order, by=recruiter)
        for _ in range(2):
            tell(client, payment)
        (mail,) = to_office(settings)
        assert payment.order.number in mail.subject and "annulée entre-temps" in mail.body
        assert now(payment).unexpected == "cancelled" and state(payment) == Order.State.CANCELLED
        assert not CreditMovement.objects.exists()

    def test_after_a_transfer_paid_the_order(self, client, payment, sales, settings):
        orders.pay(payment.order, by=sales, method=Order.Method.TRANSFER)
        tell(client, payment)
        assert "déjà payée" in to_office(settings)[0].body
        assert Invoice.objects.count() == CreditMovement.objects.count() == 1
        assert payment.order.moves.filter(note__contains="commande déjà payée").exists()

    def test_an_order_turned_to_a_transfer_is_paid_all_the_same(self, client, payment, recruiter):
        orders.change_method(payment.order, Order.Method.TRANSFER, by=recruiter)
        tell(client, payment)
        assert state(payment) == Order.State.PAID
        assert Invoice.objects.get().payment_method == Order.Method.CARD


class TestMoneyThatGoesBack:
    def test_from_the_dashboard_the_office_and_the_buyer_hear_once(self, client, paid, settings, recruiter):
        told = charge_of(paid, amount_refunded=int(paid.total * 100))
        for _ in range(2):
            assert send(client, event("charge.refunded", told)).status_code == 200
        assert now(paid).status == "refunded" and now(paid).captured_amount == 0
        (mail,) = to_office(settings)
        assert "établissez l’avoir" in mail.body
        assert sum("remboursés" in mail.subject for mail in mails_to(recruiter.email)) == 1

    def test_a_part_and_then_the_rest(self, client, paid):
        for cents, left in ((10000, 836), (10000, 836), (93600, 0)):
            send(client, event("charge.refunded", charge_of(paid, amount_refunded=cents)))
            assert now(paid).captured_amount == left
        assert now(paid).status == "refunded" and now(paid).events.filter(kind="refunded").count() == 2

    def test_before_the_news_of_the_payment_nothing_is_delivered_after_it(self, client, payment):
        told = charge_of(payment, amount_refunded=93600, metadata={"payment": payment.token})
        send(client, event("charge.refunded", told))
        tell(client, payment)
        assert now(payment).status == "refunded"
        assert state(payment) == Order.State.AWAITING_PAYMENT and not Invoice.objects.exists()

    def test_sent_back_by_the_buyers_bank(self, client, paid, settings):
        told = {"id": "re_1", "object": "refund", "payment_intent": paid.intent, "amount": 93600}
        for _ in range(2):
            send(client, event("refund.failed", told, "evt_7"))
        (mail,) = to_office(settings)
        assert "IBAN" in mail.body and now(paid).unexpected == "refund_failed"

    def test_a_contest_is_told_when_it_opens_and_when_it_ends(self, client, paid, settings):
        told = {"id": "dp_1", "object": "dispute", "payment_intent": paid.intent, "amount": 93600}
        steps = [("created", "needs_response"), ("updated", "under_review"), ("closed", "lost")]
        for kind, status in [*steps, ("updated", "under_review")]:
            assert send(client, event(f"charge.dispute.{kind}", told | {"status": status})).status_code == 200
        assert now(paid).dispute == "lost"
        assert len(to_office(settings)) == 2
        told = now(paid).events.filter(kind="dispute")
        assert list(told.values_list("amount", flat=True)) == [None, paid.total], "what it cost, once"


def test_every_type_that_is_handled_is_named_to_the_operator(settings):
    text = (settings.ROOT / "docs" / "operations.md").read_text()
    assert [kind for kind in stripe_events.TYPES if f"`{kind}`" not in text] == []


def test_no_secret_reaches_the_log(client, payment, caplog):
    with caplog.at_level(logging.DEBUG):
        tell(client, payment, amount_total=1)
        send(client, "{", SECRET)
        send(client, event("checkout.session.completed", session_of(payment)), "whsec_other")
    assert caplog.records
    for record in caplog.records:
        for secret in (SECRET, "sk_test_x", payment.billing_email):
            assert secret not in record.getMessage()


def test_the_settings_of_an_error_report_hide_the_keys(settings):
    from django.views.debug import SafeExceptionReporterFilter

    shown = repr(SafeExceptionReporterFilter().cleanse_setting("PAYMENT_VARIANTS", settings.PAYMENT_VARIANTS))
    assert "sk_test_x" not in shown and SECRET not in shown
