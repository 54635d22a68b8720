"""Lists of what was sold: orders, invoices and credit notes, quotes."""

from django.contrib.admin import SimpleListFilter
from django.urls import reverse

from accounts.models import User
from billing import quotes
from billing.models import Invoice, InvoicePdf, Order, OrderMove, Quote, Transfer
from reference.dates import paris_day

from .base import ByCustomer, OfficeList, by_choice, column, day, euros

State = Order.State


def _pdf_button(url: str, title: str) -> dict:
    return {"url": url, "label": "PDF", "title": title, "classname": "button button-small button-secondary"}


class ToDo(SimpleListFilter):
    """What waits for the office."""

    title = "suite à donner"
    parameter_name = "suivi"

    def lookups(self, request, model_admin):
        return [("virements", "Virements attendus"), ("factures", "Factures à encaisser")]

    def queryset(self, request, queryset):
        if self.value() == "virements":
            return queryset.filter(state=State.AWAITING_TRANSFER)
        if self.value() == "factures":
            return queryset.filter(state=State.ON_INVOICE)
        return queryset


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
        ByCustomer,
    )
    list_select_related = ("employer",)
    search_fields = ("number", "employer__legal_name", "buyer_name", "purchase_order_number", "buyer_siret")
    ordering = ("-placed_at", "-pk")
    inspect_template_name = "billing/office/order.html"

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
        unpaid = order.state in (State.AWAITING_TRANSFER, State.ON_INVOICE)
        moves = OrderMove.objects.filter(order=order).select_related("by")
        return {
            "lines": order.lines.all(),
            "moves": moves,
            "transfers": Transfer.objects.filter(order=order).select_related("recorded_by"),
            "payments": order.payments.all(),
            "documents": order.invoices.order_by("issued_at", "pk"),
            "quote": Quote.objects.filter(order=order).first(),
            "can_receive": unpaid and user.has_perm("billing.add_transfer"),
            "can_cancel": State.CANCELLED in Order.MOVES[State(order.state)]
            and order.state != State.ON_INVOICE
            and user.has_perm("billing.change_order"),
        }


class Invoices(OfficeList):
    model = Invoice
    base_url_path = "commerce/factures"
    menu_label = "Factures et avoirs"
    menu_icon = "doc-full-inverse"
    empty = "Aucune facture pour l’instant : elles s’établissent d’elles-mêmes quand une commande est payée."
    list_display = ("number", "issued", "customer", "order", "total", "settlement")
    list_filter = (by_choice("kind", "nature", Invoice.Kind.choices), ByCustomer)
    list_select_related = ("employer", "order")
    search_fields = ("number", "employer__legal_name", "buyer_name", "order__number", "purchase_order_number")
    ordering = ("-issued_at", "-pk")
    inspect_template_name = "billing/office/invoice.html"

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
            "can_credit": is_invoice and not notes and user.has_perm("billing.add_invoice"),
        }


class Quotes(OfficeList):
    model = Quote
    base_url_path = "commerce/devis"
    menu_label = "Devis"
    menu_icon = "draft"
    empty = "Aucun devis pour l’instant : les recruteurs les demandent depuis leur panier."
    list_display = ("number", "issued", "customer", "total", "valid", "became")
    list_filter = (ByCustomer,)
    list_select_related = ("employer", "order")
    search_fields = ("number", "employer__legal_name", "buyer_name", "purchase_order_number")
    ordering = ("-issued_at", "-pk")
    inspect_template_name = "billing/office/quote.html"

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
        return "En cours" if quotes.is_valid(quote, paris_day()) else "Échu"

    def row_buttons(self, quote: Quote, user: User) -> list[dict]:
        return [_pdf_button(reverse("billing_office_quote_pdf", args=[quote.pk]), f"PDF de {quote.number}")]

    def sheet_context(self, quote: Quote, user: User) -> dict:
        return {"lines": quote.lines.all(), "is_valid": quotes.is_valid(quote)}
