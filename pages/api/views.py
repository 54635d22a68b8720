"""Who asks decides which API answers: without a valid token ours for the public, with one Wagtail's own."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from wagtail.api.v3.auth import BearerTokenAuth

READING = frozenset({"GET", "HEAD"})


def by_token(public: Callable, own: Callable) -> Callable:
    """A view that answers reading without a token by `public`, anything else by `own`."""

    @csrf_exempt  # The API knows no session: there is nothing to forge.
    def view(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        is_public = request.method in READING and not BearerTokenAuth()(request)
        return (public if is_public else own)(request, *args, **kwargs)

    return view
