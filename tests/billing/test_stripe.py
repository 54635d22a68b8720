"""Stripe Checkout: the page that is asked for, who comes back before the event and after, who pays twice."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as fast
from hypothesis import strategies as st
from payments.core import PROVIDER_CACHE

from billing import card_tasks, money, orders, payments, stripe_api
from billing.models import CreditMovement, Invoice, Order, OrderLine, Payment
from tests.tools import mails_to, run_tasks

from .shop import order_of, said, text, url
from .stripe_tools import PAGE, tell, use_stripe

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
def buyer(client, login, recruiter):
    return login(client, recruiter)


def visit(buyer, order):
    return buyer.get(url("order_pay", order.public_id))


def payment_of(order) -> Payment:
    return order.payments.latest("pk")


def state(order) -> str:
    return Order.objects.get(pk=order.pk).state


class TestWhatIsAsked:
    def test_the_order_to_the_cent_and_back_to_us(self, order, settings):
        payment = payments.start(order, "stripe")
        wanted = stripe_api.session_of(payment)
        (line,) = wanted["line_items"]
        assert (line["quantity"], line["price_data"]["unit_amount"]) == (1, 93600)
        assert line["price_data"]["product_data"]["name"] == f"Commande {order.number}"
        assert "dont TVA 156,00" in line["price_data"]["product_data"]["description"]
        assert wanted["client_reference_id"] == payment.token
        assert wanted["payment_intent_data"]["metadata"] == {"payment": payment.token, "order": order.number}
        assert wanted["success_url"] == settings.SITE_URL + url("order_paid", order.public_id)
        assert wanted["cancel_url"] == settings.SITE_URL + url("order_payment_failed", order.public_id)
        assert wanted["locale"] == "fr" and wanted["customer_email"]
        assert wanted["payment_method_options"]["card"]["request_three_d_secure"] == "any"

    def test_asked_again_later_it_is_the_same_request(self, order):
        """An idempotency key is good for the same parameters only."""
        payment = payments.start(order, "stripe")
        first = stripe_api.session_of(payment)
        with time_machine.travel(timezone.now() + timedelta(hours=3)):
            assert stripe_api.session_of(Payment.objects.get(pk=payment.pk)) == first

    def test_the_page_closes_within_what_stripe_allows(self, order):
        closes = stripe_api.closes_at(payments.start(order, "stripe")) - timezone.now()
        assert timedelta(minutes=30) < closes < timedelta(hours=24)

    @fast(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        lines=st.lists(
            st.tuples(
                st.decimals("0.01", "9999.99", places=2),
                st.integers(1, 99),
                st.sampled_from(["20", "8.5", "5.5", "0"]),
                st.decimals("0", "1", places=2),
            ),
            min_size=1,
            max_size=6,
        )
    )
    def test_whatever_the_lines_the_sum_is_the_orders(self, order, lines):
        rows = [
            OrderLine(
                label="Une offre " * 10,
                unit_price=price,
                quantity=quantity,
                vat_rate=Decimal(rate),
                vat_category="S",
                discount=money.to_cent(price * quantity * part),
            )
            for price, quantity, rate, part in lines
        ]
        sums = money.totals(rows)
        order.total_vat, order.total_incl_vat = sums.vat, sums.incl
        order._prefetched_objects_cache = {"lines": rows}
        payment = Payment(
            order=order, total=sums.incl, currency="EUR", description="Commande", created=timezone.now()
        )
        (line,) = stripe_api.session_of(payment)["line_items"]
        assert line["price_data"]["unit_amount"] * line["quantity"] == sums.incl * 100
        assert isinstance(line["price_data"]["unit_amount"], int)
        assert stripe_api.euros(line["price_data"]["unit_amount"]) == sums.incl
        assert len(line["price_data"]["product_data"]["description"]) <= 500
        (item,) = payment.get_purchased_items()
        assert item.price == sums.incl


class TestThePage:
    def test_two_tabs_share_one(self, buyer, order, stripe_is):
        for _ in range(3):
            assert visit(buyer, order).url == PAGE + "cs_1"
        assert stripe_is.count("open") == 1 and Payment.objects.count() == 1

    def test_stripe_that_does_not_answer_is_a_sentence_and_the_next_visit_tries_again(
        self, buyer, order, stripe_is
    ):
        stripe_is.down = True
        assert "ne répond pas" in text(buyer.get(url("order_pay", order.public_id), follow=True))
        stripe_is.down = False
        assert visit(buyer, order).url == PAGE + "cs_1"
        assert {token for what, token in stripe_is.asked if what == "open"} == {Payment.objects.get().token}

    def test_the_browser_is_sent_to_stripe_alone(self, buyer, order, stripe_is, monkeypatch):
        for page in ("https://checkout.stripe.com.evil.example/x", "http://checkout.stripe.com/x", ""):
            payment = payments.start(order, "stripe")
            payment.transaction_id = "cs_1"
            stripe_is.sessions["cs_1"] = {"id": "cs_1", "status": "open", "payment_status": "unpaid"}
            payment.attrs.page = page
            payment.save()
            assert visit(buyer, order).url == url("order", order.public_id)
        answer = buyer.get(url("orders"))
        assert "https://checkout.stripe.com" in answer.headers["Content-Security-Policy"]

    def test_a_page_left_for_a_day_is_followed_by_another(self, buyer, order, stripe_is):
        visit(buyer, order)
        with time_machine.travel(timezone.now() + stripe_api.LIFE + timedelta(minutes=1)):
            payments.start(order, "stripe")
        assert set(Payment.objects.values_list("status", flat=True)) == {"rejected", "waiting"}

    def test_a_page_that_was_paid_in_another_tab_is_not_paid_again(self, buyer, order, stripe_is):
        """The event is late; the second tab asks for the page."""
        visit(buyer, order)
        stripe_is.pay(payment_of(order))
        answer = visit(buyer, order)
        assert answer.url == url("order", order.public_id) and "déjà payée" in said(answer)
        assert state(order) == Order.State.PAID and Payment.objects.count() == 1

    def test_while_the_bank_thinks_no_second_page_is_opened(self, buyer, order, stripe_is):
        visit(buyer, order)
        stripe_is.pay(payment_of(order), payment_status="unpaid")
        assert visit(buyer, order).url.endswith(url("order_paid", order.public_id))
        assert payment_of(order).status == "input" and Payment.objects.count() == 1

    def test_its_order_given_up_it_is_closed(self, buyer, order, recruiter, stripe_is):
        visit(buyer, order)
        orders.cancel(order, by=recruiter)
        run_tasks()
        assert stripe_is.sessions["cs_1"]["status"] == "expired"
        assert payment_of(order).status == "cancelled"

    def test_its_order_turned_to_a_transfer_it_is_closed(self, buyer, order, stripe_is):
        visit(buyer, order)
        buyer.post(url("order_by_transfer", order.public_id))
        run_tasks()
        assert stripe_is.sessions["cs_1"]["status"] == "expired"

    def test_paid_before_it_could_be_closed_the_office_hears(
        self, buyer, order, recruiter, stripe_is, settings
    ):
        visit(buyer, order)
        stripe_is.pay(payment_of(order))
        orders.cancel(order, by=recruiter)
        run_tasks()
        assert payment_of(order).unexpected == "cancelled"
        assert "annulée" in mails_to(settings.OFFICE_EMAIL)[0].body


class TestTheReturn:
    def test_before_the_event_it_pays_by_asking_and_the_event_changes_nothing(
        self, buyer, order, stripe_is, ormeaux
    ):
        visit(buyer, order)
        payment = payment_of(order)
        stripe_is.pay(payment)
        assert "votre paiement est reçu" in text(buyer.get(url("order_paid", order.public_id)))
        assert tell(buyer, payment).status_code == 200
        assert Invoice.objects.count() == CreditMovement.objects.count() == 1
        payment.refresh_from_db()
        assert payment.intent == f"pi_{payment.pk}"

    def test_after_the_event_it_says_paid_and_asks_nobody(self, buyer, order, stripe_is):
        visit(buyer, order)
        tell(buyer, payment_of(order))
        assert "votre paiement est reçu" in text(buyer.get(url("order_paid", order.public_id)))
        assert stripe_is.count("read") == 0

    def test_it_is_believed_no_word(self, buyer, order, stripe_is):
        visit(buyer, order)
        answer = buyer.get(url("order_paid", order.public_id), {"status": "confirmed", "session_id": "cs_9"})
        assert "Nous attendons la réponse" in text(answer) and "Actualiser" in text(answer)
        assert state(order) == Order.State.AWAITING_PAYMENT and not Invoice.objects.exists()

    def test_it_asks_once_in_a_few_seconds_however_often_it_is_looked_at(self, buyer, order, stripe_is):
        visit(buyer, order)
        for _ in range(4):
            buyer.get(url("order_paid", order.public_id))
        assert stripe_is.count("read") == 1

    def test_while_stripe_is_down_the_page_stands(self, buyer, order, stripe_is):
        visit(buyer, order)
        stripe_is.down = True
        assert "Nous attendons" in text(buyer.get(url("order_paid", order.public_id)))

    def test_after_some_minutes_it_says_not_to_pay_again(self, buyer, order, stripe_is):
        visit(buyer, order)
        Payment.objects.update(created=timezone.now() - timedelta(minutes=3))
        assert "ne payez pas une seconde fois" in text(buyer.get(url("order_paid", order.public_id)))

    def test_from_a_page_that_was_left_it_says_how_to_go_on(self, buyer, order, stripe_is):
        visit(buyer, order)
        page = text(buyer.get(url("order_payment_failed", order.public_id)))
        assert "Vous avez quitté le paiement" in page and "par virement" in page
        assert url("order_pay", order.public_id) in page

    def test_an_expired_page_leads_the_way_on(self, buyer, order, stripe_is):
        visit(buyer, order)
        stripe_is.sessions["cs_1"]["status"] = "expired"
        assert buyer.get(url("order_paid", order.public_id)).url == url(
            "order_payment_failed", order.public_id
        )
        answer = buyer.get(url("order_paid", order.public_id), headers={"HX-Request": "true"})
        assert answer.status_code == 204
        assert visit(buyer, order).url == PAGE + "cs_2"

    def test_a_reader_may_look_but_not_pay(self, buyer, order, stripe_is, recruiter):
        recruiter.memberships.update(role="lecteur")
        page = text(buyer.get(url("order_payment_failed", order.public_id)))
        assert url("order_pay", order.public_id) not in page


class TestEventsThatNeverCome:
    def test_payments_left_open_are_asked_about(self, buyer, order, stripe_is):
        visit(buyer, order)
        stripe_is.pay(payment_of(order))
        assert card_tasks.ask_again.func() == 0
        with time_machine.travel(timezone.now() + card_tasks.LATE + timedelta(minutes=1)):
            assert card_tasks.ask_again.func() == 1
        assert state(order) == Order.State.PAID

    @pytest.fixture
    def pages(self, buyer, order, stripe_is, ormeaux, recruiter):
        """Three orders with a page open: Stripe breaks at the first two, the third is paid."""
        three = [order, order_of(ormeaux, recruiter), order_of(ormeaux, recruiter)]
        for one in three:
            visit(buyer, one)
        Order.objects.filter(pk=three[1].pk).update(state=Order.State.CANCELLED)
        for one in three[:2]:
            del stripe_is.sessions[payment_of(one).transaction_id]
        stripe_is.pay(payment_of(three[2]))
        return three

    def test_some_that_fail_keep_no_other_waiting(self, pages, caplog):
        with time_machine.travel(timezone.now() + card_tasks.LATE + timedelta(minutes=1)):
            assert card_tasks.ask_again.func() == 3
        assert state(pages[2]) == Order.State.PAID
        for failed in pages[:2]:
            assert f"payment {payment_of(failed).pk} could not be asked" in caplog.text

    def test_one_that_fails_waits_its_turn_again(self, pages, monkeypatch):
        monkeypatch.setattr(card_tasks, "AT_MOST", 1)
        for turn in (1, 2, 3):
            assert state(pages[2]) == Order.State.AWAITING_PAYMENT
            with time_machine.travel(timezone.now() + turn * (card_tasks.LATE + timedelta(minutes=1))):
                assert card_tasks.ask_again.func() == 1
        assert state(pages[2]) == Order.State.PAID


def test_without_a_key_the_buyer_reads_a_sentence(buyer, order, settings):
    provider = "billing.providers.LockedStripeProvider"
    settings.PAYMENT_VARIANTS = {"stripe": (provider, {"api_key": "", "endpoint_secret": ""})}
    PROVIDER_CACHE.clear()
    assert "ne répond pas" in text(buyer.get(url("order_pay", order.public_id), follow=True))


def test_an_order_of_nothing_has_no_payment(order):
    order.state = Order.State.PAID
    order.save()
    with pytest.raises(payments.PaymentRefused, match="déjà payée"):
        payments.start(order, "stripe")
