"""Whether a rule can do what its author means: every reason for which an engine would refuse, drop or widen it.

The reasons are those of Lucene's Solr synonym format (commas and arrows are its syntax, a term that the analysis
empties is dropped, one that holds a stop word alone cannot be matched) and of our own acronyms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from search.vocabulary import french, synonyms

MAX_SIDE, MAX_TERMS, MAX_TERM, MAX_WORDS = 2000, 60, 120, 12
_SYNTAX = ("=>", "->", "\\", "#")


def errors(terms: str, finds: str = "") -> dict[str, list[str]]:
    """What is wrong with each side, in French, by the name of its field; empty when the rule can be used."""
    found = {name: _of_side(text) for name, text in (("terms", terms), ("finds", finds)) if text.strip()}
    if not terms.strip():
        found["terms"] = ["Indiquez au moins un mot."]
    found = {name: said for name, said in found.items() if said}
    if found:
        return found
    left = synonyms.side(terms)
    # An expression by itself says that its words belong together.
    if not finds.strip() and len(left) < 2 and len(left[0]) < 2:
        return {"terms": [_alone(terms)]}
    return {}


def _alone(terms: str) -> str:
    if "," in terms:
        return (
            "Pour la recherche ces mots n’en font qu’un (genre, pluriel et accents ne comptent pas) : "
            "ajoutez un autre mot, ou ce qu’ils trouvent."
        )
    return "Un mot seul ne sert à rien : ajoutez un autre mot après une virgule, ou ce qu’il trouve."


def _of_side(text: str) -> list[str]:
    found = [f"« {sign} » ne peut pas figurer dans une règle." for sign in _SYNTAX if sign in text]
    if any(ord(sign) < 32 and sign not in "\r\n\t" for sign in text):
        found.append("Ce texte contient un caractère invisible : tapez-le à nouveau.")
    if len(text) > MAX_SIDE:
        found.append(f"Au plus {MAX_SIDE} signes : coupez la règle en deux.")
    if found:
        return found
    terms = [" ".join(term.split()) for term in text.split(",")]
    if not all(terms):
        found.append(
            "Il y a une virgule de trop : deux virgules se suivent, ou une commence ou finit la ligne."
        )
    if len(terms) > MAX_TERMS:
        found.append(f"Au plus {MAX_TERMS} mots ou expressions par règle.")
    return found + [said for term in terms if term and (said := _of_term(term))]


def _of_term(term: str) -> str:
    if len(term) > MAX_TERM:
        return f"« {term[:40]}… » est trop long : au plus {MAX_TERM} signes."
    kept = synonyms.phrase(term)
    if not kept:
        words = re.split(r"\W+", french.fold(term))
        if any(word in french.STOP_WORDS for word in words):
            return (
                f"« {term} » ne serait jamais trouvé : sans les mots que la recherche ignore (« de », « le »…) il "
                "n’en reste rien, ou seulement un sigle."
            )
        return f"« {term} » ne contient aucun mot."
    if len(kept) > MAX_WORDS:
        return f"« {term} » compte trop de mots : au plus {MAX_WORDS}."
    if all(len(word) < 2 for word in kept):
        return f"« {term} » est trop court : au moins deux lettres."
    return ""


def repeated(terms: str, finds: str, others: Iterable[tuple[str, str]]) -> str:
    """The sentence about another rule that says just the same; "" when none does."""
    mine = _meaning(terms, finds)
    for other_terms, other_finds in others:
        if _meaning(other_terms, other_finds) == mine:
            return f"Cette règle existe déjà : « {other_terms[:80]} »."
    return ""


def _meaning(terms: str, finds: str) -> tuple[frozenset, frozenset] | None:
    rule = synonyms.parsed(terms, finds)
    if not rule:
        return None
    return frozenset(synonyms.stems_of(rule.left)), frozenset(synonyms.stems_of(rule.right))


def widenings(rules: Iterable[tuple[str, str]]) -> list[str]:
    """What a set of rules does that is seldom meant: an acronym of two letters that other words find.

    "éducateur spécialisé" must not find every "es" of a text: an acronym so short stands among the words typed only.
    """
    found = []
    for terms, finds in rules:
        rule = synonyms.parsed(terms, finds)
        if rule is None:
            continue
        for phrase in rule.right:
            if len(phrase) == 1 and phrase[0] in _ORDINARY and any(left != phrase for left in rule.left):
                found.append(
                    f"« {terms[:60]} » trouve « {phrase[0]} », qui est aussi un mot courant du français : "
                    "toutes les annonces qui l’écrivent répondront."
                )
    return found


#: Two letters that are trades here and words, endings or names elsewhere.
_ORDINARY = frozenset({"es", "me", "as", "ma", "ts", "ai", "mi"})
