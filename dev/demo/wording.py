"""French small change: articles and prepositions before a name, and the placeholders of the texts."""

from __future__ import annotations

import re

from dev.demo.content.shapes import Employer, House
from reference.place_names import at_place

_ELIDED = {
    "IME",
    "ITEP",
    "IEM",
    "EEAP",
    "EAM",
    "ESAT",
    "EHPAD",
    "USLD",
    "Équipe",
    "Accueil",
    "Atelier",
    "Entreprise",
    "Institut",
    "Espace",
    "Hospitalisation",
    "Association",
    "Hôpital",
    "EANM",
}
_FEMININE = {
    "MECS",
    "MAS",
    "Maison",
    "Direction",
    "Crèche",
    "Micro-crèche",
    "Halte-garderie",
    "Résidence",
    "Pension",
    "Plateforme",
    "Recyclerie",
    "Section",
    "Mission",
    "Pouponnière",
    "Fondation",
    "Mutuelle",
}
_MASCULINE_EMPLOYERS = {"Centre", "Département", "CIAS", "CCAS", "Cabinet", "Lieu", "Foyer"}
# Plural names take a singular noun before them, so that the verbs of the texts agree.
_PLURAL = {"Lits": "service de ", "Appartements": "service d’"}


def _split(name: str) -> tuple[str, str]:
    first = name.split()[0]
    lowered = name if first.isupper() else name[0].lower() + name[1:]
    return first, lowered


def with_article(name: str) -> str:
    """ "IME La Feuilleraie" -> "l’IME La Feuilleraie"; "Crèche du Potager" -> "la crèche du Potager"."""
    first, lowered = _split(name)
    if first in _PLURAL:
        return f"le {_PLURAL[first]}{lowered}"
    if first in _ELIDED:
        return f"l’{lowered}"
    return f"{'la' if first in _FEMININE else 'le'} {lowered}"


def contracted(preposition: str, phrase: str) -> str:
    """ "à" or "de" before a phrase with its article: "au", "du", "à la", "de l’"…"""
    if phrase.startswith("le "):
        return ("au " if preposition == "à" else "du ") + phrase[3:]
    return f"{preposition} {phrase}"


def employer_subject(name: str) -> str:
    """The employer as the subject of a sentence: with an article before a common noun, bare before a proper name."""
    first = name.split()[0]
    if first in _ELIDED:
        return f"l’{name}"
    if first in _FEMININE:
        return f"la {name}"
    return f"le {name}" if first in _MASCULINE_EMPLOYERS else name


def upper_first(text: str) -> str:
    """The text with its first letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


def placeholders(employer: Employer, house: House, city: str) -> dict[str, str]:
    """What `{le}`, `{au}`, `{du}`, `{employeur}`, `{a_ville}`… stand for in an ad of this house.

    `{Le}`, `{Employeur}`… begin a sentence.
    """
    the_house = with_article(house.name)
    subject = employer_subject(employer.name)
    words = {
        "le": the_house,
        "au": contracted("à", the_house),
        "du": contracted("de", the_house),
        "employeur": subject,
        "ville": city,
        "a_ville": at_place(city),
    }
    return words | {upper_first(key): upper_first(value) for key, value in words.items()}


def fill(text: str, words: dict[str, str]) -> str:
    """Put the words into a text. An unknown placeholder is a KeyError: a text with a mistake must not be loaded."""
    return re.sub(r"\{(\w+)\}", lambda match: words[match.group(1)], text)
