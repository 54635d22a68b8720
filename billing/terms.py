"""On what terms a customer pays on invoice: the days it has, how much may be outstanding."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Sum

from accounts.models import Employer

from . import settlements
from .models import CustomerTerms, Order, SellerSettings
from .money import euros

#: Days to pay: public health establishments have 50 (Code de la commande publique R2192-10), others 30.
DAYS_TO_PAY = 30
DAYS_TO_PAY_HOSPITAL = 50


class LimitReached(ValidationError):
    """The order would exceed what may be outstanding. The message is a French sentence."""


def terms_of(employer: Employer) -> CustomerTerms:
    """What was agreed with the customer, or an empty row that is not saved: the rules of its kind. One query."""
    return CustomerTerms.objects.filter(employer=employer).first() or CustomerTerms(employer=employer)


def days_to_pay(employer: Employer) -> int:
    """Within how many days an invoice is to be paid: as agreed, else 30, or 50 for a public hospital. One query."""
    agreed = terms_of(employer).days_to_pay
    hospital = employer.legal_form == Employer.LegalForm.HOSPITAL
    return agreed or (DAYS_TO_PAY_HOSPITAL if hospital else DAYS_TO_PAY)


def due_on(employer: Employer, day: date) -> date:
    """The last day to pay an invoice of this day."""
    return day + timedelta(days=days_to_pay(employer))


def limit_of(employer: Employer) -> Decimal:
    """What may be outstanding, including VAT: as agreed, else the site's limit. Two queries."""
    agreed = terms_of(employer).invoice_limit
    return agreed if agreed is not None else SellerSettings.load().invoice_limit


def outstanding(employer: Employer) -> Decimal:
    """What the customer owes on invoices, including VAT, partial transfers taken off. One query."""
    waiting = settlements.with_money(employer.orders.filter(state=Order.State.ON_INVOICE))
    return waiting.aggregate(sum=Sum("left"))["sum"] or Decimal("0.00")


def check_limit(employer: Employer, amount: Decimal) -> None:
    """Raises LimitReached unless the customer may owe this much more. The caller holds the employer's lock."""
    limit, owed = limit_of(employer), outstanding(employer)
    if owed + amount > limit:
        already = f" et {euros(owed)} déjà à régler" if owed else ""
        raise LimitReached(
            f"Cette commande de {euros(amount)} TTC dépasse l’encours autorisé de ce client\u202f: "
            f"{euros(limit)}{already}. Attendez un règlement, ou relevez sa limite dans ses conditions.",
            code="limit",
        )
