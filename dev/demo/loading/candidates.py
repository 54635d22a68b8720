"""Candidates with their CVs; more than half are in the CV library, some of them too old to be shown."""

from __future__ import annotations

from datetime import timedelta

from django.utils.html import strip_tags

from dev.demo.content import PROFESSIONS, accounts
from dev.demo.cv_pdf import cv_files, cv_html
from dev.demo.people import Person, compose_people
from recruiting import cvs, library
from recruiting.access import candidate_of
from recruiting.models import Candidate
from reference.models import Commune, ContractType, Diploma, Profession

from .backdate import backdate
from .people import make_user
from .scene import Scene

#: Of ten candidates: in the library and fresh, in it but stale, not in it.
LIBRARY = ("fresh", "fresh", "no", "fresh", "fresh", "stale", "no", "fresh", "fresh", "no")


def make_candidates(scene: Scene) -> None:
    """Each candidate with account, profile and CV, those of the library with a consent of its own date."""
    people = compose_people(scene.cities(), scene.scale.candidates)
    _lend_login(people[0])
    for person, pdf in cv_files(people, scene.today):
        scene.candidates.append(_make(scene, person, pdf))


def _lend_login(person: Person) -> None:
    """The first candidate is the one whose login is told."""
    login = accounts.CANDIDATE
    person.gender, person.first_name, person.last_name, person.email = (
        "f",
        login.first_name,
        login.last_name,
        login.email,
    )
    person.headline = person.headline.replace(PROFESSIONS[person.profession.key].masculine, person.job_title)
    for job in person.jobs:
        job.title = job.title.replace(person.profession.masculine, person.profession.feminine)


def _make(scene: Scene, person: Person, pdf: bytes) -> Candidate:
    civility = "mme" if person.gender == "f" else "m"
    user = make_user(scene, person.email, person.first_name, person.last_name, civility, phone=person.phone)
    candidate = candidate_of(user)
    candidate.profession = scene.term(Profession, person.profession.code)
    candidate.commune = Commune.objects.get(insee=person.insee)
    candidate.radius_km = person.radius_km
    candidate.experience = person.experience
    candidate.available_on = (
        scene.today + timedelta(days=person.available_in_days) if person.available_in_days else None
    )
    candidate.headline = person.headline
    candidate.presentation = person.presentation
    candidate.save()
    candidate.diplomas.set([scene.term(Diploma, code) for code in person.diplomas])
    candidate.contract_types.set([scene.term(ContractType, code) for code in _contracts(person)])
    text = " ".join(strip_tags(cv_html(person, scene.today).replace("<", " <")).split())
    cvs.keep(pdf, text, f"CV {person.first_name} {person.last_name}.pdf", candidate)
    _library(scene, person, candidate)
    return candidate


def _contracts(person: Person) -> list[str]:
    return ["cdi"] if person.number % 3 else ["cdi", "cdd"]


def _library(scene: Scene, person: Person, candidate: Candidate) -> None:
    status = "fresh" if person.number == 0 else LIBRARY[person.number % len(LIBRARY)]
    days = scene.rng.randint(50, 110) if status == "stale" else scene.rng.randint(0, 40)
    at = scene.ago(days)
    if status != "no":
        library.consent(candidate, now=at)
    backdate(candidate, created_at=at - timedelta(days=scene.rng.randint(0, 60)), refreshed_at=at)
    cv = cvs.current_of(candidate)
    if cv:
        backdate(cv, uploaded_at=at)
