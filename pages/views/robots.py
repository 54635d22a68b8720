"""What search engines are told."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

#: Screens that are nobody's to find. `/annonces/?…` is left open: result pages say themselves what to index.
CLOSED = (
    f"/{settings.WAGTAIL_ADMIN_URL_PREFIX}/",
    "/api/",
    "/espace-recruteur/",
    "/espace-candidat/",
    "/mon-compte/",
    "/postuler/",
    "/candidature/",
    "/panier/",
)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in CLOSED),
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
