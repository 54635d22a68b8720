"""Who the person acts for: read once, and only when asked for."""

from django.utils.functional import SimpleLazyObject

from .models import Membership

SESSION_KEY = "employer"


def memberships_of(user) -> list[Membership]:
    """The user's memberships, by employer's name. One query."""
    if not user.is_authenticated:
        return []
    return list(
        Membership.objects.filter(user=user).select_related("employer").order_by("employer__legal_name", "pk")
    )


class EmployerMiddleware:
    """Puts `request.memberships` on the request: all the person's, by employer's name.

    A person of several employers chooses one (kept in the session as its public id); else it is the first by name:
    see `current_membership`. `accounts.access.employer_required` sets `request.employer` and `request.membership`.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.memberships = SimpleLazyObject(lambda: memberships_of(request.user))
        return self.get_response(request)


def current_membership(request) -> Membership | None:
    """The membership in use. Cached on the request."""
    if not hasattr(request, "_membership"):
        chosen = request.session.get(SESSION_KEY)
        memberships = list(request.memberships)
        request._membership = next(
            (m for m in memberships if str(m.employer.public_id) == chosen),
            memberships[0] if memberships else None,
        )
    return request._membership


def current_employer(request):
    """The employer the person acts for, or None."""
    membership = current_membership(request)
    return membership.employer if membership else None
