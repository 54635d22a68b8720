"""The page to go to once a person is inside: kept in the session over log-in, sign-up and organisation form."""

from django.http import HttpRequest

_KEY = "return_to"


def remember(request: HttpRequest, path: str) -> None:
    """Keep one of our own paths (never one from a request: no check is made when it is followed)."""
    request.session[_KEY] = path


def peek(request: HttpRequest) -> str:
    """The path that is kept, or nothing."""
    return request.session.get(_KEY, "")


def take(request: HttpRequest) -> str:
    """The path that is kept, or nothing; it is followed once."""
    return request.session.pop(_KEY, "")
