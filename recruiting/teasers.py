"""What anyone may see of a profile of the CV library (G29): controlled words, nothing that names a person."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from reference.dates import paris_day

from .models import Candidate


def teaser(candidate: Candidate) -> dict[str, Any]:
    """The keys that `components/cv_card.html` shows. No query when profession, commune and diplomas are prefetched.

    Title and presentation are the candidate's own words and may hold a name: they are left out.
    """
    return {
        "url": reverse("recruiting:cv", args=[candidate.public_id]),
        "title": candidate.profession.label if candidate.profession else "Profil",
        "place": str(candidate.commune) if candidate.commune else "",
        "distance_km": None,
        "experience": candidate.get_experience_display(),
        "availability": availability(candidate),
        "diploma": ", ".join(diploma.short for diploma in list(candidate.diplomas.all())[:3]),
        "structures": "",
        "excerpt": "",
        "refreshed": candidate.refreshed_at,
        "name": "",
        "initials": "",
    }


def availability(candidate: Candidate) -> str:
    """ "Disponible", or from when."""
    if candidate.available_on is None or candidate.available_on <= paris_day():
        return "Disponible"
    return f"Disponible le {candidate.available_on:%d/%m/%Y}"
