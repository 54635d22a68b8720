"""What people of the trade type and must find: asked of the third of the queries that nothing is tuned on."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from pages.models import JobAd
from search.engines.base import AdQuery
from search.relevance import cases, world

pytestmark = [pytest.mark.django_db, pytest.mark.relevance]

#: Found in the first ten, first, NDCG@10, and ads that must not be found, at the worst.
BARS = {"database": (0.85, 0.70, 0.75, 8), "elasticsearch": (0.95, 0.80, 0.85, 5)}
HELD_OUT = [case for case in cases.cases() if case.is_held_out]


def judged(engine, keys):
    def ask(query):
        found = engine.ads(AdQuery(query, page_size=100, facets=False, highlight=False))
        return [keys[hit.pk] for hit in found.hits]

    verdicts = cases.judge(ask, HELD_OUT)
    score = cases.Score.of(verdicts)
    top, first, ndcg, false_hits = BARS[engine.name]
    worst = [(v.case.query, sorted(v.case.best - set(v.found[:10])), v.false_hits) for v in verdicts]
    worst = [row for row in worst if row[1] or row[2]]
    assert score.recall >= top and score.first >= first and score.ndcg >= ndcg, (score, worst)
    assert score.false_hits <= false_hits, (score, worst)


def test_the_held_out_third_is_found(engine, fresh):
    keys = world.populate()
    fresh("ads")
    judged(engine, keys)


def test_the_command_prints_a_table_and_what_changed(tmp_path, monkeypatch):
    few = [case for case in cases.cases() if case.query in {"ES", "aes"}]
    shown = frozenset[str]().union(*(case.best for case in few))
    monkeypatch.setattr(cases, "cases", lambda: few)
    monkeypatch.setattr(world, "ads", lambda: [ad for ad in cases.ads() if ad.key in shown])
    kept = tmp_path / "kept.json"
    kept.write_text(json.dumps({"database": {"ES": {"top": 0.0, "ndcg": 0.0, "false": 3}}}))
    out = StringIO()
    ads = JobAd.objects.count()
    call_command("search_relevance", engine="database", kept_in=str(kept), stdout=out)
    text = out.getvalue()
    assert "held out" in text and "better ES" in text and "new    aes" in text
    assert json.loads(kept.read_text())["database"]["ES"]["top"] == 1.0
    assert JobAd.objects.count() == ads


def test_there_are_enough_judged_queries():
    every = cases.cases()
    assert len(every) >= 210 and 0.25 < len(HELD_OUT) / len(every) < 0.42
    assert all(case.best and not case.best & case.bad for case in every)


def test_a_verdict_counts_what_it_says():
    case = cases.Case("essai", frozenset("ab"), frozenset("c"), frozenset("z"))
    right = cases.Verdict(case, ("a", "b", "c"))
    assert (right.recall, right.is_first_right, right.ndcg, right.false_hits) == (1.0, True, 1.0, ())
    wrong = cases.Verdict(case, ("z", "a"))
    assert (wrong.recall, wrong.is_first_right, wrong.false_hits) == (0.5, False, ("z",))
    assert 0 < wrong.ndcg < 1 and cases.Verdict(case, ()).ndcg == 0
