"""What the modules of the load share: the moment, chance, the terms of the lists, and what has been made so far."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Model
from django.utils import timezone

from accounts.models import Employer, User
from dev.demo.compose import AdDraft
from dev.demo.content import shapes
from pages.models import JobAd
from recruiting.models import Candidate
from reference.dates import paris_day
from reference.models import Commune

NAMESPACE = uuid.UUID("6f1f0b0e-5d4c-4c63-9a3e-0f5a4b1d2027")


@dataclass(frozen=True)
class Scale:
    """How much to make."""

    name: str
    employers: int
    ads: int
    candidates: int
    applications: int


SCALES = {
    "full": Scale("full", 60, 300, 200, 150),
    "small": Scale("small", 10, 34, 24, 16),
}


@dataclass
class Customer:
    """An employer of the demonstration: its texts, its row, its people."""

    content: shapes.Employer
    index: int
    row: Employer
    recruiter: User


@dataclass
class PlannedAd:
    """An ad with the life it is to have had: its state now, when it opened, the credit it spent."""

    draft: AdDraft
    state: str
    opened_days_ago: int | None
    kind: str
    print_format: str = ""
    row: JobAd | None = None


@dataclass
class Scene:
    """The load in progress."""

    now: datetime
    scale: Scale
    say: Callable[[str], None]
    password: str
    rng: random.Random = field(default_factory=lambda: random.Random(20270106))
    customers: dict[str, Customer] = field(default_factory=dict)
    office: dict[str, User] = field(default_factory=dict)
    ads: list[PlannedAd] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    _terms: dict[tuple[type[Model], str], Model] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """Today in Paris."""
        return paris_day(self.now)

    def cities(self) -> dict[str, str]:
        """Names of the communes by INSEE code."""
        return dict(Commune.objects.values_list("insee", "name"))

    def term(self, model: type[Model], code: str) -> Model:
        """The term of a reference list by its code, read once."""
        key = (model, code)
        if key not in self._terms:
            self._terms[key] = model.objects.get(code=code)
        return self._terms[key]

    def ago(self, days: int, *, hour: int | None = None) -> datetime:
        """A moment of the working day some days ago (today: some minutes ago, so that nothing lies ahead)."""
        if days <= 0:
            return self.now - timedelta(minutes=self.rng.randint(5, 40))
        day = self.today - timedelta(days=days)
        at = time(hour if hour is not None else self.rng.randint(8, 17), self.rng.randint(0, 59))
        return min(datetime.combine(day, at, tzinfo=timezone.get_default_timezone()), self.now)


def key(*parts: object) -> uuid.UUID:
    """The form key or cart key of a thing of the demonstration: the same at every load."""
    return uuid.uuid5(NAMESPACE, ":".join(str(part) for part in parts))


def html(*blocks: str | list[str]) -> str:
    """Rich text of paragraphs (strings) and lists (lists of strings). The texts are our own and hold no mark-up."""
    parts = []
    for block in blocks:
        if isinstance(block, str):
            parts.append(f"<p>{block}</p>" if block else "")
        else:
            parts.append("<ul>" + "".join(f"<li>{item}</li>" for item in block) + "</ul>")
    return "".join(parts)
