"""One-page CVs as PDF files, laid out by WeasyPrint and kept in `var/` so that the next load finds them made.

What costs is reading the fonts and the style sheet: both are read once for all CVs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.html import escape
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from dev.demo.content.candidates import FAMILIES
from dev.demo.people import Job, Person
from dev.demo.wording import upper_first

STYLE = """
@page { size: A4; margin: 18mm 17mm; }
html { font: 10pt/1.45 "DejaVu Sans", sans-serif; color: #222; }
h1 { font-size: 21pt; margin: 0; font-weight: 600; }
h2 { font-size: 11pt; margin: 7mm 0 2mm; border-bottom: .4pt solid currentColor; }
h3 { font-size: 10pt; margin: 3mm 0 0; }
p { margin: 1mm 0; }
ul { margin: 1mm 0; padding-left: 5mm; }
.role { font-size: 13pt; margin: 1mm 0 3mm; }
.where { color: #555; }
.c0 h1, .c0 h2 { color: #0b6b6b }
.c1 h1, .c1 h2 { color: #9c3d1f }
.c2 h1, .c2 h2 { color: #3b4a7a }
.c3 h1, .c3 h2 { color: #5b6b1f }
.l1 header { border-left: 2mm solid currentColor; padding-left: 5mm; }
.l2 header { text-align: center; }
"""


def cv_files(people: list[Person], today: date) -> Iterator[tuple[Person, bytes]]:
    """Each person with the bytes of its CV, made now or found in the cache."""
    cache = Path(settings.ROOT) / "var" / "demo-cvs"
    cache.mkdir(parents=True, exist_ok=True)
    fonts = FontConfiguration()
    sheet = CSS(string=STYLE, font_config=fonts)
    for person in people:
        html = cv_html(person, today)
        path = cache / f"{hashlib.sha256((STYLE + html).encode()).hexdigest()[:24]}.pdf"
        if not path.exists():
            path.write_bytes(HTML(string=html).write_pdf(stylesheets=[sheet], font_config=fonts))
        yield person, path.read_bytes()


def cv_html(person: Person, today: date) -> str:
    """The CV as HTML: identity, search, experience, diploma, skills."""
    name = escape(f"{person.first_name} {person.last_name}")
    body = [
        f"<header><h1>{name}</h1><p class='role'>{escape(person.job_title)}</p>",
        f"<p class='where'>{escape(person.city)} · {escape(person.phone)} · {escape(person.email)}</p></header>",
        f"<p>{escape(person.presentation)}</p><h2>Expérience</h2>",
        *(_job(job, today) for job in person.jobs),
        "<h2>Formation</h2>",
        *(f"<p>{escape(line)}</p>" for line in _studies(person, today)),
        f"<h2>Compétences</h2><p>{escape(', '.join(upper_first(skill) for skill in person.skills))}</p>",
        f"<h2>Langues et centres d’intérêt</h2><p>{escape(person.language)}. {escape(person.hobby)}.</p>",
    ]
    style = f"c{person.number % 4} l{person.number % 3}"
    title = f"CV de {name}"
    head = f"<meta charset='utf-8'><title>{title}</title>"
    return f"<html lang='fr'><head>{head}</head><body class='{style}'>{''.join(body)}</body></html>"


def _job(job: Job, today: date) -> str:
    start = today.year - job.years_ago_from
    end = "aujourd’hui" if job.years_ago_to is None else str(today.year - job.years_ago_to)
    tasks = "".join(f"<li>{escape(task)}</li>" for task in job.tasks)
    where = escape(f"{job.place}, {job.city}")
    return f"<h3>{escape(job.title)}</h3><p class='where'>{where} · {start} – {end}</p><ul>{tasks}</ul>"


def _studies(person: Person, today: date) -> list[str]:
    graduated = today.year - person.years - (1 if person.years else 0)
    lines = []
    if person.profession.diploma:
        lines.append(f"{graduated} : {person.profession.diploma}")
    family = FAMILIES[person.profession.key]
    school = (
        "Baccalauréat sciences et technologies de la santé et du social"
        if family in ("soin", "petite enfance")
        else "Baccalauréat général"
    )
    return [*lines, f"{graduated - (3 if lines else 0)} : {school}"]
