""" "Mes annonces", and beginning an ad with a credit at hand (G11, G19)."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import EDITORS, employer_required
from accounts.models import Employer
from accounts.ratelimits import limited
from billing import credits
from billing.models import Offer
from pages import ads
from pages.models import AdDay, CompanyPage, MagazineIssue
from reference.dates import paris_day

from .lists import AdFilters, Choices
from .rows import row, with_figures

PAGE_SIZE = 20
#: How long a second click on "Utiliser cette offre" is recognised as such.
ONE_CLICK = 60 * 60
#: What a draft begun without any credit will ask for; it changes freely until the publication.
WITHOUT_CREDIT = {"brouillon": (Offer.Kind.WEB, "")}


def company_of(employer: Employer) -> CompanyPage | None:
    """The employer's company page. One query."""
    return CompanyPage.objects.filter(employer=employer).first()


@require_GET
@employer_required
def ads_list(request: HttpRequest) -> HttpResponse:
    """All ads of the employer in all states, with their figures. A constant number of queries."""
    employer = request.employer
    company = company_of(employer)
    if company is None:
        return redirect("recruiting:company_page")
    filters = AdFilters.read(request.GET)
    own = with_figures(ads.of_employer(employer)).select_related("commune", "owner")
    page = Paginator(filters.apply(own), PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = [row(ad, request, company.live) for ad in page.object_list]
    unanswered = employer.applications.unanswered().count()
    balances = credits.balances(employer)
    context = {
        "space_tab": "ads",
        "page": page,
        "filters": filters,
        "choices": Choices.of(employer),
        "company": company,
        "balances": balances,
        "next_issue": _next_issue(balances),
        "views_this_week": _views_this_week(employer),
        "unanswered": unanswered,
        "unread_applications": unanswered,
        "may_write": request.membership.role in EDITORS,
    }
    return render(request, "recruiting/space/ads.html", context)


def _next_issue(balances: list[credits.Balance]) -> MagazineIssue | None:
    """The issue that the next insert goes into; asked only when there is a credit for one."""
    if not any(balance.print_format for balance in balances):
        return None
    return MagazineIssue.objects.open_at(timezone.now()).first()


def _views_this_week(employer: Employer) -> int:
    since = paris_day() - timedelta(days=6)
    return AdDay.objects.filter(ad__employer=employer, day__gte=since).aggregate(n=Sum("views"))["n"] or 0


@require_http_methods(["GET", "HEAD", "POST"])
@employer_required(roles=EDITORS)
@limited("ad_new", "60/h/user")
def ad_new(request: HttpRequest) -> HttpResponse:
    """Choose the credit that the ad will spend; then its draft opens in the editor."""
    employer = request.employer
    if company_of(employer) is None:
        messages.info(request, "Créez d’abord votre page entreprise : vos annonces y prendront place.")
        return redirect("recruiting:company_page")
    balances = credits.balances(employer)
    if request.method == "POST":
        return _begin(request, balances)
    context = {"space_tab": "ads", "balances": balances, "form_key": uuid.uuid4()}
    return render(request, "recruiting/space/ad_new.html", context)


def _begin(request: HttpRequest, balances: list[credits.Balance]) -> HttpResponse:
    meant = request.POST.get("employer", "")
    if meant and meant != str(request.employer.public_id):
        # Another employer was chosen in another tab since: the ad must not begin in the wrong name.
        sentence = f"Vous agissez maintenant pour {request.employer}\u00a0: choisissez de nouveau le crédit."
        messages.warning(request, sentence)
        return redirect("recruiting:ad_new")
    key = request.POST.get("balance", "")
    offers = {b.key: (b.kind, b.print_format) for b in balances} or WITHOUT_CREDIT
    if key not in offers:
        messages.error(request, "Ce crédit n’est plus disponible : choisissez-en un autre.")
        return redirect("recruiting:ad_new")
    form_key = request.POST.get("form_key", "")[:40]
    if form_key and not cache.add(f"ad-new:{request.user.pk}:{form_key}", True, ONE_CLICK):
        # The same form sent twice: the first click made the draft, which now heads the list.
        return redirect("recruiting:ads")
    try:
        ad = ads.create_draft(request.employer, request.user, *offers[key])
    except ads.AdError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("recruiting:ad_new")
    return redirect("wagtailadmin_pages:edit", ad.pk)
