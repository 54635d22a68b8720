"""The electronic invoice: an EN 16931 CII file (Factur-X, profile EN 16931) from a frozen invoice, and its PDF.

It reads the invoice, its lines and the invoice that a credit note refers to, all of them frozen; no settings, no
catalogue, no employer. So the same row gives the same bytes for as long as it is kept.
"""

from .embedding import NAME, embedded, name_once
from .notes import mentions
from .parties import legal_form
from .xml import invoice_xml

__all__ = ["NAME", "embedded", "invoice_xml", "legal_form", "mentions", "name_once"]
