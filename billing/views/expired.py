"""A button pressed when the session had run out: the log-in brings the person back to its address, by a GET."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


def ask_again(request: HttpRequest, name: str, *args: object) -> HttpResponse:
    """Lead to the page whose button it was; nothing was done, and the page says so."""
    messages.info(request, "Rien n’est encore fait : votre session avait expiré. Recommencez à partir d’ici.")
    return redirect(name, *args)
