"""What the office does to a customer's credits: each for a reason, which the customer reads, and logged."""

import uuid

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.log_actions import log

from accounts.models import Employer
from billing import credits
from billing.models import CreditLot, CreditMovement

from .actions import ask, customer_page, office_action, posted
from .forms import CorrectionForm, GrantForm, MotiveForm


def lot_page(lot: CreditLot) -> str:
    """The sheet of a lot of credits."""
    return reverse("commerce_credits_modeladmin_inspect", args=[lot.pk])


def _reference(key: uuid.UUID, pk: int) -> str:
    """The form's key, made this customer's or lot's: the page sent again for another one is another matter."""
    return f"office:{uuid.uuid5(key, str(pk))}"


@office_action("billing.add_creditlot")
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a customer credits, for a reason."""
    employer = get_object_or_404(Employer, pk=pk)
    form = GrantForm(posted(request))
    if form.is_valid():
        data = form.cleaned_data
        lot = credits.grant(
            employer,
            data["kind"],
            data["quantity"],
            print_format=data["print_format"],
            months=data["months"],
            reference=_reference(data["key"], employer.pk),
            reason=data["reason"],
            by=request.user,
        )
        label = credits.describe(lot.kind, lot.print_format)
        _log(lot, request, "billing.credits_granted")
        messages.success(request, f"{employer} a reçu {data['quantity']} × {label}.")
        return redirect(customer_page(employer))
    return ask(
        request,
        form,
        title="Attribuer des crédits",
        subtitle=employer,
        explanation="Pour un geste commercial ou une erreur à réparer. Aucune facture n’est établie.",
        button="Attribuer",
        back=customer_page(employer),
    )


@office_action("billing.add_creditlot")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Add credits to a lot, or take some out: never more than it holds."""
    lot = get_object_or_404(CreditLot.objects.select_related("employer"), pk=pk)
    form = CorrectionForm(posted(request))
    if form.is_valid():
        data = form.cleaned_data
        try:
            movement = credits.correct(
                lot,
                data["quantity"],
                reference=_reference(data["key"], lot.pk),
                reason=data["reason"],
                by=request.user,
            )
        except ValidationError as refusal:
            form.add_error("quantity", refusal)
        else:
            _log(lot, request, "billing.credits_corrected")
            messages.success(request, f"Le lot est corrigé de {movement.quantity:+d}.")
            return redirect(lot_page(lot))
    held = {0: "zéro crédit", 1: "un crédit"}.get(lot.balance, f"{lot.balance} crédits")
    return ask(
        request,
        form,
        title="Corriger un lot de crédits",
        subtitle=lot.employer,
        explanation=(
            f"Ce lot « {credits.describe(lot.kind, lot.print_format)} » contient {held}. "
            "Une correction s’ajoute au relevé du client\u00a0: rien de ce qui y est inscrit ne change."
        ),
        button="Corriger",
        back=lot_page(lot),
    )


@office_action("billing.add_creditlot")
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a spent credit back into its lot: the ad that it paid for leaves the public."""
    spent = CreditMovement.objects.filter(kind=CreditMovement.Kind.SPENDING).select_related("lot__employer")
    movement = get_object_or_404(spent, pk=pk)
    form = MotiveForm(posted(request))
    if form.is_valid():
        try:
            credits.give_back(movement.reference, label=form.cleaned_data["reason"], by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            _log(movement.lot, request, "billing.credit_given_back")
            messages.success(request, "Le crédit est rendu, et l’annonce qu’il payait n’est plus en ligne.")
            return redirect(lot_page(movement.lot))
    return ask(
        request,
        form,
        title="Rendre un crédit",
        subtitle=movement.lot.employer,
        explanation=(
            f"Le crédit utilisé pour « {movement.label or 'une annonce'} » revient dans son lot, "
            "avec la même échéance. Cette parution s’arrête : l’annonce n’est plus en ligne, "
            "jusqu’à ce qu’un autre crédit la publie."
        ),
        button="Rendre le crédit",
        is_grave=True,
        back=lot_page(movement.lot),
    )


def _log(lot: CreditLot, request: HttpRequest, action: str) -> None:
    log(instance=lot, action=action, user=request.user)
