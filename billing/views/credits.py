"""The statement of the credits in the recruiter's space: on screen, and as a file."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import BUYERS, EDITORS, employer_required
from accounts.ratelimits import limited
from billing import account, credits
from billing.account_form import AccountForm
from reference.csv_files import csv_response
from reference.dates import paris_day

PER_PAGE = 20


@require_safe
@employer_required
def ledger(request: HttpRequest) -> HttpResponse:
    """Every credit that came in or went out, the latest first, with what was left of its kind."""
    employer = request.employer
    form = AccountForm(request.GET, credits=account.credits_of(employer))
    page = Paginator(account.movements(employer, form.choice), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "space_tab": "orders",
        "form": form,
        "page": page,
        "lines": account.lines(page.object_list, account.balances_after(employer)),
        "balances": credits.balances(employer),
        "may_buy": request.membership.role in BUYERS,
        "may_write": request.membership.role in EDITORS,
    }
    return render(request, "billing/ledger.html", context)


@require_safe
@employer_required
@limited("credits_file", "120/h/user", reading=True)
def ledger_csv(request: HttpRequest) -> HttpResponse:
    """The same, with the same filters, as a file for a spreadsheet; the oldest first."""
    form = AccountForm(request.GET, credits=account.credits_of(request.employer))
    name = f"credits-ash-{paris_day().isoformat()}"
    return csv_response(name, *account.table(request.employer, form.choice))
