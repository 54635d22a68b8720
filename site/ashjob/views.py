"""Pages that belong to no application: refusals, health."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or not ours: say so and how to go on. Status 403."""
    return render(request, "403_csrf.html", status=403)


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """For the load balancer: 200 while the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
