"""The electronic invoice within its PDF: an attachment, and the metadata by which readers find it."""

from datetime import UTC, datetime
from functools import lru_cache
from importlib import resources

import facturx
import pydyf
from lxml import etree
from weasyprint import Attachment, Document
from weasyprint.document import DocumentMetadata

#: The name that the Factur-X specification gives the file.
NAME = "factur-x.xml"
LEVEL = "EN 16931"
#: With an XML that says all of the invoice, "Data" is the relationship that French readers expect.
RELATIONSHIP = "Data"

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"
_FX = "{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}"


class FacturXMetadata(DocumentMetadata):
    """WeasyPrint's metadata with those of Factur-X in the same `rdf:RDF`.

    `xmp_metadata`, the documented way, appends a second one, which validators and readers of XMP pass over.
    """

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
        """The one `rdf:RDF` of the packet."""
        rdf = etree.fromstring(super().generate_rdf_metadata(variant, version, conformance))
        rdf.extend(etree.fromstring(_extension()))
        return etree.tostring(rdf)


def embedded(document: Document, xml: bytes, at: datetime) -> Document:
    """Give a laid-out document its electronic invoice. `at` dates the attachment: the moment of issue, never now."""
    moment = at.astimezone(UTC)
    metadata = FacturXMetadata()
    metadata.__dict__.update(document.metadata.__dict__)
    metadata.attachments = [
        Attachment(
            string=xml.decode(),
            name=NAME,
            description="Facture électronique (Factur-X, EN 16931)",
            relationship=RELATIONSHIP,
            created=moment,
            modified=moment,
        )
    ]
    document.metadata = metadata
    return document


def name_once(document: Document, pdf: pydyf.PDF) -> None:
    """A finisher: WeasyPrint names the attachment twice among the document's associated files."""
    files = pdf.catalog["AF"]
    files[:] = list(dict.fromkeys(files))


@lru_cache(maxsize=1)
def _extension() -> bytes:
    """The properties of Factur-X and their PDF/A extension schema, from factur-x's own template."""
    template = resources.files(facturx) / "xmp" / "Factur-X_extension_schema.xmp"
    parser = etree.XMLParser(remove_comments=True, remove_blank_text=True)
    rdf = etree.fromstring(template.read_bytes(), parser)
    level = rdf.find(f".//{_FX}ConformanceLevel")
    if rdf.tag != _RDF or level is None:
        raise RuntimeError("factur-x's metadata template is not what this module knows")
    level.text = LEVEL
    return etree.tostring(rdf)
