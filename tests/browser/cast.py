"""Who and what the guide is told with."""

import re

from tests.factories import pdf_bytes

from .people import shown

RECRUITER = "claire.fontaine@les-acacias.example"
CANDIDATE = "ines.moreau@candidats.example"
TITLE = "Éducateur spécialisé F/H en IME"
#: The same as a page shows it, with its unbreakable spaces.
SHOWN = re.compile(f"^{shown(TITLE)}$")
CV = {"name": "cv-ines-moreau.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes()}
