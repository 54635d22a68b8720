"""What the office does to an order's money: a transfer came, goes back; the order is given up or taken up again."""

import uuid

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin import messages

from billing import orders, settlements, transfers
from billing.models import Order
from billing.money import euros

from .actions import ask, office_action, order_page, posted
from .forms import OnceForm
from .money_forms import NoteForm, ReturnForm, TransferForm, WhyForm


def _order(pk: int) -> Order:
    return get_object_or_404(Order.objects.select_related("employer"), pk=pk)


def _once(form: OnceForm, order: Order) -> dict:
    """What was typed, its key made this order's: the page sent again for another order is another matter."""
    return form.cleaned_data | {"key": uuid.uuid5(form.cleaned_data["key"], str(order.pk))}


@office_action("billing.add_transfer")
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """A transfer was received: whole, it pays the order; in part, the order goes on waiting."""
    order = _order(pk)
    form = TransferForm(posted(request), order=order)
    if form.is_valid():
        try:
            transfers.receive(order, by=request.user, **_once(form, order))
        except transfers.Doubt as doubt:
            form.ask_whether_sure(doubt)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, outcome(_order(pk)))
            return redirect(order_page(order))
    left = settlements.left(order)
    return ask(request, form, "transfer", order=order, left=left, back=order_page(order))


def outcome(order: Order) -> str:
    """What a transfer that was just kept has done to its order, in a sentence."""
    excess, left = settlements.to_return(order), settlements.left(order)
    if order.state == Order.State.CANCELLED:
        return f"Virement gardé. La commande {order.number} est annulée\u202f: rouvrez-la, ou rendez {euros(excess)}."
    if excess:
        return (
            f"Virement enregistré\u202f: la commande {order.number} est payée, {euros(excess)} sont à rendre."
        )
    if left:
        return f"Virement partiel enregistré\u202f: il reste {euros(left)} à recevoir pour {order.number}."
    return f"Virement enregistré\u202f: la commande {order.number} est payée."


@office_action("billing.add_transferreturn")
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Money was sent back to the customer."""
    order = _order(pk)
    most = settlements.returnable(order)
    if not most and request.method == "GET":
        messages.warning(request, f"Il n’y a rien à rendre pour la commande {order.number}.")
        return redirect(order_page(order))
    form = ReturnForm(posted(request), initial={"amount": most or None})
    if form.is_valid():
        try:
            back = transfers.give_back(order, by=request.user, **_once(form, order))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request, f"{euros(back.amount)} rendus à {order.buyer_name}\u202f; un e-mail le lui dit."
            )
            return redirect(order_page(order))
    return ask(
        request,
        form,
        title="Argent rendu",
        subtitle=order.number,
        explanation=(
            f"{euros(most)} peuvent être rendus à {order.buyer_name}. Faites d’abord le virement à la banque, puis "
            "notez-le ici\u202f: le client en est prévenu."
        ),
        button="Noter le remboursement",
        back=order_page(order),
    )


@office_action("billing.change_order")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take up an order again that was given up."""
    order = _order(pk)
    received = settlements.received(order)
    form = WhyForm(posted(request))
    if form.is_valid():
        try:
            order = transfers.reopen(order, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            done = "est payée" if order.state == Order.State.PAID else "attend à nouveau son virement"
            messages.success(request, f"La commande {order.number} est rouverte et {done}.")
            return redirect(order_page(order))
    explanation = (
        f"La commande de {order.employer} attend à nouveau son virement, et le client en est prévenu."
    )
    if received >= order.total_incl_vat:
        come = f"{euros(received)} sont déjà là"
        explanation = f"{come}\u202f: la commande de {order.employer} est payée et livrée aussitôt."
    elif received > 0:
        explanation += f" Les {euros(received)} déjà reçus comptent."
    return ask(
        request,
        form,
        title="Rouvrir la commande",
        subtitle=order.number,
        explanation=explanation,
        button="Rouvrir la commande",
        back=order_page(order),
    )


@office_action("billing.change_order")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up an order that nobody has paid."""
    order = _order(pk)
    received = settlements.received(order)
    form = NoteForm(posted(request))
    if form.is_valid():
        try:
            orders.cancel(order, by=request.user, note=form.cleaned_data["note"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"La commande {order.number} est annulée.")
            return redirect(order_page(order))
    come = f" Les {euros(received)} déjà reçus seront à lui rendre." if received else ""
    return ask(
        request,
        form,
        title="Annuler la commande",
        subtitle=order.number,
        explanation=(
            f"{order.employer} ne pourra plus payer cette commande, et en est prévenu par e-mail. Rien n’a été livré "
            f"ni facturé.{come}"
        ),
        button="Annuler la commande",
        is_grave=True,
        back=order_page(order),
    )
