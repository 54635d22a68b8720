"""Lists of what was sold: orders, invoices and credit notes, quotes."""

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from billing import figures, quotes, refunds, settlements
from billing.models import Invoice, InvoicePdf, Order, OrderMove, Quote, Transfer, Transmission
from billing.money import euros
from billing.platform import transmissions
from reference.dates import paris_day

from . import exports
from .base import ByCustomer, OfficeList, by_choice, column, day
from .filters import by_dates

State = Order.State


def _pdf_button(url: str, title: str) -> dict:
    return {"url": url, "label": "PDF", "title": title, "classname": "button button-small button-secondary"}


class ToDo(SimpleListFilter):
    """What waits for the office."""

    title = "suite à donner"
    parameter_name = "suivi"

    def lookups(self, request, model_admin):
        return [
            ("virements", "Virements attendus"),
            ("partiels", "Virements partiels"),
            ("factures", "Factures à encaisser"),
            ("retards", "Factures échues"),
            ("rendre", "Sommes à rendre"),
            ("trop-longues", "Attente dépassée"),
        ]

    def queryset(self, request, queryset):
        if self.value() == "virements":
            return queryset.filter(state=State.AWAITING_TRANSFER)
        if self.value() == "factures":
            return queryset.filter(state=State.ON_INVOICE)
        if self.value() == "partiels":
            waiting = settlements.with_money(
                queryset.filter(state__in=(State.AWAITING_TRANSFER, State.ON_INVOICE))
            )
            return waiting.filter(received__gt=0)
        if self.value() == "retards":
            return queryset.filter(state=State.ON_INVOICE, pay_by__lt=paris_day())
        if self.value() == "trop-longues":
            return queryset.filter(state=State.AWAITING_TRANSFER, pay_by__lt=paris_day())
        if self.value() == "rendre":
            return settlements.with_excess(queryset)
        return queryset


class WithProof(SimpleListFilter):
    """Orders whose buyer asked for a printed copy. Nothing keeps whether it went out: state and days narrow them."""

    title = "justificatif"
    parameter_name = "justificatif"

    def lookups(self, request, model_admin):
        return [("demande", "Justificatif à envoyer")]

    def queryset(self, request, queryset):
        return queryset.exclude(proof_address="") if self.value() == "demande" else queryset


class Orders(OfficeList):
    model = Order
    base_url_path = "commerce/commandes"
    menu_label = "Commandes"
    menu_icon = "list-ul"
    empty = "Aucune commande pour l’instant. Elles viendront du panier des recruteurs, ou d’une commande sur facture."
    list_display = ("number", "placed", "customer", "state", "method", "total")
    list_filter = (
        ToDo,
        by_choice("state", "état", State.choices),
        by_choice("method", "mode de paiement", Order.Method.choices),
        WithProof,
        by_dates("placed_at", "de commande", moments=True),
        ByCustomer,
    )
    list_select_related = ("employer",)
    search_fields = ("number", "employer__legal_name", "buyer_name", "purchase_order_number", "buyer_siret")
    ordering = ("-placed_at", "-pk")
    inspect_template_name = "billing/office/order.html"
    exports = exports.ORDERS

    def export_queryset(self, queryset: QuerySet[Order]) -> QuerySet[Order]:
        return settlements.with_money(queryset)

    @column("client", "employer__legal_name")
    def customer(self, order: Order) -> str:
        return order.employer.legal_name

    @column("total TTC", "total_incl_vat")
    def total(self, order: Order) -> str:
        return euros(order.total_incl_vat)

    @column("passée le", "placed_at")
    def placed(self, order: Order) -> str:
        return day(order.placed_at)

    def list_actions(self, user: User) -> list[dict]:
        if not user.has_perm("billing.add_order"):
            return []
        return [{"url": reverse("billing_office_choose_customer"), "label": "Commande sur facture"}]

    def sheet_context(self, order: Order, user: User) -> dict:
        documents = list(order.invoices.order_by("issued_at", "pk"))
        money = settlements.with_money(Order.objects.filter(pk=order.pk)).get()
        returnable = money.excess if order.state == State.PAID else money.received
        moves = OrderMove.objects.filter(order=order).select_related("by")
        return {
            "lines": order.lines.all(),
            "moves": moves,
            "transfers": Transfer.objects.filter(order=order).select_related("recorded_by"),
            "returns": order.returns.select_related("recorded_by"),
            "received": money.received,
            "left": money.left,
            "excess": money.excess,
            "today": paris_day(),
            "payments": order.payments.all(),
            "to_refund": refunds.due(order.payments.all()),
            "documents": documents,
            "quote": Quote.objects.filter(order=order).first(),
            # Also for an order that waits for nothing more: money comes all the same, and is kept.
            "can_receive": user.has_perm("billing.add_transfer"),
            "can_return": returnable > 0 and user.has_perm("billing.add_transferreturn"),
            "can_reopen": order.state == State.CANCELLED
            and not documents
            and user.has_perm("billing.change_order"),
            "can_cancel": State.CANCELLED in Order.MOVES[State(order.state)]
            and order.state != State.ON_INVOICE
            and user.has_perm("billing.change_order"),
        }


class Sending(SimpleListFilter):
    """What did not go out as it should."""

    title = "envoi"
    parameter_name = "envoi"

    def lookups(self, request, model_admin):
        return [("sans-pdf", "PDF en retard"), ("non-envoyees", "E-mail en retard")]

    def queryset(self, request, queryset):
        # What was issued a moment ago is on its way.
        late = Q(issued_at__lt=timezone.now() - figures.LATE)
        if self.value() == "sans-pdf":
            return queryset.filter(late, Q(pdf=None) | Q(pdf__file=""))
        if self.value() == "non-envoyees":
            return queryset.filter(late, Q(pdf=None) | Q(pdf__mailed_at=None))
        return queryset


class Invoices(OfficeList):
    model = Invoice
    base_url_path = "commerce/factures"
    menu_label = "Factures et avoirs"
    menu_icon = "doc-full-inverse"
    empty = "Aucune facture pour l’instant : elles s’établissent d’elles-mêmes quand une commande est payée."
    list_display = ("number", "issued", "customer", "order", "total", "settlement")
    list_filter = (
        by_choice("kind", "nature", Invoice.Kind.choices),
        Sending,
        by_choice("payment_method", "mode de paiement", Order.Method.choices),
        by_dates("issued_on", "d’émission"),
        ByCustomer,
    )
    list_select_related = ("employer", "order")
    search_fields = ("number", "employer__legal_name", "buyer_name", "order__number", "purchase_order_number")
    ordering = ("-issued_at", "-pk")
    inspect_template_name = "billing/office/invoice.html"
    exports = exports.INVOICES

    def export_queryset(self, queryset: QuerySet[Invoice]) -> QuerySet[Invoice]:
        return queryset.select_related("employer", "order", "refers_to", "transmission").defer("seller")

    @column("client", "employer__legal_name")
    def customer(self, invoice: Invoice) -> str:
        return invoice.employer.legal_name

    @column("total TTC", "total_incl_vat")
    def total(self, invoice: Invoice) -> str:
        return euros(invoice.total_incl_vat)

    @column("émise le", "issued_at")
    def issued(self, invoice: Invoice) -> str:
        return day(invoice.issued_on)

    @column("règlement", "due_on")
    def settlement(self, invoice: Invoice) -> str:
        if invoice.kind == Invoice.Kind.CREDIT_NOTE:
            return "avoir"
        return f"payée le {day(invoice.paid_on)}" if invoice.paid_on else f"échéance {day(invoice.due_on)}"

    def sheet_title(self, invoice: Invoice) -> str:
        return invoice.get_kind_display()

    def row_buttons(self, invoice: Invoice, user: User) -> list[dict]:
        return [
            _pdf_button(reverse("billing_office_invoice_pdf", args=[invoice.pk]), f"PDF de {invoice.number}")
        ]

    def sheet_context(self, invoice: Invoice, user: User) -> dict:
        notes = list(invoice.credit_notes.all())
        is_invoice = invoice.kind == Invoice.Kind.INVOICE
        return {
            "lines": invoice.lines.all(),
            "credit_notes": notes,
            "pdf": InvoicePdf.objects.filter(invoice=invoice).first(),
            "route": transmissions.route_of(invoice).label,
            "transmission": Transmission.objects.filter(invoice=invoice)
            .prefetch_related("moves__by")
            .first(),
            "can_transmit": transmissions.may_send(invoice) and user.has_perm("billing.change_transmission"),
            "can_mail": user.has_perm("billing.change_invoicepdf"),
            "can_credit": is_invoice and not notes and user.has_perm("billing.add_invoice"),
        }


class ByQuoteState(SimpleListFilter):
    title = "état"
    parameter_name = "etat"

    def lookups(self, request, model_admin):
        return [*quotes.State.choices, ("bientot", "Valable encore une semaine au plus")]

    def queryset(self, request, queryset):
        if self.value() == quotes.State.ORDERED:
            return queryset.exclude(order=None)
        if self.value() == quotes.State.VALID:
            return queryset.filter(order=None, valid_until__gte=paris_day())
        if self.value() == quotes.State.LAPSED:
            return queryset.filter(order=None, valid_until__lt=paris_day())
        if self.value() == "bientot":
            today = paris_day()
            return queryset.filter(order=None, valid_until__range=(today, today + figures.QUOTE_SOON))
        return queryset


class Quotes(OfficeList):
    model = Quote
    base_url_path = "commerce/devis"
    menu_label = "Devis"
    menu_icon = "draft"
    empty = "Aucun devis pour l’instant : les recruteurs les demandent depuis leur panier."
    list_display = ("number", "issued", "customer", "total", "valid", "became")
    list_filter = (ByQuoteState, by_dates("issued_at", "d’émission", moments=True), ByCustomer)
    list_select_related = ("employer", "order")
    search_fields = ("number", "employer__legal_name", "buyer_name", "purchase_order_number")
    ordering = ("-issued_at", "-pk")
    inspect_template_name = "billing/office/quote.html"
    exports = exports.QUOTES

    def list_actions(self, user: User) -> list[dict]:
        if not user.has_perm("billing.add_quote"):
            return []
        return [{"url": reverse("billing_office_quote_customer"), "label": "Nouveau devis"}]

    @column("client", "employer__legal_name")
    def customer(self, quote: Quote) -> str:
        return quote.employer.legal_name

    @column("total TTC", "total_incl_vat")
    def total(self, quote: Quote) -> str:
        return euros(quote.total_incl_vat)

    @column("émis le", "issued_at")
    def issued(self, quote: Quote) -> str:
        return day(quote.issued_at)

    @column("valable jusqu’au", "valid_until")
    def valid(self, quote: Quote) -> str:
        return day(quote.valid_until)

    @column("suite", "order__number")
    def became(self, quote: Quote) -> str:
        if quote.order:
            return f"Commande {quote.order.number}"
        return quotes.state_of(quote, paris_day()).label

    def row_buttons(self, quote: Quote, user: User) -> list[dict]:
        return [_pdf_button(reverse("billing_office_quote_pdf", args=[quote.pk]), f"PDF de {quote.number}")]

    def sheet_context(self, quote: Quote, user: User) -> dict:
        can_quote = user.has_perm("billing.add_quote")
        return {
            "lines": quote.lines.all(),
            "state": quotes.state_of(quote),
            "can_send": can_quote and quotes.is_valid(quote),
            "can_quote": can_quote,
        }
