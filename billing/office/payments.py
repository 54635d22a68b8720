"""The office's list of card payments, and what it does to one: give the money back, put it aside."""

from django.contrib.admin import SimpleListFilter
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from payments import PaymentStatus
from wagtail.admin import messages

from accounts.models import User
from billing import refunds
from billing.models import Payment
from billing.money import euros

from . import exports
from .actions import ask, office_action, posted
from .base import ByCustomer, OfficeList, by_choice, column, day
from .filters import by_dates
from .forms import ConfirmForm
from .money_forms import WhyForm

STATES = [
    (PaymentStatus.CONFIRMED, "Reçu"),
    (PaymentStatus.INPUT, "En attente de la banque"),
    (PaymentStatus.WAITING, "En cours"),
    (PaymentStatus.REJECTED, "Refusé ou abandonné"),
    (PaymentStatus.CANCELLED, "Page de paiement fermée"),
    (PaymentStatus.REFUNDED, "Remboursé"),
]


class ToDo(SimpleListFilter):
    """What waits for the office."""

    title = "suite à donner"
    parameter_name = "suivi"

    def lookups(self, request, model_admin):
        return [
            ("rembourser", "À rembourser"),
            ("contestes", "Contestés"),
            ("tout", "Tout ce qui attend"),
        ]

    def queryset(self, request, queryset):
        if self.value() == "rembourser":
            return refunds.due(queryset)
        if self.value() == "contestes":
            return queryset.filter(dispute=Payment.Dispute.OPEN, handled_at=None)
        if self.value() == "tout":
            return refunds.to_look_at(queryset)
        return queryset


class ByOrdersCustomer(ByCustomer):
    """One employer's payments."""

    def queryset(self, request, queryset):
        known = {value for value, _ in self.lookup_choices}
        return queryset.filter(order__employer=self.value()) if self.value() in known else queryset


class Payments(OfficeList):
    model = Payment
    base_url_path = "commerce/paiements"
    menu_label = "Paiements par carte"
    menu_icon = "tick-inverse"
    empty = "Aucun paiement par carte pour l’instant."
    list_display = ("started", "order", "customer", "amount", "state", "matter")
    list_filter = (
        ToDo,
        by_choice("status", "état", STATES),
        by_dates("created", "d’ouverture", moments=True),
        ByOrdersCustomer,
    )
    list_select_related = ("order__employer",)
    search_fields = ("order__number", "order__buyer_name", "transaction_id", "intent", "billing_email")
    ordering = ("-created", "-pk")
    inspect_template_name = "billing/office/payment.html"
    exports = exports.PAYMENTS

    def get_queryset(self, request) -> QuerySet[Payment]:
        return refunds.with_credit(super().get_queryset(request))

    @column("ouvert le", "created")
    def started(self, payment: Payment) -> str:
        return day(payment.created)

    @column("client", "order__employer__legal_name")
    def customer(self, payment: Payment) -> str:
        return payment.order.employer.legal_name

    @column("montant", "total")
    def amount(self, payment: Payment) -> str:
        return euros(payment.total)

    @column("état", "status")
    def state(self, payment: Payment) -> str:
        return payment.label

    @column("remarque", "unexpected")
    def matter(self, payment: Payment) -> str:
        paid_it = payment.status == PaymentStatus.CONFIRMED and not payment.unexpected
        said = [
            "commande annulée par un avoir" if payment.is_credited and paid_it else "",
            payment.get_unexpected_display() if payment.unexpected else "",
            payment.get_dispute_display() if payment.dispute else "",
            payment.message,
        ]
        text = ", ".join(part for part in said if part)
        return f"{text} (classé)" if text and payment.handled_at else text or "–"

    def sheet_context(self, payment: Payment, user: User) -> dict:
        may = user.has_perm("billing.change_payment")
        waits = (
            payment.handled_at is None and refunds.to_look_at(Payment.objects.filter(pk=payment.pk)).exists()
        )
        return {
            "order": payment.order,
            "events": payment.events.select_related("by"),
            "is_due": waits and refunds.is_due(payment),
            "can_refund": may and refunds.is_due(payment),
            "can_put_aside": may and waits,
        }


def payment_page(payment: Payment) -> str:
    """The sheet of a card payment."""
    return reverse("commerce_paiements_modeladmin_inspect", args=[payment.pk])


def _payment(pk: int) -> Payment:
    return get_object_or_404(Payment.objects.select_related("order__employer"), pk=pk)


@office_action("billing.change_payment")
def refund(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the money of a payment back to its card, once."""
    payment = _payment(pk)
    amount = euros(payment.captured_amount)
    form = ConfirmForm(posted(request))
    if form.is_valid():
        try:
            refunds.refund(payment.pk, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request,
                f"Le paiement de la commande {payment.order.number} est remboursé\u202f; un e-mail le dit au client.",
            )
            return redirect(payment_page(payment))
    return ask(
        request,
        form,
        title="Rembourser sur la carte",
        subtitle=payment.order.number,
        explanation=(
            f"{amount} retournent sur la carte de {payment.order.buyer_name}, par le prestataire de paiement, et le "
            "client en est prévenu. Un remboursement ne s’annule pas."
        ),
        button=f"Rembourser {amount}",
        is_grave=True,
        back=payment_page(payment),
    )


@office_action("billing.change_payment")
def put_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """The office has dealt with a payment by another road, and says how."""
    payment = _payment(pk)
    form = WhyForm(posted(request))
    form.fields["reason"].label = "Ce qui a été fait"
    form.fields["reason"].help_text = "reste dans l’historique du paiement"
    if form.is_valid():
        try:
            refunds.put_aside(payment.pk, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"Le paiement de la commande {payment.order.number} est classé.")
            return redirect(payment_page(payment))
    return ask(
        request,
        form,
        title="Classer le paiement",
        subtitle=payment.order.number,
        explanation=(
            "Le paiement quitte la liste de ce qui attend. Rien n’est remboursé\u202f: classez-le quand c’est réglé "
            "autrement, par exemple par un virement ou dans le tableau de bord du prestataire."
        ),
        button="Classer",
        back=payment_page(payment),
    )
