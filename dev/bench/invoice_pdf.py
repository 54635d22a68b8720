"""The PDF of an invoice beside WeasyPrint alone on the same page.

Ours reads the row, writes the page and the electronic invoice, checks it against its schema, and makes a PDF/A-3b of
both; the other side is handed the page, the style sheet and the fonts, and makes a plain PDF. Median of 30, in turns.
"""

from io import BytesIO

from _common import bench, in_turns, must, report

ROUNDS, BAR = 30, 1.5


def main() -> None:
    with bench("invoice_pdf"):
        from pypdf import PdfReader
        from weasyprint import HTML

        from billing import documents
        from billing.models import Invoice

        invoice = issued()
        page, (sheet, fonts) = documents.invoice_html(invoice), documents.style()

        made: list[bytes] = []

        def ours(_: int) -> None:
            made.append(documents.invoice_pdf(Invoice.objects.get(pk=invoice.pk)))

        def alone(_: int) -> None:
            source = HTML(string=page, url_fetcher=documents.FontsOnly(), base_url=None)
            must(source.write_pdf(stylesheets=[sheet], font_config=fonts), "there is no PDF")

        medians = in_turns(ours, alone, ROUNDS)
        attached = PdfReader(BytesIO(made[-1])).attachments
        must("factur-x.xml" in attached, "the PDF holds no electronic invoice")
    print(f"our invoice {medians[0] * 1000:.0f} ms, WeasyPrint alone {medians[1] * 1000:.0f} ms")
    report("invoice_pdf", medians[0] / medians[1], BAR)


def issued():
    """An invoice to be paid of three lines, with its QR code."""
    from billing import orders
    from billing.models import Offer
    from tests.factories import EmployerFactory, UserFactory

    employer = EmployerFactory(
        siret="35600000000048", vat_number="FR39356000000", vat_status="assujettie", pays_on_invoice=True
    )
    items = [(offer, 1) for offer in Offer.objects.filter(code__in=("web-3", "print-1-4", "page-marque"))]
    return orders.order_on_invoice(employer, items, by=UserFactory()).invoices.get()


if __name__ == "__main__":
    main()
