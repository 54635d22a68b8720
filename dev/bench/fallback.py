"""The search without Elasticsearch, hits and facets of a page, on PostgreSQL and on SQLite.

A fixed mix of questions, each asked in turn. The bars are milliseconds at 10,000 ads; at 100,000 the figures are
printed.

    dev/bench/fallback.py [postgresql|sqlite] [NUMBER OF ADS]
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import _common

BARS = {"postgresql": 150.0, "sqlite": 300.0}
SIZES = (10_000, 100_000)
ROUNDS = 12
NEIGHBOURS = "ten neighbouring trades"


def questions() -> dict[str, list]:
    """What is asked, by kind: the words of the trade, with and without place, choices and another order."""
    from django.utils import timezone

    from search.engines.base import DATE, DISTANCE, PAY, AdQuery, Area

    lyon = Area("Lyon (69)", 45.764, 4.8357, 30)
    paris = Area("Paris (75)", 48.8566, 2.3522, 50)
    trades = (
        "éducateur spécialisé", "infirmier", "aide-soignante nuit", "moniteur éducateur", "psychologue",
        "assistante sociale", "chef de service", "ES internat", "protection de l'enfance", "directeur",
    )  # fmt: skip
    now = timezone.now()
    chosen = {"contract": ("cdi", "cdd"), "region": ("84", "11"), "working_time": ("plein",)}
    return {
        "words": [AdQuery(text) for text in trades],
        "words, three facets chosen": [AdQuery(text, filters=chosen) for text in trades],
        "words, 30 km": [AdQuery(text, area=area) for text in trades[:5] for area in (lyon, paris)],
        "words, by distance": [AdQuery(text, area=paris, sort=DISTANCE) for text in trades[:5]],
        "words, by pay": [AdQuery(text, sort=PAY, pay_from=24_000) for text in trades[:5]],
        "everything, newest": [AdQuery(sort=DATE, now=now), AdQuery(now=now)],
        "page 40": [AdQuery(text, page=40) for text in trades[:3]],
        "a sentence": [
            AdQuery("je voudrais travailler avec des enfants autistes de nuit"),
            AdQuery("je cherche un poste auprès de personnes âgées sans week-end"),
        ],
        "a typing error": [AdQuery("psycologue"), AdQuery("educatuer spécialisé")],
        "nothing": [AdQuery("trotinettiste"), AdQuery("xyzzy qwrt")],
    }


def neighbouring_trades() -> list:
    """What a list of few ads counts beside itself: ten trades, in all of France. Printed, and not part of the bar."""
    from reference.models import Profession
    from search.engines.base import AdQuery

    codes = Profession.objects.order_by("position").values_list("code", flat=True)[:10]
    return [AdQuery(filters={"profession": (code,)}) for code in codes]


def measure(vendor: str, ads: int) -> float:
    """Prints a line a kind of question; the 95th percentile of all of them in milliseconds of the clock.

    The processor's time in this process is printed beside: on a busy machine the clock tells of the others.
    """
    import _corpus
    from django.db import connection, reset_queries

    from search import indexing
    from search.engines.database import DatabaseEngine

    start = time.perf_counter()
    _corpus.load_ads(ads)
    loaded = time.perf_counter()
    indexing.rebuild("ads")
    _corpus.analyze()
    print(
        f"{vendor}, {ads} ads: loaded in {loaded - start:.0f} s, read in {time.perf_counter() - loaded:.0f} s"
    )
    engine = DatabaseEngine()
    taken: dict[str, list[float]] = {}
    worked: dict[str, list[float]] = {}
    neighbours = neighbouring_trades()
    for number in range(ROUNDS + 1):
        for name, asked in (questions() | {NEIGHBOURS: [neighbours]}).items():
            for query in asked:
                begin, busy = time.perf_counter(), time.process_time()
                results = engine.ad_totals(query) if name == NEIGHBOURS else engine.ads(query)
                milliseconds = (time.perf_counter() - begin) * 1000
                if number:
                    taken.setdefault(name, []).append(milliseconds)
                    worked.setdefault(name, []).append((time.process_time() - busy) * 1000)
                elif name in ("words", "everything, newest"):
                    _common.must(results.total, f"{query} found nothing")
    for name, times in taken.items():
        own = statistics.median(worked[name])
        line = f"p50 {statistics.median(times):7.1f} ms, p95 {percentile(times):7.1f} ms"
        print(f"  {name:28} {line}, of the processor {own:6.1f} ms")
    reset_queries()
    connection.close()
    return percentile([one for name, times in taken.items() if name != NEIGHBOURS for one in times])


def percentile(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[18]


def run(vendor: str, ads: int) -> None:
    """One database of its own, filled and asked."""
    with tempfile.TemporaryDirectory() as folder:
        if vendor == "sqlite":
            _common.start_django(f"sqlite:///{folder}/bench.sqlite3", folder)
            worst = measure(vendor, ads)
        else:
            with _common.databases(f"bench_fallback_{os.getpid()}") as (url,):
                _common.start_django(url, folder)
                worst = measure(vendor, ads)
                from django.db import connections

                connections.close_all()
    name = f"fallback-{vendor}-{ads // 1000}k-p95-ms"
    if ads == SIZES[0]:
        _common.report(name, worst, BARS[vendor])
    else:
        print(f"{name}: {worst:.2f} (no bar)")


def main() -> None:
    vendors = [name for name in BARS if name in sys.argv] or list(BARS)
    sizes = [int(part) for part in sys.argv[1:] if part.isdecimal()] or SIZES
    if len(vendors) == len(sizes) == 1:
        run(vendors[0], sizes[0])
        return
    for size in sizes:
        for vendor in vendors:
            # A process each: Django keeps to one database.
            subprocess.run([sys.executable, str(Path(__file__)), vendor, str(size)], check=True)


if __name__ == "__main__":
    main()
