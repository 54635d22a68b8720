"""The way into the space, and the company page: chosen, bought, edited, seen (G7, G8, G10)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.access import EDITORS, employer_required
from accounts.ratelimits import limited
from billing import carts, tiers
from billing.models import Offer
from pages import companies, photos
from pages.editor.company import kept
from reference.dates import paris_day

from .ads import company_of


@require_GET
@employer_required
def space(request: HttpRequest) -> HttpResponse:
    """The entrance: to the ads, or first to the company page (G7)."""
    return redirect("recruiting:ads" if company_of(request.employer) else "recruiting:company_page")


@require_GET
@employer_required
def company_page(request: HttpRequest) -> HttpResponse:
    """Without a page: the offers side by side. With one: its state, its tier, and the way to write it."""
    company = company_of(request.employer)
    context = {
        "space_tab": "company",
        "company": company,
        "offers": page_offers(),
        "standard": _card(tiers.STANDARD) | {"name": "Page standard", "net": 0, "unit": "toute l’année"},
        "tiers": tiers.TIERS,
        "comparison": comparison(),
        "unread_applications": request.employer.applications.unanswered().count(),
        "may_write": request.membership.role in EDITORS,
    }
    if company is None:
        return render(request, "recruiting/space/company_page_new.html", context)
    today = companies.standing(request.employer)
    context |= {
        "standing": today,
        "kept": [] if today.tier.is_paid else kept(company.get_latest_revision_as_object()),
        "public_url": company.get_url(request) if company.live else "",
        "pictures": photos.pictures(company),
    }
    return render(request, "recruiting/space/company_page.html", context)


def comparison() -> list[dict]:
    """Row by row, what each tier gives."""
    return [{"label": part.label, "gives": [row.gives(part) for row in tiers.TIERS]} for part in tiers.Part]


def page_offers() -> list[dict]:
    """The paid tiers on sale, as the offer card shows them. One query."""
    on_sale = Offer.objects.on_sale(paris_day()).filter(kind=Offer.Kind.COMPANY_PAGE, price__gt=0)
    return [
        _card(tiers.tier(offer.tier))
        | {
            "pk": offer.pk,
            "name": offer.name,
            "net": offer.price,
            "unit": "par an" if offer.months == 12 else f"pour {offer.months} mois",
            "featured": offer.tier == tiers.BRAND_PLUS.code,
        }
        for offer in on_sale
    ]


def _card(row: tiers.Tier) -> dict:
    return {"summary": row.summary, "points": tiers.new_points(row)}


@require_POST
@employer_required(roles=EDITORS)
@limited("company_page", "60/h/user")
def company_page_create(request: HttpRequest) -> HttpResponse:
    """ "Utiliser cette offre": makes the page and opens the editor; a paid tier goes into the cart first (G8)."""
    offer = None
    if request.POST.get("offer"):
        offer = next((o for o in page_offers() if str(o["pk"]) == request.POST["offer"]), None)
        if offer is None:
            messages.error(request, "Cette offre n’est plus en vente : choisissez-en une autre.")
            return redirect("recruiting:company_page")
    page = companies.create_page(request.employer, request.user)
    if offer is None:
        return redirect("wagtailadmin_pages:edit", page.pk)
    try:
        carts.add(request.employer, Offer.objects.get(pk=offer["pk"]))
    except carts.CartError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("recruiting:company_page")
    messages.success(
        request,
        f"« {offer['name']} » est dans votre panier, et votre page est prête à être remplie : "
        "elle passera à cette offre une fois la commande réglée.",
    )
    return redirect("billing:cart")
