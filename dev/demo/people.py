"""The two hundred candidates: who they are, what they have done, what they look for. The same every time."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

from django.utils.text import slugify

from dev.demo.content import PROFESSIONS
from dev.demo.content.candidates import (
    CLOSING_WORDS,
    DOMAINS,
    FAMILIES,
    FEMALE_NAMES,
    HOBBIES,
    HOME_COMMUNES,
    LANGUAGES,
    LAST_NAMES,
    MALE_NAMES,
    PAST_PLACES,
    PRESENTATIONS,
)
from dev.demo.content.shapes import Profession
from dev.demo.content.terms import DIPLOMAS
from dev.demo.identifiers import mobile
from dev.demo.wording import fill, upper_first
from reference.place_names import at_place

SEED = 20270105
CANDIDATES = 200


@dataclass
class Job:
    """A line of experience; years count back from today, 0 is this year."""

    title: str
    place: str
    city: str
    years_ago_from: int
    years_ago_to: int | None
    tasks: list[str]


@dataclass
class Person:
    """A candidate before it is written: identity, search, career."""

    number: int
    gender: str
    first_name: str
    last_name: str
    email: str
    phone: str
    profession: Profession
    insee: str
    city: str
    years: int
    radius_km: int
    headline: str
    presentation: str
    jobs: list[Job]
    skills: list[str]
    language: str
    hobby: str
    available_in_days: int
    diplomas: list[str] = field(default_factory=list)

    @property
    def job_title(self) -> str:
        """The profession in the person's gender."""
        return self.profession.feminine if self.gender == "f" else self.profession.masculine

    @property
    def experience(self) -> str:
        """The step of the profile's scale that these years reach."""
        steps = ((5, "5-ans"), (3, "3-ans"), (1, "1-an"))
        return next((code for years, code in steps if self.years >= years), "debutant")


def compose_people(cities: dict[str, str], count: int = CANDIDATES) -> list[Person]:
    """The first `count` candidates. `cities` gives the name of each INSEE code in use."""
    rng = random.Random(SEED)
    professions = list(PROFESSIONS.values())
    used: Counter = Counter()
    people = []
    for number in range(count):
        # Each profession once before any comes twice, so that small scales have variety too.
        profession = (
            professions[number]
            if number < len(professions)
            else rng.choices(professions, [p.weight for p in professions])[0]
        )
        people.append(_person(rng, number, profession, cities, used))
    return people


def _person(
    rng: random.Random, number: int, profession: Profession, cities: dict[str, str], used: Counter
) -> Person:
    gender = "f" if rng.random() < 0.72 else "m"
    first, last = _name(rng, gender, used)
    insee = rng.choice(HOME_COMMUNES)
    years = rng.choice((0, 1, 2, 3, 4, 5, 6, 8, 9, 11, 14, 17, 21))
    skills = rng.sample(profession.skills, k=min(4, len(profession.skills)))
    person = Person(
        number=number,
        gender=gender,
        first_name=first,
        last_name=last,
        email=f"{slugify(first)}.{slugify(last)}@boite.example",
        phone=mobile(100 + number),
        profession=profession,
        insee=insee,
        city=cities[insee],
        years=years,
        radius_km=rng.choice((15, 30, 30, 50, 80)),
        headline="",
        presentation="",
        jobs=[],
        skills=skills,
        language=rng.choice(LANGUAGES),
        hobby=rng.choice(HOBBIES),
        available_in_days=rng.choice((0, 0, 15, 30, 30, 60, 90)),
        diplomas=list(DIPLOMAS.get(profession.key, ()))[:1],
    )
    person.jobs = _jobs(rng, person, cities)
    person.headline = _headline(person)
    person.presentation = _presentation(rng, person, used)
    return person


def _name(rng: random.Random, gender: str, used: Counter) -> tuple[str, str]:
    names = FEMALE_NAMES if gender == "f" else MALE_NAMES
    while True:
        pair = rng.choice(names), rng.choice(LAST_NAMES)
        if not used["name", *pair] and not used["last", pair[1]] > 3:
            used.update([("name", *pair), ("last", pair[1])])
            return pair


def _jobs(rng: random.Random, person: Person, cities: dict[str, str]) -> list[Job]:
    """The career, latest first: it fills the years of experience with at most four posts, a placement for beginners."""
    places = list(PAST_PLACES[FAMILIES[person.profession.key]])
    rng.shuffle(places)
    if person.years == 0:
        return [
            Job(
                f"{person.job_title}, stage long",
                places[0],
                person.city,
                1,
                0,
                rng.sample(person.profession.missions, k=2),
            )
        ]
    count = 1 if person.years < 3 else min(4, 1 + person.years // 3)
    cuts = (
        sorted(rng.sample(range(1, person.years), k=count - 1))
        if person.years > count
        else list(range(1, count))
    )
    bounds = [0, *cuts, person.years]
    jobs = []
    for n in range(count):
        city = person.city if rng.random() < 0.6 else cities[rng.choice(HOME_COMMUNES)]
        current = n == 0 and person.available_in_days >= 30
        jobs.append(
            Job(
                person.job_title,
                places[n],
                city,
                bounds[n + 1],
                None if current else bounds[n],
                rng.sample(person.profession.missions, k=3 if n < 2 else 2),
            )
        )
    return jobs


def _years(years: int) -> str:
    if years == 0:
        return "quelques mois"
    return "un an" if years == 1 else f"{years} ans"


def _headline(person: Person) -> str:
    seniority = "débutante" if person.gender == "f" else "débutant"
    return (
        f"{person.job_title}, {seniority if person.years == 0 else _years(person.years) + ' d’expérience'}"[
            :120
        ]
    )


def _presentation(rng: random.Random, person: Person, used: Counter) -> str:
    skill, skill2, skill3 = person.skills[:3]
    words = {
        "Metier": person.job_title,
        "ans": _years(person.years),
        "Ans": upper_first(_years(person.years)),
        "a_ville": at_place(person.city),
        "rayon": str(person.radius_km),
        "domaine": DOMAINS[FAMILIES[person.profession.key]],
        "competence": skill,
        "Competence": upper_first(skill),
        "competence2": skill2,
        "competence3": skill3,
        "ville": person.city,
        "langue": person.language,
        "Langue": person.language,
        "loisir": person.hobby[0].lower() + person.hobby[1:],
        "temps": rng.choice(("plein", "partiel")),
    }
    fitting = [text for text in PRESENTATIONS if person.years >= 3 or "{ans}" not in text.lower()]
    text = min(fitting, key=lambda text: (used["text", text], rng.random()))
    used["text", text] += 1
    return f"{fill(text, words)} {fill(rng.choice(CLOSING_WORDS), words)}"
