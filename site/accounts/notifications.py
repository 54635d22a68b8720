"""Which mails a person wants. A mail that names its kind is asked about here, by `accounts.emails.deliver`, and nowhere
else; one that names none is contractual (orders, invoices, passwords, rights in a team) and always goes.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, FilteredRelation, Q

from .models import NotificationChoice, User

RECRUITER, CANDIDATE = "recruiter", "candidate"


@dataclass(frozen=True)
class Kind:
    """A kind of mail: its code, its words on the screen, whom it concerns, and what holds without a choice."""

    code: str
    label: str
    help: str
    audience: frozenset[str]
    default: bool = True


_RECRUITERS, _CANDIDATES = frozenset({RECRUITER}), frozenset({CANDIDATE})

APPLICATIONS = "applications"
MESSAGES = "messages"
ADS_ENDING = "ads_ending"
TEAM = "team"
COMPANY_PAGE = "company_page"
FOLLOW_UP = "follow_up"
LIBRARY = "library"
NEWS = "news"

KINDS = {
    kind.code: kind
    for kind in (
        Kind(
            APPLICATIONS,
            "Candidatures reçues",
            "Une candidature arrive, ou un candidat se retire.",
            _RECRUITERS,
        ),
        Kind(
            MESSAGES,
            "Messages",
            "Un candidat ou un employeur vous répond.",
            frozenset({RECRUITER, CANDIDATE}),
        ),
        Kind(ADS_ENDING, "Fin de mes annonces", "Sept jours et un jour avant le dernier jour.", _RECRUITERS),
        Kind(TEAM, "Équipe", "Une personne rejoint l’équipe ; chaque trimestre, qui a accès.", _RECRUITERS),
        Kind(
            COMPANY_PAGE, "Fin de l’offre de ma page entreprise", "Un mois et une semaine avant.", _RECRUITERS
        ),
        Kind(
            FOLLOW_UP,
            "Suites de mes candidatures",
            "Présélection, entretien, réponse de l’employeur.",
            _CANDIDATES,
        ),
        Kind(LIBRARY, "CVthèque", "Avant que votre profil quitte la liste.", _CANDIDATES),
        Kind(
            NEWS,
            "Nouveautés et offres d’ASH Job",
            "Jamais sans votre accord.",
            frozenset({RECRUITER, CANDIDATE}),
            default=False,
        ),
    )
}


@dataclass(frozen=True)
class Wish:
    """What holds for the owner of an address."""

    wanted: bool
    has_account: bool


def wish(email: str, kind: str) -> Wish:
    """Whether the owner of an address wants mails of this kind. One query. An address without account gets them."""
    row = (
        User.objects.filter(email__iexact=email)
        .annotate(
            choice=FilteredRelation("notification_choices", condition=Q(notification_choices__kind=kind))
        )
        .values_list(F("choice__wanted"), flat=True)[:1]
    )
    found = list(row)
    if not found:
        return Wish(wanted=True, has_account=False)
    return Wish(wanted=KINDS[kind].default if found[0] is None else found[0], has_account=True)


def audiences(user: User) -> set[str]:
    """What the person is on this site: a recruiter, a candidate, both, or nothing yet (then as a recruiter)."""
    found = set()
    if hasattr(user, "candidate"):
        found.add(CANDIDATE)
    if not found or user.memberships.exists():
        found.add(RECRUITER)
    return found


def choices_of(user: User) -> dict[Kind, bool]:
    """Each kind that concerns the person, and whether it is wanted."""
    chosen = dict(user.notification_choices.values_list("kind", "wanted"))
    concerned = audiences(user)
    return {kind: chosen.get(kind.code, kind.default) for kind in KINDS.values() if kind.audience & concerned}


@transaction.atomic
def choose(user: User, wanted: dict[str, bool]) -> None:
    """Keep the person's choice of each kind that is named. KeyError for a kind that is not."""
    for code, yes in wanted.items():
        NotificationChoice.objects.update_or_create(
            user=user, kind=KINDS[code].code, defaults={"wanted": yes}
        )
