"""What the synthetic ads and CVs say: a function of kind, seed and number, from the texts of the demonstration.

Two runs, or a run and its check, can be compared document by document. A long tail of invented words makes the
vocabulary grow as that of real texts does.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import lru_cache

from dev.demo.content import PROFESSIONS
from dev.demo.content.candidates import CLOSING_WORDS, LANGUAGES, PAST_PLACES, PRESENTATIONS
from dev.demo.content.settings_of_work import BENEFITS, CLOSINGS, CONTEXTS, PAY_FACTOR
from dev.demo.content.shapes import Profession
from dev.demo.content.terms import DIPLOMAS, EXECUTIVES, PUBLICS, SHORT_NAMES

SEED = 7
#: So many employers share the ads: a few have hundreds, most have a handful.
EMPLOYERS = 3000
#: Days an ad may have been online, out of the sixty of a placement: all of them are public.
OLDEST_AD, OLDEST_CV = 58.0, 44.0

_WORD = re.compile(r"\w+")
_SYLLABLES = _WORD.findall(
    "ba be bi bo ca ce co da de do fa fe fo ga go la le li lo ma me mi na ne no pa pe pi po ra re ri ro "
    "sa se si so ta te ti to va ve vi chan tran mont bel gran ville sur dor mer "
)
_KINDS = ("Association", "Fondation", "Groupe", "Union", "Mutuelle", "Sauvegarde", "Entraide", "Coopérative")
_NAMES = (
    "les Tilleuls",
    "l’Envol",
    "Horizon",
    "la Passerelle",
    "Espérance",
    "le Relais",
    "la Source",
    "le Phare",
)
_FIRST = _WORD.findall(
    "Camille Léa Manon Inès Fatima Julie Élodie Nathalie Karim Mehdi Thomas Julien Hugo Aïcha Yann Gaël "
)
_LAST = _WORD.findall(
    "Martin Bernard Dubois Petit Durand Leroy Moreau Garcia Roux Benali Diallo Nguyen Traoré Haddad "
)
_CONTRACTS = (
    ("cdi",) * 5 + ("cdd",) * 2 + ("cdd-remplacement", "interim", "apprentissage", "titulaire", "stage")
)
_MARKS = (" F/H", " H/F", " (H/F)", "", " F/H/X")
_PROFESSIONS = tuple(PROFESSIONS.values())
_WEIGHTS = tuple(profession.weight for profession in _PROFESSIONS)


def dice(kind: str, seed: int, number: int) -> random.Random:
    """The randomness of one object, and of it alone."""
    return random.Random(f"{kind}:{seed}:{number}")


@dataclass(frozen=True)
class EmployerText:
    name: str
    presentation: str
    structure: str
    place: float
    tier: str


@dataclass(frozen=True)
class AdText:
    """Texts and codes of an ad; `place` in [0, 1) chooses the commune by its population."""

    employer: int
    profession: Profession
    structure: str
    title: str
    lede: str
    missions: str
    profile: str
    benefits: str
    publics: tuple[str, ...]
    diplomas: tuple[str, ...]
    contract: str
    working_time: str
    agreement: str
    remote: str
    pay: tuple[int, int]
    pay_period: str
    place: float
    age_days: float
    in_print: bool


@dataclass(frozen=True)
class CvText:
    first_name: str
    last_name: str
    profession: Profession
    headline: str
    presentation: str
    text: str
    diplomas: tuple[str, ...]
    contracts: tuple[str, ...]
    experience: str
    place: float
    age_days: float


def rare_word(rng: random.Random) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(2, 4)))


@lru_cache(maxsize=EMPLOYERS)
def employer(number: int, seed: int = SEED) -> EmployerText:
    rng = dice("employer", seed, number)
    structure = rng.choice(tuple(CONTEXTS))
    name = f"{rng.choice(_KINDS)} {rng.choice(_NAMES)} de {rare_word(rng).capitalize()}"
    context = _filled(rng.choice(CONTEXTS[structure]), name, name)
    tier = rng.choice(("marque", "marque_plus")) if rng.random() < 0.08 else ""
    return EmployerText(name, f"<p>{context}</p>", structure, rng.random(), tier)


def ad(number: int, seed: int = SEED) -> AdText:
    rng = dice("ad", seed, number)
    profession = rng.choices(_PROFESSIONS, _WEIGHTS)[0]
    structure = rng.choice(profession.structures)
    short = SHORT_NAMES.get(structure) or structure.upper()
    owner = int(EMPLOYERS * rng.random() ** 3)
    name = employer(owner, seed).name
    house = f"{short} {rare_word(rng).capitalize()}"
    agreement = rng.choice(tuple(BENEFITS))
    low = round(profession.pay[0] * PAY_FACTOR.get(agreement, 1) * rng.uniform(0.95, 1.1), -1)
    high = round(low * rng.uniform(1.05, 1.35), -1)
    times, period = (12, "an") if rng.random() < 0.2 else (1, "mois")
    said = [_filled(text, name, house) for text in (rng.choice(profession.ledes), *_contexts(rng, structure))]
    tail = " ".join(f"{rare_word(rng).capitalize()} {rare_word(rng)}." for _ in range(rng.randint(1, 4)))
    missions = rng.sample(profession.missions, min(len(profession.missions), rng.randint(5, 8)))
    return AdText(
        employer=owner,
        profession=profession,
        structure=structure,
        title=_title(rng, profession, short),
        lede=said[0][:240],
        missions=f"<p>{' '.join(said[1:])} {tail}</p>{_list(missions)}",
        profile=_list((*profession.profile, *rng.sample(profession.plus, min(1, len(profession.plus))))),
        benefits=_list(
            (*rng.sample(BENEFITS[agreement], min(3, len(BENEFITS[agreement]))), rng.choice(CLOSINGS))
        ).replace("{a_ville}", "sur place"),
        publics=PUBLICS.get(structure, ("tout-public",)),
        diplomas=DIPLOMAS.get(profession.key, ()),
        contract=rng.choice(_CONTRACTS),
        working_time=rng.choice(("plein", "plein", "plein", "partiel", "indifferent")),
        agreement=agreement,
        remote="partiel" if profession.key in EXECUTIVES or rng.random() < 0.05 else "non",
        pay=(int(low * times), int(high * times)),
        pay_period=period,
        place=rng.random(),
        age_days=min(rng.expovariate(1 / 20), OLDEST_AD),
        in_print=rng.random() < 0.15,
    )


def cv(number: int, seed: int = SEED) -> CvText:
    rng = dice("cv", seed, number)
    profession = rng.choices(_PROFESSIONS, _WEIGHTS)[0]
    label = profession.feminine if rng.random() < 0.78 else profession.masculine
    years = min(40, int(rng.expovariate(1 / 9)))
    skills = [*profession.skills, *profession.plus, "écoute", "travail en équipe"]
    words = {
        "{Metier}": label, "{ans}": f"{years} ans", "{Ans}": f"{years} ans", "{a_ville}": "par ici", "{rayon}": "30",
        "{domaine}": "gériatrie", "{temps}": "partiel", "{competence}": rng.choice(skills), "{loisir}": "chorale",
        "{competence2}": rng.choice(skills), "{Competence}": rng.choice(skills), "{competence3}": rng.choice(skills),
        "{Langue}": rng.choice(LANGUAGES),
    }  # fmt: skip
    presentation = f"{rng.choice(PRESENTATIONS)} {rng.choice(CLOSING_WORDS)}"
    for key, word in words.items():
        presentation = presentation.replace(key, word)
    places = [place for family in PAST_PLACES.values() for place in family]
    posts = []
    for _ in range(rng.randint(1, 6)):
        known = profession if rng.random() < 0.75 else rng.choice(_PROFESSIONS)
        done = rng.sample(known.missions, min(len(known.missions), rng.randint(2, 5)))
        posts.append(f"{known.feminine}, {rng.choice(places)}. {'. '.join(done)}.")
    posts.append(" ".join(rare_word(rng) for _ in range(rng.randint(10, 60))))
    return CvText(
        first_name=rng.choice(_FIRST),
        last_name=rng.choice(_LAST),
        profession=profession,
        headline=f"{label}, {years} ans d’expérience" if years else f"{label}, première expérience",
        presentation=presentation,
        text="\n".join(posts),
        diplomas=DIPLOMAS.get(profession.key, ()),
        contracts=tuple(sorted({rng.choice(_CONTRACTS), rng.choice(_CONTRACTS)})),
        experience="debutant" if years < 1 else "1-an" if years < 3 else "3-ans" if years < 5 else "5-ans",
        place=rng.random(),
        age_days=min(rng.expovariate(1 / 15), OLDEST_CV),
    )


def _contexts(rng: random.Random, structure: str) -> tuple[str, ...]:
    known = CONTEXTS.get(structure)
    return (rng.choice(known),) if known else ()


def _title(rng: random.Random, profession: Profession, short: str) -> str:
    roll = rng.random()
    if roll < 0.35:
        name = profession.masculine + rng.choice(_MARKS)
    elif roll < 0.55:
        name = profession.feminine + rng.choice(_MARKS)
    else:
        name = profession.label
    ending = rng.choice((f" en {short}", f" – {short}", "", " de nuit" if rng.random() < 0.2 else ""))
    return f"{name}{ending}"[:255]


def _filled(text: str, name: str, house: str) -> str:
    """The sentence with plain names for its articles and cases: grammar is not what is measured."""
    for key in ("{Le}", "{le}", "{du}", "{au}", "{Du}", "{Au}"):
        text = text.replace(key, house)
    for key in ("{Employeur}", "{employeur}", "{de_employeur}", "{l_employeur}"):
        text = text.replace(key, name)
    return (
        text.replace("{a_ville}", "sur place")
        .replace("{ville}", "la ville")
        .replace("{A_ville}", "Sur place")
    )


def _list(lines: tuple[str, ...] | list[str]) -> str:
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
