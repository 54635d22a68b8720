"""PDFs by WeasyPrint from frozen rows. The same row gives the same bytes."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from . import money
from .models import Invoice, Quote

# fontTools stamps each embedded font with the present time unless this names another.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

FONTS = Path(settings.SITE_DIR) / "static" / "fonts"


class FontsOnly(URLFetcher):
    """Reads the site's own font files and nothing else: no address that a customer typed is ever fetched."""

    def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
        path = Path(url.removeprefix("file://")).resolve()
        if not url.startswith("file://") or not path.is_relative_to(FONTS):
            raise ValueError(f"A document may not fetch {url}")
        return super().fetch(url, headers)


@lru_cache(maxsize=1)
def _style() -> tuple[CSS, FontConfiguration]:
    # Shared: unpacking the fonts costs a second, and a configuration per document leaks memory.
    fonts = FontConfiguration()
    faces = {
        "Source Serif 4": FONTS / "source-serif" / "SourceSerif4Variable-Roman.ttf.woff2",
        "Source Sans 3": FONTS / "source-sans" / "SourceSans3VF-Upright.ttf.woff2",
    }
    css = "".join(
        f"@font-face{{font-family:'{name}';src:url({path.as_uri()});font-weight:200 900}}"
        for name, path in faces.items()
    )
    sheet = css + render_to_string("billing/pdf/pdf.css")
    return CSS(string=sheet, font_config=fonts, url_fetcher=FontsOnly()), fonts


def render_pdf(template: str, context: dict[str, Any]) -> bytes:
    """A PDF of a template in the documents' style. Fetches nothing but fonts; the same input gives the same bytes."""
    sheet, fonts = _style()
    html = HTML(string=render_to_string(template, context), url_fetcher=FontsOnly(), base_url=None)
    return html.write_pdf(stylesheets=[sheet], font_config=fonts)


def invoice_pdf(invoice: Invoice) -> bytes:
    """The PDF of an invoice or a credit note."""
    lines = list(invoice.lines.all())
    context = {"document": invoice, "lines": lines, "totals": money.totals(lines), "seller": invoice.seller}
    return render_pdf("billing/pdf/invoice.html", context)


def quote_pdf(quote: Quote) -> bytes:
    """The PDF of a quote."""
    lines = list(quote.lines.all())
    context = {"document": quote, "lines": lines, "totals": money.totals(lines), "seller": settings.SELLER}
    return render_pdf("billing/pdf/quote.html", context)
