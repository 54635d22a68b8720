"""What the API says of ads and company pages: only what their public pages say."""

from django.utils import timezone
from wagtail.api import APIField


def _writable(*names: str) -> list[APIField]:
    return [APIField(name, writable=True) for name in names]


class AdLabels:
    """An ad's choices in words, for those who read the API without our lists."""

    @property
    def company_name(self) -> str:
        return self.employer.company_page.title

    @property
    def profession_label(self) -> str:
        return self.profession.label if self.profession else ""

    @property
    def rome_code(self) -> str:
        """The ROME 4.0 code of the trade."""
        return self.profession.rome_code if self.profession else ""

    @property
    def establishment_name(self) -> str:
        return self.establishment.name if self.establishment else ""

    @property
    def diploma_labels(self) -> list[str]:
        return [diploma.label for diploma in self.diplomas.all()]

    @property
    def public_labels(self) -> list[str]:
        return [public.label for public in self.publics.all()]

    @property
    def contract_label(self) -> str:
        return self.contract_type.label if self.contract_type else ""

    @property
    def agreement_label(self) -> str:
        return self.agreement.label if self.agreement else ""

    @property
    def structure_label(self) -> str:
        return self.structure_type.label if self.structure_type else ""

    @property
    def place_label(self) -> str:
        return self.place

    @property
    def online_until(self) -> str | None:
        """The last day online in Paris, while it is."""
        placement = self.placements.open_at(timezone.now()).first()
        return placement.last_day.isoformat() if placement else None


AD_API_FIELDS = [
    *_writable("profession", "structure_type", "commune", "remote", "lede", "missions", "profile"),
    *_writable("languages", "grade", "keeps_seniority", "questions"),
    *_writable("experience", "driving_licence", "contract_type", "contract_length", "working_time", "hours"),
    *_writable(
        "starts_on", "agreement", "pay_min", "pay_max", "pay_period", "benefits", "apply_mode", "apply_url"
    ),
    *(APIField(name) for name in ("company_name", "profession_label", "contract_label", "agreement_label")),
    *(APIField(name) for name in ("rome_code", "establishment_name", "diploma_labels", "public_labels")),
    *(APIField(name) for name in ("structure_label", "place_label", "online_until")),
]


class CompanyLabels:
    @property
    def structure_label(self) -> str:
        return self.structure_type.label if self.structure_type else ""

    @property
    def place_label(self) -> str:
        return str(self.commune) if self.commune else ""


COMPANY_API_FIELDS = [
    *_writable("structure_type", "commune", "presentation", "headcount", "website", "photos"),
    APIField("structure_label"),
    APIField("place_label"),
]
