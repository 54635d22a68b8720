"""Who may enter the recruiter's screens, and for whom they act there."""

from collections.abc import Callable, Iterable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .middleware import current_membership
from .models import Employer, Membership, User

#: Roles that may change what the organisation is, and buy for it.
MANAGERS = frozenset({Membership.Role.ADMINISTRATOR, Membership.Role.BILLING})
#: Roles that may write ads and the company page.
EDITORS = frozenset({Membership.Role.ADMINISTRATOR, Membership.Role.RECRUITER})
#: Roles that may buy: everyone but readers.
BUYERS = MANAGERS | EDITORS


def employer_required(view: Callable | None = None, *, roles: Iterable[str] | None = None) -> Callable:
    """Decorate a view of the recruiter's space; it finds `request.employer` and `request.membership` set.

    Anonymous → log-in, then back. No employer yet → the organisation form; a candidate or the office → a page that
    says why not. A member whose role is not in `roles` → 403 that names the administrators.
    Use it bare (`@employer_required`) or with roles (`@employer_required(roles=EDITORS)`).
    """
    wanted = frozenset(roles) if roles is not None else None

    def decorator(inner: Callable) -> Callable:
        @wraps(inner)
        def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            membership = current_membership(request)
            if getattr(request, "employer_lost", False):
                return _lost_employer(request, membership)
            if membership is None:
                return _without_employer(request)
            if wanted is not None and membership.role not in wanted:
                return _wrong_role(request, membership)
            request.membership = membership
            request.employer = membership.employer
            return inner(request, *args, **kwargs)

        return wrapper

    return decorator if view is None else decorator(view)


def managers_of(employer: Employer) -> list[User]:
    """The people who may change the organisation and its billing: whom to ask. One query."""
    members = User.objects.filter(
        is_active=True, memberships__employer=employer, memberships__role__in=MANAGERS
    )
    return list(members.order_by("last_name", "first_name", "pk").distinct())


def is_candidate(user: User) -> bool:
    """Whether this person has a candidate profile (a relation that the layer above hangs on the user)."""
    return user.is_authenticated and hasattr(user, "candidate")


def _without_employer(request: HttpRequest) -> HttpResponse:
    if request.user.is_office or is_candidate(request.user):
        context = {"is_office": request.user.is_office}
        return render(request, "accounts/not_a_recruiter.html", context, status=403)
    return redirect("accounts:organisation")


def _lost_employer(request: HttpRequest, membership: Membership | None) -> HttpResponse:
    """The employer in use is the person's no more: nothing of this request is done for another one."""
    sentence = "Vous ne faites plus partie de l’équipe de l’employeur pour lequel vous agissiez."
    if membership is None:
        messages.warning(request, sentence)
        return _without_employer(request)
    messages.warning(request, f"{sentence} Vous agissez maintenant pour {membership.employer}.")
    return redirect("recruiting:space")


def _wrong_role(request: HttpRequest, membership: Membership) -> HttpResponse:
    administrators = User.objects.filter(
        memberships__employer=membership.employer, memberships__role=Membership.Role.ADMINISTRATOR
    )
    context = {"membership": membership, "administrators": administrators}
    return render(request, "accounts/wrong_role.html", context, status=403)
