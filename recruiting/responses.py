"""Answers that carry something confidential."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse

from .models import Cv

# What a browser may do with a file that a stranger sent, should it ever show it as a page: nothing.
_NOTHING = "default-src 'none'; frame-ancestors 'none'; sandbox"


def private(response: HttpResponse) -> HttpResponse:
    """Keep an answer out of caches and search engines, and its address out of other sites' logs.

    Not "no-referrer": browsers would then send "Origin: null", which the check against forged requests refuses.
    """
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def cv_file(cv: Cv) -> HttpResponse:
    """The CV as a download. The caller has checked who asks."""
    response = FileResponse(
        cv.file.open("rb"), as_attachment=True, filename=cv.file_name, content_type="application/pdf"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _NOTHING
    return private(response)
