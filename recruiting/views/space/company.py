"""The way into the space, and the company page: chosen, bought, edited, seen (G7, G8, G10)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.access import EDITORS, employer_required
from accounts.models import Employer
from accounts.ratelimits import limited
from billing import carts
from billing.models import Entitlement, Offer
from pages import companies
from reference.dates import paris_day

from .ads import company_of

#: What each tier gives, as it is said beside its price.
STANDARD = {
    "name": "Page standard",
    "summary": "La présentation de votre organisation, visible toute l’année.",
    "points": ["Présentation, logo et photos", "Vos annonces en ligne", "Dans la liste des entreprises"],
}
POINTS = {
    Offer.Tier.BRAND: [
        "Tout ce qu’a la page standard",
        "Candidatures spontanées",
        "Témoignages et chiffres clés",
    ],
    Offer.Tier.BRAND_PLUS: [
        "Tout ce qu’a la page marque employeur",
        "En tête de la liste des entreprises",
        "Mise en avant sur la page d’accueil",
    ],
}


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
        "standard": STANDARD | {"net": 0, "unit": "toute l’année"},
        "unread_applications": request.employer.applications.unanswered().count(),
        "may_write": request.membership.role in EDITORS,
    }
    if company is None:
        return render(request, "recruiting/space/company_page_new.html", context)
    tier = companies.tier_of(request.employer)
    context |= {
        "tier": tier,
        "tier_name": Offer.Tier(tier).label,
        "tier_ends_on": _tier_ends_on(request.employer, tier),
        "public_url": company.get_url(request) if company.live else "",
    }
    return render(request, "recruiting/space/company_page.html", context)


def page_offers() -> list[dict]:
    """The paid tiers on sale, as the offer card shows them. One query."""
    on_sale = Offer.objects.on_sale(paris_day()).filter(kind=Offer.Kind.COMPANY_PAGE, price__gt=0)
    return [
        {
            "pk": offer.pk,
            "name": offer.name,
            "summary": offer.description,
            "points": POINTS.get(offer.tier, []),
            "net": offer.price,
            "unit": "par an" if offer.months == 12 else f"pour {offer.months} mois",
            "featured": offer.tier == Offer.Tier.BRAND_PLUS,
        }
        for offer in on_sale
    ]


def _tier_ends_on(employer: Employer, tier: str):
    """The last day of the tier, prolongations included; None for the standard page."""
    held = Entitlement.objects.filter(employer=employer, kind=Entitlement.Kind.COMPANY_PAGE, tier=tier)
    return (
        held.filter(ends_on__gte=paris_day()).order_by("-ends_on").values_list("ends_on", flat=True).first()
    )


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
