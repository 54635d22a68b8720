""" "Ne plus recevoir": what the one-click address of a mail opens, for who is logged in or not."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts import notifications
from accounts.ratelimits import allowed, too_many

#: Counted by key: mailbox providers post for thousands of people from one address.
TRIES = "30/h/key"


# The provider posts without a cookie (RFC 8058): the signature in the address is what is asked of it.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refuse_mails(request: HttpRequest, key: str) -> HttpResponse:
    """Ask (GET: programs that look into mails follow links), or refuse the mails of the kind (POST). Never redirects.

    Without a log-in it says nothing of the person but what the mail said already.
    """
    found = notifications.find(key)
    if found is None:
        raise Http404
    user, kind = found
    if not allowed(request, "refuse_mails", TRIES, key=key):
        return too_many(request)
    if request.method == "POST":
        notifications.choose(user, {kind.code: False})
    context = {"kind": kind, "is_refused": notifications.has_refused(user, kind)}
    return render(request, "accounts/refuse_mails.html", context)
