"""Shapes of the demonstration content: plain frozen records, no database.

The texts of this package are written once and read by `load_demo`; they know nothing of the models, so that they can be read, corrected
and tested on their own.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import slugify


def paragraphs(text: str) -> list[str]:
    """Split a triple-quoted text into paragraphs (blank lines separate them; single line ends are only wrapping)."""
    blocks = text.strip().split("\n\n")
    return [" ".join(line.strip() for line in block.splitlines()).strip() for block in blocks]


@dataclass(frozen=True)
class House:
    """An establishment or service of an employer, which an ad names as its place of work."""

    structure: str
    name: str
    insee: str = ""


@dataclass(frozen=True)
class Employer:
    """A made-up employer at a real commune."""

    key: str
    name: str
    sector: str
    insee: str
    agreement: str
    founded: int
    staff: int
    tagline: str
    houses: tuple[House, ...]
    text: str
    street: str
    ads: int = 5
    tier: str = "standard"
    on_invoice: bool = False

    @property
    def body(self) -> list[str]:
        """The presentation, one string a paragraph."""
        return paragraphs(self.text)

    @property
    def domain(self) -> str:
        """A host name of a reserved top-level domain: nothing can ever be sent there."""
        return f"{self.key}.example"


@dataclass(frozen=True)
class Profession:
    """What the ads and CVs of one profession are composed from."""

    key: str
    label: str
    structures: tuple[str, ...]
    pay: tuple[int, int]
    ledes: tuple[str, ...]
    missions: tuple[str, ...]
    profile: tuple[str, ...]
    plus: tuple[str, ...]
    diploma: str = ""
    skills: tuple[str, ...] = ()
    weight: int = 3
    part_time: bool = False

    @property
    def code(self) -> str:
        """The code of the profession in the reference list."""
        return slugify(self.masculine.replace("’", " "))[:60]

    @property
    def masculine(self) -> str:
        """The masculine form of the label (the only one when there is but one)."""
        return self.label.split(" / ")[0]

    @property
    def feminine(self) -> str:
        """The feminine form of the label."""
        return self.label.split(" / ")[-1]


@dataclass(frozen=True)
class Letter:
    """An application letter; `{poste}`, `{employeur}`, `{lieu}` are filled in from the ad."""

    profession: str
    text: str
    # "f" or "m" where the French of the letter agrees with its author, else either.
    gender: str = ""


@dataclass(frozen=True)
class Turn:
    """One message of a conversation: `author` is "recruiter" or "candidate"; `days` and `hours` follow the previous one."""

    author: str
    text: str
    days: int = 0
    hours: int = 3


@dataclass(frozen=True)
class Conversation:
    """A message exchange and the status of the application that it leaves behind."""

    outcome: str
    turns: tuple[Turn, ...]
    gender: str = ""
