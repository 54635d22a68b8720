"""PDFs good and bad, forms filled in, rights given: what these tests build often."""

import io
import uuid
from datetime import timedelta

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from billing.models import Entitlement, Offer
from reference.dates import paris_day
from tests.factories import pdf_bytes


def cv_upload(data: bytes | None = None, name: str = "cv.pdf") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, pdf_bytes() if data is None else data, content_type="application/pdf")


def text_pdf(text: str) -> bytes:
    """A page that bears these words."""
    pdf, out = pikepdf.new(), io.BytesIO()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = pdf.make_stream(b"BT /F1 12 Tf 72 720 Td (" + text.encode("cp1252") + b") Tj ET")
    pdf.save(out)
    return out.getvalue()


def pdf_with(active: bool = False, link: str = "") -> bytes:
    """A page with whatever a PDF can carry that acts, or a link."""
    pdf, out = pikepdf.new(), io.BytesIO()
    page = pdf.add_blank_page()
    actions = []
    if link:
        actions.append(pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(link)))
    if active:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("evil()"))
        pdf.Root.OpenAction = pdf.make_indirect(script)
        names = pikepdf.Array([pikepdf.String("a"), pikepdf.Dictionary(script)])
        pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=names))
        page.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(script))
        actions.append(pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe")))
        pdf.attachments["payload.exe"] = pikepdf.AttachedFileSpec(pdf, b"payload")
    annotations = [
        pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
        for action in actions
    ]
    page.Annots = pdf.make_indirect(pikepdf.Array(annotations))
    pdf.save(out)
    return out.getvalue()


def typed(**changes) -> dict:
    """The form to apply, filled in."""
    form = {
        "first_name": "Inès",
        "last_name": "Moreau",
        "email": "ines.moreau@test.example",
        "phone": "06 12 34 56 78",
        "letter": "Votre projet de vie à écrire m’a donné envie d’écrire.",
        "form_key": str(uuid.uuid4()),
        "staged": "",
        "website": "",
        "cv": cv_upload(),
    }
    return form | changes


def entitle(employer, kind: str, tier: str = "", days: int = 90) -> Entitlement:
    """A right that runs from today."""
    today = paris_day()
    return Entitlement.objects.create(
        employer=employer,
        kind=kind,
        tier=tier,
        starts_on=today,
        ends_on=today + timedelta(days=days),
        reference=f"test:{uuid.uuid4()}",
    )


def brand(employer) -> Entitlement:
    """A paid company page."""
    return entitle(employer, Entitlement.Kind.COMPANY_PAGE, Offer.Tier.BRAND)


def subscribe(employer, days: int = 90) -> Entitlement:
    """Access to the CV library."""
    return entitle(employer, Entitlement.Kind.CV_ACCESS, days=days)
