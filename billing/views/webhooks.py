"""Where Stripe tells us of payments. No cookie, no CSRF token: the signature says who speaks."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from payments.core import provider_factory

from billing import stripe_events

#: Stripe's events are of some kilobytes.
MOST = 256 * 1024


@csrf_exempt
@never_cache
@require_POST
def stripe_webhook(request: HttpRequest) -> HttpResponse:
    """200 for what is done or does not concern us, 400 for what Stripe did not sign, 404 for a payment that is lost.

    Stripe sends again, for three days, whatever is not answered by a 2xx.
    """
    if int(request.headers.get("Content-Length") or 0) > MOST:
        return JsonResponse({"error": "Too long."}, status=413)
    try:
        provider = provider_factory(stripe_events.VARIANT)
    except ValueError:
        return JsonResponse({"error": "No card payments by Stripe here."}, status=404)
    try:
        event = stripe_events.read(
            request.body, request.headers.get("Stripe-Signature", ""), provider.endpoint_secret
        )
        done = stripe_events.apply(event)
    except stripe_events.Forged:
        return JsonResponse({"error": "Unreadable or forged event."}, status=400)
    except stripe_events.NotFound:
        return JsonResponse({"error": "Payment not found."}, status=404)
    return JsonResponse({"status": "done" if done else "ignored"})
