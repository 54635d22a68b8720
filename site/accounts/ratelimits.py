"""Rate limits of our own views, counted by allauth in the shared cache as it counts log-ins.

What is only read, often and cheaply, is counted in the process: `within`.

    @require_POST
    @limited("apply", "20/h/ip")
    def apply(request, …): …

A rate is "amount/duration/per": per is "ip" or "user" (the person must be logged in), several are separated by commas
("5/m/ip,30/d/user"). Views of the same action share one count.
"""

from collections.abc import Callable
from functools import wraps

from allauth.core.internal import ratelimit
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

APP = "ashjob"


def limited(action: str, rates: str, *, reading: bool = False) -> Callable:
    """Decorate a view: beyond the rates its POSTs answer 429 with `429.html`.

    Reading (GET) is not counted, unless `reading`: for what costs much to make, a file or a PDF.
    """
    ratelimit.parse_rates(rates)  # a mistyped rate fails when the module is loaded, not in front of a person

    def decorator(view: Callable) -> Callable:
        @wraps(view)
        def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not allowed(request, action, rates, reading=reading):
                return too_many(request)
            return view(request, *args, **kwargs)

        return wrapper

    return decorator


def allowed(
    request: HttpRequest, action: str, rates: str, key: str | None = None, *, reading: bool = False
) -> bool:
    """Count this request and say whether it is within the rates; for rates "per key" pass the key (an address)."""
    if request.method in ("GET", "HEAD", "OPTIONS") and not reading:
        return True
    config = {action: rates}
    return bool(ratelimit.consume(request, app=APP, action=action, config=config, key=key, limit_get=reading))


def within(request: HttpRequest, action: str, a_minute: int) -> bool:
    """Count this request of this address in the process and say whether it is within `a_minute`.

    The address is as allauth takes it: of IPv6 the network, since a client has a whole one to itself. The shared cache
    would cost more than the answer; each process counts for itself, so several let through as many times more.
    """
    cache, key = caches["local"], f"within:{action}:{ratelimit.get_ip(request)}"
    cache.add(key, 0, 60)
    try:
        return bool(cache.incr(key) <= a_minute)
    except ValueError:  # it ended between the two lines
        return True


def too_many(request: HttpRequest) -> HttpResponse:
    """The page that says to wait a little. Status 429."""
    return render(request, "429.html", status=429)
