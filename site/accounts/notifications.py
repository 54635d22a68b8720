"""Which mails a person wants. A mail that names its kind is asked about here, by `accounts.emails.deliver`, and nowhere
else; one that names none is contractual (orders, invoices, the end of an offer, passwords, rights in a team) and always
goes.

A mail that may be refused carries an address that refuses its kind at one click, logged in or not (RFC 8058): what
`key_of` signs for a person and a kind, and nothing else.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.db.models import F, FilteredRelation, Q

from .models import NotificationChoice, User

RECRUITER, CANDIDATE = "recruiter", "candidate"
_signer = signing.Signer(salt="accounts.notifications")


@dataclass(frozen=True)
class Kind:
    """A kind of mail: its code, its words on the screen, whom it concerns. It goes until it is refused."""

    code: str
    label: str
    help: str
    audience: frozenset[str]


_RECRUITERS, _CANDIDATES = frozenset({RECRUITER}), frozenset({CANDIDATE})

APPLICATIONS = "applications"
MESSAGES = "messages"
ADS_ENDING = "ads_ending"
TEAM = "team"
FOLLOW_UP = "follow_up"
LIBRARY = "library"

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
            FOLLOW_UP,
            "Suites de mes candidatures",
            "Présélection, entretien, réponse de l’employeur.",
            _CANDIDATES,
        ),
        Kind(LIBRARY, "CVthèque", "Avant que votre profil quitte la liste.", _CANDIDATES),
    )
}


@dataclass(frozen=True)
class Wish:
    """What holds for the owner of an address; `refuse_key` is empty when the address has no account."""

    wanted: bool
    refuse_key: str = ""


def wish(email: str, kind: str) -> Wish:
    """Whether the owner of an address wants mails of this kind. One query. An address without account gets them."""
    row = (
        User.objects.filter(email__iexact=email)
        .annotate(
            choice=FilteredRelation("notification_choices", condition=Q(notification_choices__kind=kind))
        )
        .values_list("public_id", F("choice__wanted"))
        .first()
    )
    if row is None:
        return Wish(wanted=True)
    public_id, wanted = row
    return Wish(wanted=wanted is not False, refuse_key=key_of(public_id, kind))


def key_of(public_id: uuid.UUID, kind: str) -> str:
    """What the address in a mail carries. It never expires: mails are found again years later."""
    return _signer.sign(f"{public_id.hex}-{KINDS[kind].code}")


def find(key: str) -> tuple[User, Kind] | None:
    """Whose mails of which kind the key refuses; None for one that we did not sign, and when either is no more."""
    try:
        public_id, _, code = _signer.unsign(key).partition("-")
    except signing.BadSignature:
        return None
    user = User.objects.filter(public_id=public_id, is_active=True).first()
    return (user, KINDS[code]) if user and code in KINDS else None


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
    return {kind: chosen.get(kind.code, True) for kind in KINDS.values() if kind.audience & concerned}


def has_refused(user: User, kind: Kind) -> bool:
    """Whether the person chose not to get the mails of this kind. One query."""
    return user.notification_choices.filter(kind=kind.code, wanted=False).exists()


@transaction.atomic
def choose(user: User, wanted: dict[str, bool]) -> None:
    """Keep the person's choice of each kind that is named. KeyError for a kind that is not."""
    for code, yes in wanted.items():
        NotificationChoice.objects.update_or_create(
            user=user, kind=KINDS[code].code, defaults={"wanted": yes}
        )
