"""What each role of a team may do, in the words of the screens.

The rules themselves are the sets of roles in `accounts.access` and `recruiting.access`; a test holds the two together.
"""

from dataclasses import dataclass

from .models import Membership

Role = Membership.Role


@dataclass(frozen=True)
class Ability:
    """One line of the table of roles: what, and who."""

    label: str
    roles: frozenset[str]

    def cells(self) -> list[tuple[str, bool]]:
        """Each role's name, and yes or no, in the order of `Membership.Role`."""
        return [(role.label, role in self.roles) for role in Role]


_ALL = frozenset(Role.values)
_WRITES = frozenset({Role.ADMINISTRATOR, Role.RECRUITER})

ABILITIES = [
    Ability("Voir les annonces et leurs statistiques", _ALL),
    Ability("Lire les candidatures", _WRITES | {Role.READER}),
    Ability("Répondre aux candidats", _WRITES),
    Ability("Écrire et publier les annonces, la page entreprise", _WRITES),
    Ability("Voir les commandes et les factures", _ALL),
    Ability("Commander et payer", _WRITES | {Role.BILLING}),
    Ability("Modifier les informations de l’organisation", frozenset({Role.ADMINISTRATOR, Role.BILLING})),
    Ability("Inviter, changer les rôles, retirer un membre", frozenset({Role.ADMINISTRATOR})),
]

#: One sentence a role, beside its name in forms and mails.
SUMMARIES: dict[str, str] = {
    Role.ADMINISTRATOR: "fait tout, et gère l’équipe",
    Role.RECRUITER: "écrit et publie les annonces, répond aux candidats, commande",
    Role.READER: "lit les annonces, leurs statistiques et les candidatures, sans rien modifier",
    Role.BILLING: "commande, paie, tient à jour l’organisation ; ne voit pas les candidatures",
}


def choices() -> list[tuple[str, str]]:
    """The roles with their sentences, for a form."""
    return [(role.value, f"{role.label} : {SUMMARIES[role]}") for role in Role]
