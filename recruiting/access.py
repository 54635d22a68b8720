"""Who may enter the candidate's screens, and who reads applications."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import EDITORS
from accounts.models import Membership, User

from .models import Candidate

#: Roles that read applications and CVs. Billing has no need to know who applies.
READERS = EDITORS | {Membership.Role.READER}


def candidate_required(view: Callable) -> Callable:
    """Decorate a view of the candidate's space; it finds `request.candidate` set.

    Anonymous → log-in, then back. A recruiter or the office → a page that says why not. A person who is neither
    becomes a candidate at the first visit.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        candidate = Candidate.objects.select_related("user").filter(user=request.user).first()
        if candidate is None:
            if request.user.is_office or list(request.memberships):
                return render(request, "recruiting/candidate/not_a_candidate.html", status=403)
            candidate = candidate_of(request.user)
        request.candidate = candidate
        return view(request, *args, **kwargs)

    return wrapper


def candidate_of(user: User) -> Candidate:
    """The person's candidate profile, made when missing."""
    return Candidate.objects.select_related("user").get_or_create(user=user)[0]
