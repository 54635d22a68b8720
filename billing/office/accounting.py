"""Accounting's screens: the entries of a month with their file, and the VAT report."""

from collections import defaultdict
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from accounts.ratelimits import limited
from billing import sheets
from billing.accounting import fec
from billing.accounting.entries import Books, recorded_since
from billing.accounting.months import Month, last_months
from billing.accounting.vat_report import VatRow, totals_of, vat_rows
from billing.models import AccountingSettings

from .actions import needs
from .exporting import note_export

PERMISSION = "billing.export_accounting"
#: The action of the log. Its data: `month`.
ACTION = "billing.accounting"
#: The most months of one VAT report.
MOST_MONTHS = 36
NOUGHT = Decimal("0.00")


@needs(PERMISSION)
@limited("office_accounting", "120/m/user", reading=True)
@require_safe
def accounting(request: HttpRequest) -> HttpResponse:
    """A month's entries added up by account, and the way to their file."""
    month = Month.parse(request.GET.get("mois"))
    accounts: dict[tuple[str, str, str], list[Decimal]] = defaultdict(lambda: [NOUGHT, NOUGHT])
    count = 0
    for entry in Books().entries(month):
        count += 1
        for row in entry.rows:
            sums = accounts[entry.journal, row.account, row.label]
            sums[0] += row.debit
            sums[1] += row.credit
    exported = _last_export(month)
    rows = [(*key, debit, credit) for key, (debit, credit) in sorted(accounts.items())]
    context = {
        "month": month,
        "count": count,
        "rows": rows,
        "debit": sum((row[3] for row in rows), NOUGHT),
        "credit": sum((row[4] for row in rows), NOUGHT),
        "before": month.plus(-1),
        "after": month.plus(1) if month < Month.current() else None,
        "exported": exported,
        "since": recorded_since(month, exported.timestamp) if exported else 0,
        "is_over": month < Month.current(),
        "can_set": request.user.has_perm("billing.change_accountingsettings"),
    }
    return render(request, "billing/office/accounting.html", context)


@needs(PERMISSION)
@limited("office_export", "60/h/user", reading=True)
@require_safe
def fec_file(request: HttpRequest) -> HttpResponseBase:
    """The entries of `?mois=` as a file, streamed; logged."""
    month = Month.parse(request.GET.get("mois"))
    log(
        instance=AccountingSettings.load(), action=ACTION, user=request.user, data={"month": month.key},
    )  # fmt: skip
    name = f"ecritures-{month.key}.txt"
    return sheets.download(
        fec.lines(Books().entries(month)), name, "text/tab-separated-values; charset=utf-8"
    )


@needs(PERMISSION)
@limited("office_accounting", "120/m/user", reading=True)
@require_safe
def vat(request: HttpRequest) -> HttpResponseBase:
    """VAT invoiced from `?de=` to `?a=`, by month, zone, category and rate; `?export=csv` or `xlsx`."""
    last = Month.parse(request.GET.get("a"))
    first = min(Month.parse(request.GET["de"]) if "de" in request.GET else last, last)
    first = max(first, last.plus(1 - MOST_MONTHS))
    rows = vat_rows(first, last)
    format = request.GET.get("export")
    if format in sheets.FORMATS:
        note_export(request, "TVA", format)
        values = [
            [r.month.first, r.zone_label, r.category_label, r.rate, r.base, r.vat, r.incl] for r in rows
        ]
        return sheets.as_file(format, f"tva-{first.key}-{last.key}", _HEADINGS, values)
    base, amount = totals_of(rows)
    context = {
        "first": first,
        "last": last,
        "months": last_months(Month.current(), MOST_MONTHS)[::-1],
        "rows": rows,
        "by_rate": _by_rate(rows),
        "base": base,
        "vat": amount,
    }
    return render(request, "billing/office/vat.html", context)


_HEADINGS = ("Mois", "Zone", "Catégorie", "Taux", "Base HT", "TVA", "Total TTC")


def _by_rate(rows: list[VatRow]) -> list[tuple[str, Decimal, Decimal, Decimal]]:
    sums: dict[tuple[str, Decimal], list[Decimal]] = defaultdict(lambda: [NOUGHT, NOUGHT])
    for row in rows:
        total = sums[row.category_label, row.rate]
        total[0] += row.base
        total[1] += row.vat
    return [
        (label, rate, base, vat)
        for (label, rate), (base, vat) in sorted(sums.items(), key=lambda item: -item[0][1])
    ]


def _last_export(month: Month) -> ModelLogEntry | None:
    return (
        ModelLogEntry.objects.filter(action=ACTION, data__month=month.key)
        .select_related("user")
        .order_by("-timestamp")
        .first()
    )
