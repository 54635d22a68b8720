"""The platform tells by itself what became of an invoice: a POST that it signs.

X-Timestamp: seconds since 1970
X-Signature: hex of HMAC-SHA256(secret, timestamp + "." + body)
{"id": …, "status": …, "message": …}
"""

import hashlib
import hmac
import json
import time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.ratelimits import limited
from billing.models import Transmission

from .base import Answer
from .choice import active
from .sending import take_in
from .statuses import state_of

#: How old an event may be, in seconds: a copy of one is soon worth nothing.
OLDEST = 300
MOST_BYTES = 64 * 1024


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """What the platform signs an event with."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


@csrf_exempt
@require_POST
@limited("platform", "1200/m/ip")
def platform_status(request: HttpRequest) -> HttpResponse:
    """Take an event in. Twice, late or out of order it changes nothing; an id that is none of ours is a 404."""
    platform = active()
    if platform is None or not settings.EINVOICE_WEBHOOK_SECRET:
        raise Http404
    body = request.body
    if len(body) > MOST_BYTES:
        return JsonResponse({"detail": "too large"}, status=413)
    if not _is_signed(request, body):
        return JsonResponse({"detail": "bad signature"}, status=403)
    try:
        said = json.loads(body)
        remote_id, word, message = said["id"], said["status"], said.get("message", "")
    except (ValueError, TypeError, KeyError, AttributeError):
        return JsonResponse({"detail": "id and status are needed"}, status=400)
    if (
        not all(isinstance(value, str) and "\0" not in value for value in (remote_id, message))
        or not remote_id
    ):
        return JsonResponse({"detail": "id and message are texts"}, status=400)
    transmission = Transmission.objects.filter(platform=platform.name, remote_id=remote_id).first()
    if transmission is None:
        return JsonResponse({"detail": "unknown id"}, status=404)
    state = state_of(word)
    changed = state is not None and take_in(transmission, Answer(remote_id, state, message))
    return JsonResponse({"changed": changed})


def _is_signed(request: HttpRequest, body: bytes) -> bool:
    timestamp, given = request.headers.get("X-Timestamp", ""), request.headers.get("X-Signature", "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12):
        return False
    wanted = signature(settings.EINVOICE_WEBHOOK_SECRET, timestamp, body)
    fresh = abs(time.time() - int(timestamp)) <= OLDEST
    return hmac.compare_digest(wanted.encode(), given.encode()) and fresh
