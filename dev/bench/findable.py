"""From the commit of a publication to its ad found in Elasticsearch, with the worker as `make demo` runs it.

Two figures in seconds, median and slowest of 20 ads published one after the other. The floor is Elasticsearch's own
refresh interval of one second: no document is found sooner than half of it on average.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADS = 20
MEDIAN_BAR, SLOWEST_BAR = 2.0, 4.0


def prepare(folder: str) -> dict[str, str]:
    """An environment with a database, files and indices of its own. Needs ELASTICSEARCH_URL."""
    if not os.environ.get("ELASTICSEARCH_URL"):
        sys.exit("findable: set ELASTICSEARCH_URL (dev/services/elasticsearch.sh start).")
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "ashjob.settings.dev",
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        "MEDIA_ROOT": f"{folder}/media",
        "PRIVATE_ROOT": f"{folder}/private",
        "ELASTICSEARCH_PREFIX": f"bench-{os.getpid()}",
        "LOG_LEVEL": "ERROR",
    }
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    return dict(os.environ)


def fill() -> list:
    """Base data, one employer and its drafts with a credit each."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from search import index, indexing
    from tests.base_data import ensure_base_data
    from tests.factories import CreditLotFactory, EmployerFactory, JobAdFactory

    ensure_base_data()
    for kind in index.KINDS:
        indexing.rebuild(kind)
    employer = EmployerFactory(with_page=True)
    CreditLotFactory(employer=employer, quantity=ADS)
    return [JobAdFactory(employer=employer) for _ in range(ADS)]


def seconds_until_found(ad) -> float:
    """Publish, then ask the engine until it finds the ad."""
    from search.engines.base import AdQuery
    from search.engines.elasticsearch import ElasticsearchEngine

    engine, pause = ElasticsearchEngine(), threading.Event()
    ad.get_latest_revision().publish()
    start = time.perf_counter()
    while ad.pk not in {hit.pk for hit in engine.ads(AdQuery(page_size=50)).hits}:
        if time.perf_counter() - start > 30:
            sys.exit(f"findable: ad {ad.pk} was not found within 30 s.")
        pause.wait(0.02)
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = prepare(folder)
        ads = fill()
        command = [sys.executable, str(ROOT / "manage.py"), "db_worker", "--interval", "0.2"]
        worker = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            seconds_until_found(ads[0])  # the worker has started
            taken = [seconds_until_found(ad) for ad in ads[1:]]
        finally:
            worker.terminate()
            worker.wait()
            from search import index

            for kind in index.KINDS:
                index.drop(kind)
    report("findable-median", statistics.median(taken), MEDIAN_BAR)
    report("findable-slowest", max(taken), SLOWEST_BAR)


def report(name: str, value: float, bar: float) -> None:
    print(f"{name}: {value:.2f} (bar {bar:.2f}) {'ok' if value <= bar else 'short'}")


if __name__ == "__main__":
    main()
