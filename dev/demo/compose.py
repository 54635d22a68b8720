"""Composes the ads from the texts: who looks for whom, where, on which terms. No database; the same every time."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

from dev.demo.content import EMPLOYERS, PROFESSIONS
from dev.demo.content.settings_of_work import BENEFITS, CLOSINGS, CONTEXTS, INSERTS, PAY_FACTOR
from dev.demo.content.shapes import Employer, House, Profession
from dev.demo.content.terms import DIPLOMAS, EXECUTIVES, PUBLICS, SCHEDULES, SHORT_NAMES
from dev.demo.wording import fill, placeholders, upper_first

SEED = 20270104
ADS = 300
LEDE_MAX = 240


@dataclass
class AdDraft:
    """An ad ready to be written: texts and codes of the reference lists."""

    employer: Employer
    house: House
    profession: Profession
    insee: str
    title: str
    lede: str
    context: str
    missions: list[str]
    profile: list[str]
    contract: str
    contract_length: str
    working_time: str
    hours: str
    starts_in_days: int | None
    pay: tuple[int, int]
    pay_period: str
    benefits: list[str]
    closing: str
    experience: str
    driving_licence: bool
    remote: str
    apply_by_link: bool
    publics: list[str] = field(default_factory=list)
    diplomas: list[str] = field(default_factory=list)
    insert: str = ""


def compose_ads(
    cities: dict[str, str], count: int = ADS, employers: tuple[Employer, ...] = EMPLOYERS
) -> list[AdDraft]:
    """The first `count` ads, spread over the employers. `cities` gives the name of each INSEE code in use."""
    rng = random.Random(SEED)
    used: Counter = Counter()
    return [_compose(rng, employer, cities, used) for employer in _turns(employers, count)]


def _turns(employers: tuple[Employer, ...], count: int) -> list[Employer]:
    """One ad of each employer in turn, as many turns as it has ads.

    Too many in all: those with the most do without one, but for the first, whose logins are told.
    """
    wanted = {employer.key: employer.ads for employer in employers}
    while sum(wanted.values()) > count:
        most = max(employers[1:], key=lambda employer: wanted[employer.key])
        wanted[most.key] -= 1
    rounds = range(max(wanted.values()))
    return [employer for round_ in rounds for employer in employers if wanted[employer.key] > round_]


def _compose(rng: random.Random, employer: Employer, cities: dict[str, str], used: Counter) -> AdDraft:
    house, profession = _choose(rng, employer, used)
    insee = house.insee or employer.insee
    words = placeholders(employer, house, cities[insee])
    contract, length = _contract(rng, employer, profession)
    part_time = profession.part_time and rng.random() < 0.6
    rate = rng.choice((50, 60, 80)) if part_time else 100
    title = _own_title(_title(rng, profession, house, part_time, rate), employer, house, used)
    draft = AdDraft(
        employer=employer,
        house=house,
        profession=profession,
        insee=insee,
        title=title,
        lede=_lede(profession, employer, house, words, used),
        context=fill(
            _least_used(CONTEXTS[house.structure], used, ("context", employer.key, house.name)), words
        ),
        missions=rng.sample(profession.missions, k=min(len(profession.missions), rng.randint(5, 7))),
        profile=[*profession.profile, *rng.sample(profession.plus, k=int(rng.random() < 0.75))],
        contract=contract,
        contract_length=length,
        working_time="partiel" if part_time else ("plein" if rng.random() < 0.88 else "indifferent"),
        hours=_hours(rng, profession, house, rate),
        starts_in_days=rng.choice((None, None, 20, 35, 50, 65, 90)),
        pay=_pay(rng, employer, profession, rate),
        pay_period="mois",
        benefits=rng.sample(
            BENEFITS[employer.agreement], k=min(len(BENEFITS[employer.agreement]), rng.randint(3, 4))
        ),
        closing=fill(rng.choice(CLOSINGS), words),
        experience=rng.choice(("debutant", "debutant", "1-an", "3-ans"))
        if profession.key not in EXECUTIVES
        else rng.choice(("3-ans", "5-ans")),
        driving_licence=any("Permis B" in line for line in profession.profile),
        remote="partiel"
        if profession.key in EXECUTIVES or house.structure in ("siege", "mjpm", "dac")
        else "non",
        apply_by_link=employer.key in ("fondation-bellerive", "val-de-brie") and rng.random() < 0.3,
        publics=list(PUBLICS.get(house.structure, ("tout-public",))),
        diplomas=list(DIPLOMAS.get(profession.key, ())),
    )
    draft.insert = _insert(rng, draft, words)
    return draft


def _choose(rng: random.Random, employer: Employer, used: Counter) -> tuple[House, Profession]:
    """A house and a profession that works there, the pair least seen at this employer, weighted by how common it is."""
    pairs = [
        (house, profession)
        for house in employer.houses
        for profession in PROFESSIONS.values()
        if house.structure in profession.structures
    ]
    weights = [
        profession.weight
        / (
            1
            + 8 * used[employer.key, profession.key]
            + 3 * used[employer.key, house.name]
            + 0.15 * used[profession.key]
        )
        for house, profession in pairs
    ]
    house, profession = rng.choices(pairs, weights)[0]
    used.update([(employer.key, profession.key), (employer.key, house.name), profession.key])
    return house, profession


def _least_used(texts: tuple[str, ...], used: Counter, key: tuple) -> str:
    index = min(range(len(texts)), key=lambda n: (used[*key, n], n))
    used[*key, index] += 1
    return texts[index]


def _lede(
    profession: Profession, employer: Employer, house: House, words: dict[str, str], used: Counter
) -> str:
    # A small employer is its only house: a sentence that names both would stammer.
    same = house.name in employer.name or employer.name in house.name
    fitting = tuple(
        text
        for text in profession.ledes
        if len(fill(text, words)) <= LEDE_MAX and not (same and "mployeur}" in text)
    )
    # First none that this employer has used, then the one least seen anywhere.
    text = min(fitting, key=lambda text: (used[employer.key, text], used["lede", text]))
    used.update([(employer.key, text), ("lede", text)])
    return fill(text, words)


def _title(rng: random.Random, profession: Profession, house: House, part_time: bool, rate: int) -> str:
    short = SHORT_NAMES.get(house.structure, "")
    name = (
        profession.masculine
        if profession.masculine == profession.feminine or rng.random() < 0.55
        else profession.feminine
    )
    if rng.random() < 0.15 and profession.masculine != profession.feminine and len(profession.label) < 60:
        name = profession.label
    time = f" à {rate} %" if part_time else ""
    return (
        f"{name} F/H en {short}{time}" if short and rng.random() < 0.8 else f"{name} F/H{time} — {house.name}"
    )


def _own_title(title: str, employer: Employer, house: House, used: Counter) -> str:
    """The title, told apart from those of the employer's other ads."""
    variants = (title, f"{title} ({house.name})", f"{title} (second poste)", f"{title} (troisième poste)")
    own = next(variant for variant in variants if not used[employer.key, variant])
    used[employer.key, own] += 1
    return own


def _contract(rng: random.Random, employer: Employer, profession: Profession) -> tuple[str, str]:
    if profession.key == "assistant-familial":
        return "agrement", ""
    roll = rng.random()
    if employer.agreement in ("fpt", "fph"):
        if roll < 0.6:
            return "titulaire", ""
        return (
            ("contractuel-cdd", rng.choice(("12 mois", "3 ans"))) if roll < 0.9 else ("contractuel-cdi", "")
        )
    if roll < 0.74:
        return "cdi", ""
    if roll < 0.86:
        return "cdd", rng.choice(("6 mois", "9 mois", "12 mois"))
    if roll < 0.96 or profession.key in EXECUTIVES:
        return "cdd-remplacement", rng.choice(("4 mois", "6 mois", "8 mois"))
    return "cdi", ""


def _hours(rng: random.Random, profession: Profession, house: House, rate: int) -> str:
    if rate != 100:
        return f"{round(35 * rate / 100, 1):g} h par semaine, jours à convenir".replace(".", ",")
    if profession.key in SCHEDULES:
        return SCHEDULES[profession.key]
    return (
        rng.choice(SCHEDULES[house.structure]) if house.structure in SCHEDULES else rng.choice(SCHEDULES["*"])
    )


def _pay(rng: random.Random, employer: Employer, profession: Profession, rate: int) -> tuple[int, int]:
    """Gross a month at the post's rate, to the ten euros; never below the minimum wage at full time."""
    low, high = profession.pay
    factor = PAY_FACTOR[employer.agreement] * rng.uniform(0.98, 1.04) * rate / 100
    floor = 1824 * rate / 100
    minimum = max(low * factor, floor)
    return _tens(minimum), _tens(max(high * factor, minimum * 1.06))


def _tens(value: float) -> int:
    return int(-(-value // 10) * 10)


def _insert(rng: random.Random, draft: AdDraft, words: dict[str, str]) -> str:
    contract = SHORT_NAMES[f"contract:{draft.contract}"]
    more = words | {
        "titre": draft.title,
        "contrat": contract,
        "temps": "temps partiel" if draft.working_time == "partiel" else "temps plein",
        "Debut": "Poste à pourvoir dès que possible",
        "pour_le": f"pour {words['le']}",
    }
    return upper_first(fill(rng.choice(INSERTS), more))[:350]
