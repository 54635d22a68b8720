"""From the commit of a publication to its ad found in Elasticsearch, while ten ads are published a second.

PostgreSQL, and one worker as production runs it. Seconds, median and slowest. The floor is Elasticsearch's own refresh
interval of one second: no document is found sooner than half of it on average.
"""

import os
import statistics
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from _common import ROOT, bench, must, report

ADS, A_SECOND, THREADS = int(os.environ.get("BENCH_ADS", "200")), 10, 8
MEDIAN_BAR, SLOWEST_BAR = 2.0, 4.0


def fill() -> list[int]:
    """One employer and its drafts with a credit each."""
    from search import index, indexing
    from tests.factories import CreditLotFactory, EmployerFactory, JobAdFactory

    employer = EmployerFactory(with_page=True)
    CreditLotFactory(employer=employer, quantity=ADS)
    ads = [JobAdFactory(employer=employer).pk for _ in range(ADS)]
    for kind in index.KINDS:
        indexing.rebuild(kind)
    indexing.drain()
    return ads


class Watch:
    """Asks the index for all that was published and not yet found, in a thread, and notes when it is."""

    def __init__(self) -> None:
        self.since: dict[int, float] = {}
        self.taken: dict[int, float] = {}
        self.thread = threading.Thread(target=self.look)
        self.thread.start()

    def look(self) -> None:
        from search import index
        from search.client import client

        pause, started = threading.Event(), time.perf_counter()
        while len(self.taken) < ADS and time.perf_counter() - started < 180:
            waiting = [pk for pk in list(self.since) if pk not in self.taken]
            if waiting:
                found = client().search(
                    index=index.alias("ads"), query={"terms": {"id": waiting}}, size=ADS, source=False
                )
                now = time.perf_counter()
                self.taken |= {int(h["_id"]): now - self.since[int(h["_id"])] for h in found["hits"]["hits"]}
            pause.wait(0.1)


def publish(pk: int, watch: Watch) -> None:
    from django.db import connections

    from pages.models import JobAd

    try:
        JobAd.objects.get(pk=pk).get_latest_revision().publish()
        watch.since[pk] = time.perf_counter()
    finally:
        connections.close_all()


def main() -> None:
    url = os.environ.get("ELASTICSEARCH_URL")
    must(url, "set ELASTICSEARCH_URL (dev/services/elasticsearch.sh start)")
    os.environ["BENCH_TASKS"] = "django_tasks_db.DatabaseBackend"
    with bench("findable"):
        from django.conf import settings

        settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_PREFIX = url, f"bench-{os.getpid()}"
        ads = fill()
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "ashjob.settings.dev",
            "ELASTICSEARCH_URL": url,
            "ELASTICSEARCH_PREFIX": settings.ELASTICSEARCH_PREFIX,
        }
        command = [sys.executable, str(ROOT / "manage.py"), "db_worker", "--interval", "0.2", "--no-reload"]
        worker = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            measure(ads)
        finally:
            worker.terminate()
            worker.wait()
            from search import index

            for kind in index.KINDS:
                index.drop(kind)


def begin_with_a_worker() -> None:
    """Wait until the worker has done a task and all that filling left to it: it takes seconds to start."""
    from django_tasks_db.models import DBTaskResult

    from search import tasks

    tasks.drain.enqueue()
    pause, started = threading.Event(), time.perf_counter()
    while DBTaskResult.objects.ready().exists() or DBTaskResult.objects.running().exists():
        must(time.perf_counter() - started < 120, "the worker has not emptied its queue within two minutes")
        pause.wait(0.2)


def measure(ads: list[int]) -> None:
    begin_with_a_worker()
    watch, began = Watch(), time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        for number, pk in enumerate(ads):
            threading.Event().wait(max(0.0, began + number / A_SECOND - time.perf_counter()))
            pool.submit(publish, pk, watch)
    rate = ADS / (max(watch.since.values()) - began)
    watch.thread.join()
    must(len(watch.taken) == ADS, f"{ADS - len(watch.taken)} ads were not found within three minutes")
    print(f"{ADS} ads published at {rate:.1f} a second")
    report("findable-slowest", max(watch.taken.values()), SLOWEST_BAR)
    report("findable-median", statistics.median(watch.taken.values()), MEDIAN_BAR)


if __name__ == "__main__":
    main()
