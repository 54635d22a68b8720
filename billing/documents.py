"""PDFs by WeasyPrint from frozen rows. The same row gives the same bytes."""

import os
from datetime import UTC
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from stdnum import iban
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from . import epc, facturx, money
from .models import Invoice, Quote

# fontTools stamps each embedded font with the present time unless this names another.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

FONTS = Path(settings.SITE_DIR) / "static" / "fonts"
#: PDF/A-3b: kept for ten years, and with room for the electronic invoice.
ARCHIVE = "pdf/a-3b"


class FontsOnly(URLFetcher):
    """Reads the site's own font files and nothing else: no address that a customer typed is ever fetched."""

    def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
        path = Path(url.removeprefix("file://")).resolve()
        if not url.startswith("file://") or not path.is_relative_to(FONTS):
            raise ValueError(f"A document may not fetch {url}")
        return super().fetch(url, headers)


@lru_cache(maxsize=1)
def style() -> tuple[CSS, FontConfiguration]:
    """The style sheet of all documents, with its fonts.

    Shared: unpacking the fonts costs a second, and a configuration per document leaks memory.
    """
    fonts = FontConfiguration()
    sheet = _faces() + render_to_string("billing/pdf/pdf.css")
    return CSS(string=sheet, font_config=fonts, url_fetcher=FontsOnly()), fonts


def invoice_html(invoice: Invoice) -> str:
    """The page of an invoice or a credit note."""
    seller = invoice.seller
    to_pay = invoice.kind == Invoice.Kind.INVOICE and not invoice.paid_on
    qr = epc.transfer_qr(seller, invoice.total_incl_vat, invoice.number) if to_pay else None
    return _html(
        "invoice",
        invoice,
        seller,
        to_pay=to_pay,
        days=(invoice.due_on - invoice.issued_on).days,
        mentions=facturx.mentions(invoice),
        iban=iban.format(seller["iban"]) if seller.get("iban") else "",
        qr=_inline(qr) if qr else "",
    )


def invoice_pdf(invoice: Invoice) -> bytes:
    """The Factur-X of an invoice or a credit note: PDF/A-3b holding its EN 16931 XML. Raises what factur-x does."""
    document = _laid_out(invoice_html(invoice), pdf_variant=ARCHIVE)
    whole = facturx.embedded(document, facturx.invoice_xml(invoice), invoice.issued_at)
    return whole.write_pdf(pdf_variant=ARCHIVE, pdf_tags=True, finisher=facturx.name_once)


def quote_pdf(quote: Quote) -> bytes:
    """The PDF of a quote."""
    return _laid_out(_html("quote", quote, quote.seller)).write_pdf(pdf_tags=True)


def _laid_out(html: str, **options: Any) -> Document:
    sheet, fonts = style()
    source = HTML(string=html, url_fetcher=FontsOnly(), base_url=None)
    # Tagged: a screen reader finds the headings and the tables.
    return source.render(stylesheets=[sheet], font_config=fonts, pdf_tags=True, **options)


def _html(name: str, document: Invoice | Quote, seller: dict[str, Any], **more: Any) -> str:
    lines = list(document.lines.all())
    context = {
        "document": document,
        "seller": seller,
        "legal_form": facturx.legal_form(seller),
        "lines": lines,
        "totals": money.totals(lines),
        "vat_mentions": list(dict.fromkeys(line.vat_mention for line in lines if line.vat_mention)),
        # In UTC, whatever the time zone of whoever asks: the same bytes.
        "moment": document.issued_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    html = render_to_string(f"billing/pdf/{name}.html", context | more)
    # The narrow blank of our faces is an eighth of an em: too thin between thousands on paper.
    return html.replace("\u202f", "\u00a0")


def _inline(qr: Any) -> str:
    # Our own drawing, as an element of the page: the documents fetch no pictures, not even their own.
    return mark_safe(qr.svg_inline(scale=1, border=0, dark="#1a2230", omitsize=True))  # noqa: S308


def _faces() -> str:
    serif = (FONTS / "source-serif" / "SourceSerif4Variable-Roman.ttf.woff2").as_uri()
    sans = (FONTS / "source-sans" / "SourceSans3VF-Upright.ttf.woff2").as_uri()
    faces = {"Source Serif 4": serif, "Source Sans 3": sans}
    return "".join(
        f"@font-face{{font-family:'{name}';src:url({address});font-weight:200 900}}"
        for name, address in faces.items()
    )
