"""Orders in every state, through cart and checkout, told in the order of time so that invoice numbers follow dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

from django.conf import settings

from billing import carts, checkout, invoices, orders, payments, quotes, transfers
from billing.models import Offer, Order, Quote
from reference.dates import paris_day

from . import cards, money
from .backdate import backdate, stamp
from .scene import Customer, Scene
from .shopping import purchases_of

Method, State = Order.Method, Order.State
#: Days between an order by transfer and the money.
TRANSFER_DAYS = 5
#: What the orders that are still under way are for.
BASKETS = (
    {"web-3": 1},
    {"web-5": 1},
    {"web-1": 2},
    {"print-1-4": 1},
    {"page-marque": 1, "web-3": 1},
    {"cvtheque-3": 1},
)


class Timeline:
    """Things to be done at moments of the past, done in their order. One that is done may add later ones."""

    def __init__(self) -> None:
        self._events: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._serial = count()

    def add(self, at: datetime, event: Callable[[datetime], None]) -> None:
        """Do this at that moment."""
        self._events.append((at, next(self._serial), event))

    def run(self) -> None:
        """Do everything, the earliest first."""
        while self._events:
            self._events.sort()
            at, _, event = self._events.pop(0)
            event(at)


class Office:
    """Buys for the customers on a timeline; `sales` is who books transfers and orders on invoice."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.sales = scene.office["ventes"]
        self.offers = {offer.code: offer for offer in Offer.objects.all()}
        self.timeline = Timeline()

    def fill(self, customer: Customer, items: dict[str, int]) -> checkout.Cart:
        """The customer's cart with these offers in it."""
        for code, quantity in items.items():
            carts.add(customer.row, self.offers[code], quantity)
        return carts.cart_of(customer.row)

    def place(self, customer: Customer, items: dict[str, int], method: str, at: datetime) -> Order:
        """An order through the cart, as the customer would make it."""
        cart = self.fill(customer, items)
        order = checkout.confirm(customer.row, cart.key, method, customer.recruiter, at=at)
        stamp(order, at)
        return order

    def buy(self, customer: Customer, items: dict[str, int], method: str, at: datetime) -> None:
        """Order at that moment and pay as the method has it: by card at once, by transfer some days later."""

        def place(moment: datetime) -> None:
            order = self.place(customer, items, method, moment)
            if method == Method.CARD:
                self.timeline.add(moment + timedelta(minutes=1), lambda later: self.pay_by_card(order, later))
            else:
                self.timeline.add(
                    moment + timedelta(days=TRANSFER_DAYS), lambda later: self.receive(order, later)
                )

        self.timeline.add(at, place)

    def pay_by_card(self, order: Order, at: datetime) -> None:
        """The card was accepted, and the provider says so."""
        payment = payments.start(order, settings.PAYMENT_CARD_VARIANT)
        payments.confirm(payment.pk, amount=payment.total, currency=payment.currency, at=at)
        backdate(payment, created=at, modified=at)
        payment.events.update(at=at)
        stamp(order, at)

    def receive(self, order: Order, at: datetime) -> None:
        """The office books the transfer."""
        reference = f"VIR {order.number}"
        transfer = transfers.receive(order, order.total_incl_vat, paris_day(at), self.sales, reference, at=at)
        backdate(transfer, recorded_at=at)
        stamp(order, at)

    def buy_on_invoice(self, customer: Customer, items: dict[str, int], at: datetime, paid: bool) -> None:
        """The office orders for a customer who pays on invoice; the money comes four weeks later, or not yet."""

        def place(moment: datetime) -> None:
            lines = [(self.offers[code], quantity) for code, quantity in items.items()]
            number = f"BC-{customer.index + 1:03d}-{moment:%y%m%d}"
            order = orders.order_on_invoice(customer.row, lines, self.sales, number, at=moment)
            stamp(order, moment)
            if paid:
                self.timeline.add(moment + timedelta(days=28), lambda later: self.settle(order, later))

        self.timeline.add(at, place)

    def settle(self, order: Order, at: datetime) -> None:
        """The money for an order on invoice is there; not yet, if that day lies ahead."""
        if at <= self.scene.now:
            self.receive(order, at)


def make_orders(scene: Scene) -> None:
    """Everything bought so far, then what is under way: transfers awaited, carts given up, quotes."""
    office = Office(scene)
    money.agree(office)
    for customer in scene.customers.values():
        for number, purchase in enumerate(purchases_of(scene, customer)):
            _buy(office, customer, number, purchase.items, purchase.needed_days_ago)
    _unfinished(office)
    _quotes(office)
    money.plan(office)
    cards.plan(office)
    office.timeline.run()
    money.import_statement(office)


def _buy(
    office: Office, customer: Customer, number: int, items: dict[str, int], needed_days_ago: int
) -> None:
    """Early enough for the credits to be there when the first of them was spent."""
    if customer.row.pays_on_invoice:
        days = needed_days_ago + 3
        office.buy_on_invoice(customer, items, office.scene.ago(days), paid=days > 40)
    elif (customer.index + number) % 2:
        office.buy(customer, items, Method.TRANSFER, office.scene.ago(needed_days_ago + TRANSFER_DAYS + 3))
    else:
        office.buy(customer, items, Method.CARD, office.scene.ago(needed_days_ago + 2))


def _unfinished(office: Office) -> None:
    """Transfers awaited, card payments left half-way, orders given up, one cancelled by a credit note."""
    scene = office.scene
    buyers = [customer for customer in scene.customers.values() if not customer.row.pays_on_invoice]
    for number, customer in enumerate(buyers[: max(6, len(buyers) // 2)]):
        items = BASKETS[number % len(BASKETS)]
        at = scene.ago(1 + number % 12)
        kind = ("awaited", "awaited", "cancelled", "abandoned")[number % 4]
        office.timeline.add(at, _unfinished_order(office, customer, items, kind))
    public = next((customer for customer in scene.customers.values() if customer.row.pays_on_invoice), None)
    if public:
        office.timeline.add(scene.ago(45), _mistaken_order(office, public))


def _unfinished_order(
    office: Office, customer: Customer, items: dict[str, int], kind: str
) -> Callable[[datetime], None]:
    def place(at: datetime) -> None:
        order = office.place(customer, items, Method.CARD if kind == "abandoned" else Method.TRANSFER, at)
        if kind == "abandoned":
            payment = payments.start(order, settings.PAYMENT_CARD_VARIANT)
            payments.refuse(payment.pk, "Carte refusée par la banque.")
            backdate(payment, created=at, modified=at)
        if kind == "cancelled":
            moment = min(at + timedelta(hours=20), office.scene.now)
            orders.cancel(order, office.sales, "À la demande du client")
            stamp(order, moment)

    return place


def _mistaken_order(office: Office, customer: Customer) -> Callable[[datetime], None]:
    """The office ordered the wrong pack, and took it back two days later by a credit note."""

    def place(at: datetime) -> None:
        order = orders.order_on_invoice(
            customer.row, [(office.offers["web-10"], 1)], office.sales, "BC-ERREUR", at=at
        )
        stamp(order, at)
        office.timeline.add(at + timedelta(days=2), lambda later: take_back(order, later))

    def take_back(order: Order, at: datetime) -> None:
        invoices.credit_note(order.invoices.get(), office.sales, at=at)
        stamp(order, at)

    return place


def _quotes(office: Office) -> None:
    """Quotes: some ordered since, some to be decided, one that has lapsed."""
    scene = office.scene
    buyers = [customer for customer in scene.customers.values() if not customer.row.pays_on_invoice]
    for number, customer in enumerate(buyers[: max(4, len(buyers) // 4)]):
        days = (12, 25, 75, 6)[number % 4]
        office.timeline.add(
            scene.ago(days), _quote(office, customer, BASKETS[(number + 3) % len(BASKETS)], number)
        )


def _quote(
    office: Office, customer: Customer, items: dict[str, int], number: int
) -> Callable[[datetime], None]:
    def request(at: datetime) -> None:
        cart = office.fill(customer, items)
        quote = quotes.request_quote(
            customer.row, cart.key, customer.recruiter, f"DEM-{number + 1:02d}", at=at
        )
        checkout.empty(carts.cart_of(customer.row))
        if number % 4 == 1:
            office.timeline.add(at + timedelta(days=4), lambda later: accept(quote, later))

    def accept(quote: Quote, at: datetime) -> None:
        order = quotes.order_quote(quote, Method.TRANSFER, customer.recruiter, at=at)
        stamp(order, at)
        office.timeline.add(at + timedelta(days=TRANSFER_DAYS), lambda later: office.receive(order, later))

    return request
