"""An insert as a PDF of its module: exact millimetres, black only, text fitted to the module or said to be too long.

WeasyPrint drops what does not fit without a word. So the text is measured on a page four times as high as the module,
then set as large as it fits between the two limits below.
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from PIL import Image as Picture
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcherResponse

from billing.documents import FONTS, FontsOnly

from . import geometry
from .models import PrintInsert
from .typography import paragraphs, typeset

#: The text may be set this much smaller or larger than its format's own size.
SMALLEST, LARGEST = 0.8, 1.1
#: Halvings of the interval: the last one is finer than a printer sees.
STEPS = 6
#: A measure this close is a fit: rounding in points. CSS pixels.
_TOLERANCE = 0.3
#: Where the module's page finds the logo; an address of no network.
LOGO_URL = "ash:logo"
_FACES = (
    ("Encart Serif", "source-serif/SourceSerif4Variable-Roman.ttf.woff2", "normal"),
    ("Encart Sans", "source-sans/SourceSans3VF-Upright.ttf.woff2", "normal"),
)


@dataclass(frozen=True)
class Fit:
    """How an insert's text fits its module."""

    scale: float
    #: Characters to take out of the text; None when they are the headline or the contact that are too long.
    excess: int | None = 0

    @property
    def is_overset(self) -> bool:
        return self.excess != 0

    @property
    def sentence(self) -> str:
        """What to do about it, in French; empty when it fits."""
        if not self.is_overset:
            return ""
        if self.excess is None:
            return "Le titre ou le contact ne tient pas dans ce format\u202f: raccourcissez-le."
        return f"Le texte ne tient pas dans ce format\u202f: il y a {self.excess} signes de trop."


def insert_pdf(insert: PrintInsert) -> bytes:
    """The module as a PDF. Text that is too long is not cut in silence: a bar across the module says by how much."""
    found = fit(insert)
    return _document(insert, found.scale, notice=found.sentence).write_pdf()


def fit(insert: PrintInsert) -> Fit:
    """The largest size at which the whole text stands in the module, or how much of it is too long."""
    if not _fits(insert, SMALLEST):
        return Fit(SMALLEST, excess=_excess(insert))
    if _fits(insert, LARGEST):
        return Fit(LARGEST)
    low, high = SMALLEST, LARGEST
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _fits(insert, middle) else (low, middle)
    return Fit(low)


def _excess(insert: PrintInsert) -> int | None:
    """Characters of the text that do not fit at the smallest size; None if not even an empty text does."""
    if not _fits(insert, SMALLEST, text=""):
        return None
    text = insert.text.rstrip()
    low, high = 0, len(text)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _fits(insert, SMALLEST, text=text[:middle]) else (low, middle)
    return len(text) - low


def _fits(insert: PrintInsert, scale: float, text: str | None = None) -> bool:
    """Whether text and foot stand apart. On a page four times as high nothing is lost before it is measured."""
    page = _document(insert, scale, text=text, measuring=True).pages[0]
    try:
        foot, end, body = page.anchors["foot"], page.anchors["end"], page.anchors["body"]
    except KeyError:
        return False
    right = max(end[2], body[2])
    module = page.anchors["module"]
    return max(end[3], body[3]) <= foot[1] + _TOLERANCE and right <= module[2] + _TOLERANCE


def _document(
    insert: PrintInsert, scale: float, *, text: str | None = None, measuring: bool = False, notice: str = ""
) -> Document:
    sheet, fonts = _style()
    html = render_to_string("pages/magazine/insert.html", _context(insert, scale, text, measuring, notice))
    files = InsertFiles(_logo(insert))
    return HTML(string=html, url_fetcher=files, base_url=None).render(stylesheets=[sheet], font_config=fonts)


def _context(
    insert: PrintInsert, scale: float, text: str | None, measuring: bool, notice: str
) -> dict[str, Any]:
    width, height = geometry.size(insert.format)
    return {
        "format": insert.format,
        "width": f"{width:.3f}",
        "height": f"{height:.3f}",
        "page_height": f"{height * (4 if measuring else 1):.3f}",
        "scale": f"{scale:.4f}",
        "employer": typeset(insert.employer.legal_name),
        "headline": typeset(insert.headline),
        "facts": typeset(_facts(insert)),
        "paragraphs": paragraphs(insert.text if text is None else text),
        "contact": typeset(insert.contact_line),
        "reference": f"ASH-{insert.pk or '…'}",
        "logo": LOGO_URL if _logo(insert) else "",
        "notice": notice,
    }


def _facts(insert: PrintInsert) -> str:
    """Contract, place and agreement, where the ad still exists."""
    ad = insert.placement.ad
    if ad is None:
        return ""
    known = [ad.contract_type and ad.contract_type.short, ad.place, ad.agreement and ad.agreement.short]
    return " · ".join(fact for fact in known if fact)


class InsertFiles(FontsOnly):
    """The fonts, and the logo of the one employer: nothing is read from an address."""

    def __init__(self, logo: bytes | None) -> None:
        super().__init__()
        self.logo = logo

    def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
        if url == LOGO_URL and self.logo:
            return URLFetcherResponse(url, self.logo, {"Content-Type": "image/png"})
        return super().fetch(url, headers)


def _logo(insert: PrintInsert) -> bytes | None:
    """The employer's logo in greys, where it is wanted and there is one."""
    company = getattr(insert.employer, "company_page", None) if insert.with_logo else None
    return _grey(company.logo.file.name) if company and company.logo else None


@lru_cache(maxsize=64)
def _grey(name: str) -> bytes | None:
    """A picture of the storage as a grey PNG of print size; None when its file is lost or no picture.

    A picture that is replaced has another name.
    """
    try:
        with default_storage.open(name) as file, Picture.open(file) as picture:
            picture.thumbnail((900, 450))
            layers = picture.convert("RGBA")
    except (OSError, SyntaxError, Picture.DecompressionBombError):
        return None
    paper = Picture.new("RGBA", layers.size, "white")
    paper.alpha_composite(layers)
    out = BytesIO()
    paper.convert("L").save(out, "PNG")
    return out.getvalue()


@lru_cache(maxsize=1)
def _style() -> tuple[CSS, FontConfiguration]:
    # Shared: unpacking the fonts costs a second, and a configuration per document leaks memory.
    fonts = FontConfiguration()
    faces = "".join(
        f"@font-face{{font-family:'{name}';src:url({(FONTS / path).as_uri()});font-weight:200 900;font-style:{style}}}"
        for name, path, style in _FACES
    )
    sheet = faces + render_to_string("pages/magazine/insert.css")
    return CSS(string=sheet, font_config=fonts, url_fetcher=FontsOnly()), fonts
