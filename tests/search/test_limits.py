"""What an engine cannot do: the table in docs/search.md, each line tried on each engine."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from search.engines.base import AdQuery, CompanyQuery, CvQuery, Step
from search.shadow import MAX_STEMS
from tests.search import build

pytestmark = pytest.mark.django_db
HEADING = "| | Elasticsearch | PostgreSQL | SQLite |"


def table():
    """Line to engine to whether it can."""
    text = (Path(settings.ROOT) / "docs" / "search.md").read_text(encoding="utf-8")
    _, heading, rest = text.partition(HEADING)
    names = [name.strip().lower() for name in heading.split("|")[2:-1]]
    lines = [line.split("|")[1:-1] for line in rest.strip().split("\n\n")[0].splitlines()[1:]]
    return {
        line[0].strip(): dict(zip(names, (cell.strip() == "yes" for cell in line[1:]), strict=True))
        for line in lines
    }


def reads_to_the_end(engine, fresh):
    build.candidate(text="mot " * (MAX_STEMS + 5) + "trapéziste")
    fresh("cvs")
    return engine.cvs(CvQuery("trapéziste")).total == 1


def takes_a_foreign_cursor(engine, fresh):
    page = build.company(build.employer(credit=4))
    for _ in range(4):
        build.ad(page)
    fresh("ads")
    results = engine.ads(AdQuery("éducateur", page_size=2))
    foreign = replace(results.after, engine="another")
    asked = AdQuery("éducateur", page=1, page_size=2, cursor=foreign)
    return [hit.pk for hit in engine.ads(asked).hits] != [hit.pk for hit in results.hits]


def completes_a_word(engine, fresh):
    build.company(build.employer("Association Kermadec"))
    build.ad(build.company(build.employer("Les Tilleuls")))
    fresh("companies")
    return engine.companies(CompanyQuery("kermad")).total == 1


def takes_a_trade_for_what_the_ad_is_for(engine, fresh):
    page = build.company(build.employer(credit=2))
    build.ad(page, title="Infirmier en EHPAD", profession=build.profession("Infirmier / Infirmière", ""))
    build.ad(
        page,
        title="Cuisinier en EHPAD",
        missions="<p>Avec l’infirmière et le médecin.</p>",
        profession=build.profession("Cuisinier / Cuisinière", ""),
    )
    fresh("ads")
    return engine.ads(AdQuery("infirmier")).total == 1


def puts_a_sentence_right(engine, fresh):
    page = build.company(build.employer(credit=2))
    work = {"missions": "<p>De nuit, en foyer.</p>"}
    build.ad(page, **work)
    build.ad(page, title="Veilleur", profession=build.profession("Veilleur", ""), **work)
    fresh("ads")
    results = engine.ads(AdQuery("je cherche un poste d’éducatrise de nuit en foyer"))
    return results.step == Step.CORRECTED


PROBES = {
    "words beyond the 20,000th of a text are found": reads_to_the_end,
    "a cursor of another engine goes on": takes_a_foreign_cursor,
    "the beginning of a word that nothing holds finds it": completes_a_word,
    "a trade is what an ad is for, not whom its text names": takes_a_trade_for_what_the_ad_is_for,
    "a misspelt word of a sentence is put right though others find": puts_a_sentence_right,
}


def test_every_line_has_its_trial():
    assert set(table()) == set(PROBES)


@pytest.mark.parametrize("line", PROBES)
def test_a_line_says_what_is(engine, fresh, line):
    name = engine.name if engine.name == "elasticsearch" else connection.vendor
    assert PROBES[line](engine, fresh) == table()[line][name]
