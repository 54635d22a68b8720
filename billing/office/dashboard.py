"""The first screen of commerce: what needs a hand, revenue, quotes, credits outstanding."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from billing import figures
from billing.accounting.months import Month, last_months
from billing.models import Offer

from .actions import needs
from .chart import chart_of

MONTHS = 12


@needs("billing.view_invoice")
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Twelve months up to `?fin=2026-11`. As many queries whatever was sold."""
    until = min(Month.parse(request.GET.get("fin")), Month.current())
    months = last_months(until, MONTHS)
    revenue = figures.revenue(months)
    lots = figures.outstanding()
    quantity, value = figures.quantity_of(lots)
    context = {
        "to_do": [
            {"count": line.count, "words": line.words, "url": _address(line)}
            for line in figures.to_do()
            if line.count
        ],
        "kinds": [(kind.value, kind.label, revenue.kind_total(kind)) for kind in Offer.Kind],
        "rows": [
            {
                "month": month,
                "amounts": [revenue.of(month, kind) for kind in Offer.Kind],
                "total": revenue.month_total(month),
            }
            for month in reversed(months)
        ],
        "revenue": revenue,
        "chart": chart_of(revenue),
        "quotes": figures.conversion(months),
        "lots": lots,
        "quantity": quantity,
        "value": value,
        "earlier": until.plus(-MONTHS),
        "later": until.plus(MONTHS) if until < Month.current() else None,
        "can_account": request.user.has_perm("billing.export_accounting"),
    }
    return render(request, "billing/office/dashboard.html", context)


def _address(line: figures.ToDo) -> str:
    query = f"?{line.query}" if line.query else ""
    return reverse(line.page) + query
