"""Who the person acts for: read once, and only when asked for."""

from datetime import UTC, datetime

from django.conf import settings
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from .models import Membership
from .second_factor import has_second_factor

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

    A person of several employers chooses one (kept in the session as its public id): see `current_membership`.
    `accounts.access.employer_required` sets `request.employer` and `request.membership`.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.memberships = SimpleLazyObject(lambda: memberships_of(request.user))
        return self.get_response(request)


def current_membership(request) -> Membership | None:
    """The membership in use: the session's choice, else the one chosen last, else the first by name.

    Cached on the request. When the session's choice is the person's no more, `request.employer_lost` is set: the
    screens say so before anything happens in another employer's name.
    """
    if not hasattr(request, "_membership"):
        request._membership = _find(request, list(request.memberships))
    return request._membership


def read_again(request) -> None:
    """Forget what was read for somebody else: at a log-in the person changes in the middle of the request."""
    request.memberships = SimpleLazyObject(lambda: memberships_of(request.user))
    if hasattr(request, "_membership"):
        del request._membership


def _find(request, memberships: list[Membership]) -> Membership | None:
    chosen = request.session.get(SESSION_KEY)
    found = next((m for m in memberships if str(m.employer.public_id) == chosen), None)
    if found:
        return found
    request.employer_lost = chosen is not None
    never = datetime.min.replace(tzinfo=UTC)
    last = max(memberships, key=lambda m: m.chosen_at or never, default=None)
    if last and len(memberships) > 1:
        # From now on a removal is noticed, instead of leading silently to the next employer.
        request.session[SESSION_KEY] = str(last.employer.public_id)
    elif chosen:
        del request.session[SESSION_KEY]
    return last


def choose(request, membership: Membership) -> None:
    """Act for this employer from now on, in this session and at the next log-in. One query."""
    request.session[SESSION_KEY] = str(membership.employer.public_id)
    request._membership = membership
    request.employer_lost = False
    Membership.objects.filter(pk=membership.pk).update(chosen_at=timezone.now())


def current_employer(request):
    """The employer the person acts for, or None."""
    membership = current_membership(request)
    return membership.employer if membership else None


class OfficeSecondFactorMiddleware:
    """Leads the publisher's staff to its second factor before anything else (`OFFICE_SECOND_FACTOR`).

    Reached without one: what sets it up, proving who one is, and the way out. Tokens of the API are not sessions.
    """

    OPEN = frozenset(
        {
            "accounts:security",
            "accounts:second_factor_needed",
            "account_logout",
            "account_reauthenticate",
            "account_set_password",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key",
            "account_reset_password_from_key_done",
            "account_confirm_email",
            "mfa_index",
            "mfa_reauthenticate",
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "mfa_reauthenticate_webauthn",
            "health",
        }
    )

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not settings.OFFICE_SECOND_FACTOR or request.resolver_match.view_name in self.OPEN:
            return None
        user = request.user
        if not (user.is_authenticated and (user.is_staff or user.is_superuser)) or has_second_factor(user):
            return None
        return redirect("accounts:second_factor_needed")
