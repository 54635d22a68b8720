"""The office's card payments: the list, a payment's page, giving money back, putting a payment aside."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from payments.core import PROVIDER_CACHE

from billing import invoices, orders, payments, refunds
from billing.models import Order, Payment
from tests.factories import OfficeUserFactory
from tests.tools import mails_to

from .shop import order_of
from .stripe_tools import event, send, tell, use_stripe

pytestmark = pytest.mark.django_db
LIST = "/gestion/commerce/paiements/"


@pytest.fixture
def stripe_is(settings):
    cache.clear()
    yield use_stripe(settings)
    PROVIDER_CACHE.clear()


@pytest.fixture
def office(client, login, sales):
    return login(client, sales)


@pytest.fixture
def payment(stripe_is, ormeaux, recruiter) -> Payment:
    return payments.start(order_of(ormeaux, recruiter), "stripe")


@pytest.fixture
def paid(client, payment) -> Payment:
    tell(client, payment)
    return Payment.objects.get()


@pytest.fixture
def unexpected(client, payment, recruiter) -> Payment:
    orders.cancel(payment.order, by=recruiter)
    tell(client, payment)
    return Payment.objects.get()


def sheet(payment) -> str:
    return reverse("commerce_paiements_modeladmin_inspect", args=[payment.pk])


def address(name, payment) -> str:
    return reverse(f"billing_office_{name}", args=[payment.pk])


def test_an_empty_list_says_so(office):
    assert "Aucun paiement par carte" in office.get(LIST).text


def test_the_list_finds_and_filters(office, payment, unexpected, ormeaux):
    number = payment.order.number
    for query in ("", "?suivi=rembourser", "?suivi=tout", "?status=confirmed", f"?client={ormeaux.pk}",
                  f"?q={number}", f"?q={unexpected.intent}"):  # fmt: skip
        page = office.get(LIST + query).text
        assert number in page, query
    assert "commande annulée" in page
    for query in ("?suivi=contestes", "?status=waiting", "?q=C1999-000000"):
        assert sheet(unexpected) not in office.get(LIST + query).text, query


def test_the_list_costs_the_same_however_long(office, payment, ormeaux, recruiter, django_assert_num_queries):
    office.get(LIST)
    with CaptureQueriesContext(connection) as one:
        office.get(LIST)
    for _ in range(6):
        payments.start(order_of(ormeaux, recruiter), "stripe")
    with django_assert_num_queries(len(one)):
        office.get(LIST)
    assert len(one) < 23


def test_a_refused_card_is_read_in_words(office, client, payment):
    intent = {"id": "pi_9", "object": "payment_intent", "metadata": {"payment": payment.token},
              "last_payment_error": {"decline_code": "insufficient_funds"}}  # fmt: skip
    send(client, event("payment_intent.payment_failed", intent))
    assert "pas assez de provision" in office.get(LIST).text
    assert "carte refusée" in office.get(sheet(payment)).text


def test_what_nobody_waited_for_is_given_back_once(office, unexpected, stripe_is, recruiter):
    assert address("refund", unexpected) in office.get(sheet(unexpected)).text
    assert "Rembourser 936,00" in office.get(address("refund", unexpected)).text
    for _ in range(2):
        assert office.post(address("refund", unexpected)).status_code == 302
    assert stripe_is.asked.count(("refund", f"{unexpected.intent} 936.00")) == 1
    unexpected.refresh_from_db()
    assert (unexpected.status, unexpected.captured_amount) == ("refunded", 0)
    assert unexpected.refund_id == "re_1"
    page = office.get(sheet(unexpected)).text
    assert address("refund", unexpected) not in page and "936,00" in page
    assert sheet(unexpected) not in office.get(LIST + "?suivi=tout").text
    (mail,) = [mail for mail in mails_to(recruiter.email) if "remboursés" in mail.subject]
    assert "annulée avant ce paiement" in mail.body


def test_stripes_own_news_of_our_refund_is_no_news(office, client, unexpected, settings):
    office.post(address("refund", unexpected))
    before = len(mails_to(settings.OFFICE_EMAIL))
    told = {"id": "ch_1", "object": "charge", "payment_intent": unexpected.intent, "amount_refunded": 93600}
    send(client, event("charge.refunded", told))
    assert len(mails_to(settings.OFFICE_EMAIL)) == before
    assert unexpected.events.filter(kind="refunded").count() == 1


def test_a_payment_of_its_order_is_not_given_back(office, paid, stripe_is):
    assert address("refund", paid) not in office.get(sheet(paid)).text
    answer = office.post(address("refund", paid))
    assert answer.status_code == 422 and "établissez d’abord un avoir" in answer.text
    assert stripe_is.count("refund") == 0


def test_a_credit_note_says_how_the_money_goes_back_and_opens_the_refund(office, paid, stripe_is, recruiter):
    invoice = paid.order.invoices.get()
    url = reverse("billing_office_credit_note", args=[invoice.pk])
    assert "Remboursez maintenant" in office.post(url, follow=True).text
    page = office.get(LIST + "?suivi=rembourser").text
    assert sheet(paid) in page and "annulée par un avoir" in page
    told = [mail.body for mail in mails_to(recruiter.email) if "avoir" in mail.subject.lower()]
    assert "retourne sur la carte" in told[0]
    office.post(address("refund", paid))
    assert stripe_is.count("refund") == 1 and Payment.objects.get().status == "refunded"


class TestContested:
    """The holder's bank gives the money back, or has done so: whoever refunds it as well gives it twice."""

    @pytest.fixture
    def credited(self, office, paid):
        """Contests the payment, credits its order, and returns what the office reads."""

        def act(state: str) -> str:
            refunds.contested(paid.pk, "open", paid.total, "fraudulent")
            refunds.contested(paid.pk, state, paid.total, "fraudulent")
            note = reverse("billing_office_credit_note", args=[paid.order.invoices.get().pk])
            return office.post(note, follow=True).text

        return act

    @pytest.mark.parametrize("state", ["open", "lost"])
    def test_it_is_not_refunded_as_well(self, office, paid, credited, stripe_is, login, recruiter, state):
        assert "Remboursez maintenant" not in credited(state)
        assert address("refund", paid) not in office.get(sheet(paid)).text
        assert "à rendre sur la carte" not in office.get(sheet(paid)).text
        assert sheet(paid) not in office.get(LIST + "?suivi=rembourser").text
        answer = office.post(address("refund", paid))
        assert answer.status_code == 422 and "Ne la remboursez pas une seconde fois" in answer.text
        assert stripe_is.count("refund") == 0
        buyer = login(Client(), recruiter)
        page = buyer.get(reverse("billing:order", args=[paid.order.public_id])).text
        assert "annule cette commande" in page and "retourner sur cette carte" not in page
        told = [mail.body for mail in mails_to(recruiter.email) if "avoir" in mail.subject.lower()]
        assert told and "retourne sur la carte" not in told[0]

    @pytest.mark.parametrize("state", ["open", "lost"])
    def test_it_waits_for_the_office_until_it_is_put_aside(self, office, paid, credited, state):
        credited(state)
        assert sheet(paid) in office.get(LIST + "?suivi=tout").text
        assert office.post(address("put_aside", paid), {"reason": "Perdue"}).status_code == 302
        assert sheet(paid) not in office.get(LIST + "?suivi=tout").text

    def test_one_that_was_won_is_refunded(self, office, paid, credited, stripe_is):
        assert "Remboursez maintenant" in credited("won")
        assert address("refund", paid) in office.get(sheet(paid)).text
        office.post(address("refund", paid))
        assert stripe_is.count("refund") == 1 and Payment.objects.get().status == "refunded"

    def test_money_that_nobody_waited_for_is_not_refunded_either(self, office, unexpected, stripe_is):
        refunds.contested(unexpected.pk, "open", unexpected.total, "duplicate")
        assert sheet(unexpected) not in office.get(LIST + "?suivi=rembourser").text
        assert office.post(address("refund", unexpected)).status_code == 422
        assert stripe_is.count("refund") == 0


def test_a_credit_note_of_a_transfer_opens_no_refund(sales, payment):
    orders.pay(payment.order, by=sales, method=Order.Method.TRANSFER)
    invoices.credit_note(payment.order.invoices.get(), by=sales)
    assert not refunds.due(Payment.objects.all()).exists()


def test_stripe_that_refuses_is_a_sentence_and_nothing_is_noted(office, unexpected, stripe_is):
    stripe_is.down = True
    answer = office.post(address("refund", unexpected))
    assert answer.status_code == 422 and "Réessayez" in answer.text
    unexpected.refresh_from_db()
    assert unexpected.status == "confirmed" and not unexpected.events.filter(kind="refunded").exists()


def test_put_aside_with_a_reason(office, unexpected):
    assert office.post(address("put_aside", unexpected), {"reason": " "}).status_code == 422
    assert office.post(address("put_aside", unexpected), {"reason": "Rendu par virement"}).status_code == 302
    assert sheet(unexpected) not in office.get(LIST + "?suivi=tout").text
    page = office.get(sheet(unexpected)).text
    assert "Rendu par virement" in page and "Classé" in page
    assert office.post(address("put_aside", unexpected), {"reason": "Encore"}).status_code == 422


@pytest.mark.permissions
@pytest.mark.parametrize("name", ["refund", "put_aside"])
def test_who_may(client, login, unexpected, recruiter, name):
    accounting = OfficeUserFactory(group="Comptabilité")
    for person, expected in ((accounting, {302, 403}), (recruiter, {302, 403, 404})):
        answer = login(client, person).post(address(name, unexpected), {"reason": "x"})
        assert answer.status_code in expected
        unexpected.refresh_from_db()
        assert unexpected.status == "confirmed" and unexpected.handled_at is None
    assert login(client, accounting).get(sheet(unexpected)).status_code == 200
