"""What was typed into a step when the session had run out: kept over the log-in, shown again to the same employer."""

import time
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse

from accounts.models import Employer
from accounts.ratelimits import allowed

_KEY = "typed"
_SIGNER = signing.Signer(salt="billing.typed")
#: Seconds within which somebody logs in again.
_LIFE = 3600
_LONGEST, _MOST_FIELDS = 500, 30
#: Of a step's form, what is asked or made anew.
_LEFT_OUT = {"csrfmiddlewaretoken", "key", "total", "terms", "typed_for"}


def mark(employer: Employer) -> str:
    """Whose form it is, for its hidden field `typed_for`: nobody else is shown what was typed."""
    return _SIGNER.sign(str(employer.public_id))


def keeps_typed(view: Callable) -> Callable:
    """Decorate a step, outside what asks for a log-in: what somebody sends without a session is kept for `again`."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            whose = _read_mark(request.POST.get("typed_for", ""))
            if whose and allowed(request, "typed", "20/m/ip"):
                values = [(name, value) for name, value in request.POST.items() if name not in _LEFT_OUT]
                request.session[_KEY] = {
                    "path": request.path,
                    "whose": whose,
                    "at": time.time(),
                    "values": {name[:60]: value[:_LONGEST] for name, value in values[:_MOST_FIELDS]},
                }
        return view(request, *args, **kwargs)

    return wrapper


def again(request: HttpRequest) -> dict[str, str]:
    """What was typed into this step before the log-in, as its form's initial values; said in a message. Once."""
    if request.method == "POST" or request.session.get(_KEY, {}).get("path") != request.path:
        return {}
    kept = request.session.pop(_KEY)
    if kept["whose"] != str(request.employer.public_id) or time.time() - kept["at"] > _LIFE:
        return {}
    messages.info(
        request, "Votre session avait expiré : voici ce que vous aviez saisi. Rien n’est encore enregistré."
    )
    return kept["values"]


def _read_mark(mark: str) -> str:
    try:
        return _SIGNER.unsign(mark)
    except signing.BadSignature:
        return ""
