"""Orders and credits in the recruiter's space."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import BUYERS, employer_required
from accounts.ratelimits import limited
from billing import account, credits, money_mails, refunds, settlements
from billing import orders as order_service
from billing.models import Invoice, Order
from reference.dates import paris_day

from .expired import ask_again

PER_PAGE = 20
#: Quotes and movements shown beside the orders; the rest has pages of its own.
LATEST = 5


@require_safe
@employer_required
def orders(request: HttpRequest) -> HttpResponse:
    """ "Commandes et factures": orders with their invoices, quotes, credits, rights, the latest movements."""
    employer, today = request.employer, paris_day()
    quotes = list(employer.quotes.all()[: LATEST + 1])
    movements = list(account.movements(employer)[: LATEST + 1])
    context = {
        "space_tab": "orders",
        "page": Paginator(employer.orders.prefetch_related("invoices", "lines"), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "quotes": quotes[:LATEST],
        "more_quotes": len(quotes) > LATEST,
        "today": today,
        "balances": credits.balances(employer),
        "rights": employer.entitlements.filter(ends_on__gte=today).order_by("kind", "starts_on"),
        "movements": account.lines(movements[:LATEST]),
        "more_movements": len(movements) > LATEST,
    }
    return render(request, "billing/orders.html", context)


@require_safe
@employer_required
def order(request: HttpRequest, public_id) -> HttpResponse:
    """One order: what to do next, what goes back, its lines, its invoices."""
    found = get_object_or_404(request.employer.orders, public_id=public_id)
    waits = found.state in (Order.State.AWAITING_TRANSFER, Order.State.ON_INVOICE)
    bank = money_mails.Bank.of(found) if waits else None
    invoices, today = list(found.invoices.all()), paris_day()
    context = {
        "space_tab": "orders",
        "order": found,
        "lines": found.lines.all(),
        "invoices": invoices,
        "credit_note": next((note for note in invoices if note.kind == Invoice.Kind.CREDIT_NOTE), None),
        "bank": bank,
        "is_overdue": found.state == Order.State.ON_INVOICE and (found.pay_by or today) < today,
        "received": settlements.received(found),
        "excess": settlements.to_return(found),
        "transfers": found.transfers.all(),
        "returns": found.returns.all(),
        "cards": refunds.of(found),
        "may_buy": request.membership.role in BUYERS,
    }
    return render(request, "billing/order.html", context)


@require_http_methods(["GET", "POST"])
@employer_required(roles=BUYERS)
@limited("order", "20/m/user")
def order_cancel(request: HttpRequest, public_id) -> HttpResponse:
    """Give up an order that is not paid."""
    found = get_object_or_404(request.employer.orders, public_id=public_id)
    if request.method == "GET":
        return ask_again(request, "billing:order", found.public_id)
    try:
        order_service.cancel(found, by=request.user, note="Par l’acheteur")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"La commande {found.number} est annulée.")
    return redirect("billing:order", found.public_id)
