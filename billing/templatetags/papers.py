"""What quotes and invoices write in a way of their own. Load with `{% load papers %}`."""

from django import template
from stdnum.fr import siren
from stdnum.fr import siret as siret_number

register = template.Library()
NO_BREAK = "\u00a0"


@register.filter
def grouped(value: str) -> str:
    """A SIREN or a SIRET as people read it: "732 829 320", "732 829 320 00074"."""
    number = siren if len(value) == 9 else siret_number
    return number.format(value).replace(" ", NO_BREAK)
