"""The accounts of the demonstration: one for each role, one password for all. No such account exists in production."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "ormeaux-2027"


@dataclass(frozen=True)
class Login:
    """A person of the demonstration who can log in."""

    role: str
    email: str
    civility: str
    first_name: str
    last_name: str
    # What `load_demo` makes of it: a membership role, "candidate", or an office group.
    kind: str


RECRUITER = Login(
    "Recruteuse, Association Les Ormeaux",
    "recruteur@les-ormeaux.example",
    "mme",
    "Claire",
    "Rivoire",
    "administrateur",
)
COLLEAGUE = Login(
    "Collègue, Association Les Ormeaux",
    "collegue@les-ormeaux.example",
    "m",
    "Yannick",
    "Delorme",
    "recruteur",
)
CANDIDATE = Login("Candidate", "candidate@boite.example", "mme", "Inès", "Martineau", "candidate")
SALES = Login("Commerciale (office)", "ventes@magazine.example", "mme", "Hélène", "Castagnet", "ventes")
DESK = Login(
    "Rédaction et mise en page (office)", "redaction@magazine.example", "m", "Paul", "Grandjean", "redaction"
)
ADMINISTRATOR = Login(
    "Administrateur (office)", "admin@magazine.example", "mme", "Nadia", "Bellanger", "administration"
)

LOGINS = (RECRUITER, COLLEAGUE, CANDIDATE, SALES, DESK, ADMINISTRATOR)
