"""What every template sees."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from accounts.access import BUYERS
from accounts.middleware import current_membership
from billing import baskets
from billing.carts import cart_count


def site(request):
    """`nav`: who looks at the page and where it stands; lazy, so that pages without a header cost nothing."""
    return {"nav": SimpleLazyObject(lambda: _nav(request)), "site_url": settings.SITE_URL}


def _nav(request) -> dict:
    # Error pages may come before the middlewares that know the person.
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated and hasattr(request, "memberships")
    membership = current_membership(request) if known else None
    employer = membership.employer if membership else None
    return {
        "user_kind": _kind(user, employer) if known else "anonymous",
        "employer": employer,
        "employers": [m.employer for m in request.memberships] if known else [],
        "may_buy": membership is None or membership.role in BUYERS,
        "cart_count": cart_count(employer) if employer else _chosen(request),
        "current": _section(request.path),
        "contact_email": settings.OFFICE_EMAIL,
        "contact_phones": settings.OFFICE_PHONES,
    }


def _chosen(request) -> int:
    """What lies in the basket of somebody who acts for no employer yet."""
    return baskets.count(request.session) if hasattr(request, "session") else 0


def _kind(user, employer) -> str:
    if employer:
        return "recruiter"
    if user.is_office:
        return "office"
    return "candidate" if hasattr(user, "candidate") else "recruiter"


def _section(path: str) -> str:
    sections = {
        "annonces": "ads",
        "entreprises": "companies",
        "cvtheque": "cvs",
        "magazine": "magazine",
        "espace-recruteur": "space",
        "espace-candidat": "candidate",
    }
    parts = path.strip("/").split("/")
    if parts[0] == "entreprises" and len(parts) > 2:
        # The pages under a company are its ads.
        return "ads"
    return sections.get(parts[0], "")
