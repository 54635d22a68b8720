"""Kill the node that holds the primary while the site reads and writes, and count. `three_nodes.sh try` runs it.

The site's own engine, clients, mappings and writing are used, through all three addresses: what is counted is what a
visitor and the outbox would see. A write that was refused or timed out is no loss: the outbox keeps it and tries again.
"""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
BEFORE, AFTER = 8, 90
#: Ads in the index all the time: a write replaces one.
ADS = 500


def prepare(folder: str) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "ashjob.settings.test",
        "DATABASE_URL": f"sqlite:///{folder}/nodes.sqlite3",
        "ELASTICSEARCH_PREFIX": "nodes",
        "ELASTICSEARCH_REPLICAS": "1",
        "LOG_LEVEL": "ERROR",
    }
    import logging

    import django

    django.setup()
    logging.getLogger("elastic_transport").setLevel(logging.CRITICAL)


class Load:
    """Readers and writers in threads, and what became of each request."""

    def __init__(self, name: str) -> None:
        self.name, self.stop = name, threading.Event()
        self.counts: Counter[str] = Counter()
        self.acknowledged: dict[int, int] = {}
        self.slowest = {"read": 0.0, "write": 0.0}
        jobs = [self.read, self.read, self.write]
        self.threads = [threading.Thread(target=self.run, args=(job,)) for job in jobs]

    def run(self, job) -> None:
        from search.engines.base import SearchUnavailable

        what, number = job.__name__, 0
        while not self.stop.is_set():
            number += 1
            started = time.monotonic()
            try:
                job(number)
            except SearchUnavailable as error:
                self.counts[f"{what} failed"] += 1
                print(f"{what} failed: {str(error)[:150]}", flush=True)
            else:
                self.counts[what] += 1
            self.slowest[what] = max(self.slowest[what], time.monotonic() - started)
            self.stop.wait(0.02)

    def read(self, number: int) -> None:
        from search.engines.base import AdQuery
        from search.engines.elasticsearch import ElasticsearchEngine

        if (total := ElasticsearchEngine().ads(AdQuery("éducateur")).total) != ADS:
            self.counts["read short"] += 1
            print(f"read short: {total} of {ADS}", flush=True)

    def write(self, number: int) -> None:
        from search import index

        change = document(number)
        if not index.write([self.name], [change]).errors:
            self.acknowledged[change.pk] = change.rev


def warm_up() -> None:
    """Read until the servers, which have just begun, answer as one that has worked for a while does."""
    from search.engines.base import AdQuery
    from search.engines.elasticsearch import ElasticsearchEngine

    for _ in range(100):
        ElasticsearchEngine(timeout=20).ads(AdQuery("éducateur"))


def document(number: int):
    """The `number`-th write: the ads in turn, each time at a higher revision."""
    from django.utils import timezone

    from search import index

    now = timezone.now()
    doc = {
        "id": number % ADS, "title": f"Éducateur spécialisé {number}", "employer": 1, "published_at": now,
        "ends_at": now.replace(year=now.year + 1),
    }  # fmt: skip
    return index.Change(number % ADS, number, doc)


def holder(name: str) -> str:
    """The node with the primary of this index."""
    from search.client import patient_client

    (shard,) = [
        row for row in patient_client().cat.shards(index=name, format="json").body if row["prirep"] == "p"
    ]
    return str(shard["node"])


def health(name: str, wanted: str, seconds: int) -> float | None:
    """Seconds until the index is `wanted`; None when it does not become so."""
    from elasticsearch import ApiError, TransportError

    from search.client import patient_client

    started = time.monotonic()
    while time.monotonic() - started < seconds:
        try:
            state = patient_client().cluster.health(index=name)["status"]
        except (ApiError, TransportError):
            state = ""
        if state == wanted:
            return time.monotonic() - started
        threading.Event().wait(0.2)
    return None


def lost(name: str, acknowledged: dict[int, int]) -> int:
    """How many acknowledged writes the index does not hold, at their revision or a later one."""
    from search import index

    found = index.exact("ads", name, acknowledged)
    return sum(pk not in found or found[pk].rev < rev for pk, rev in acknowledged.items())


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        from search import index
        from search.client import patient_client

        for kind in index.KINDS:
            index.drop(kind)
        name = index.create("ads")
        index.write([name], [document(number) for number in range(1, ADS + 1)])
        index.complete(name)
        index.switch("ads", name)
        if health(name, "green", 60) is None:
            sys.exit("three-nodes: the index did not become green.")
        warm_up()
        load = Load(name)
        load.acknowledged = {number % ADS: number for number in range(1, ADS + 1)}
        for thread in load.threads:
            thread.start()
        threading.Event().wait(BEFORE)
        node = holder(name)
        pid = int((Path(sys.argv[1]) / node[-1] / "pid").read_text(encoding="utf-8"))
        os.kill(pid, signal.SIGKILL)
        killed = time.monotonic()
        print(f"{node}, which holds the primary, is killed after {dict(load.counts)}", flush=True)
        health(name, "yellow", 30)  # the others have noticed
        green = health(name, "green", AFTER)
        threading.Event().wait(max(0.0, 10 - (time.monotonic() - killed)))
        subprocess.run([str(HERE / "three_nodes.sh"), "again", node[-1]], check=True)
        threading.Event().wait(10)
        load.stop.set()
        for thread in load.threads:
            thread.join()
        gone = lost(name, load.acknowledged)
        said = "not green again" if green is None else f"green again after {green:.0f} s"
        print(f"{said}; {patient_client().cat.health().body.strip()}")
        for what in ("read", "write"):
            print(
                f"{what}s: {load.counts[what]} answered, {load.counts[f'{what} failed']} failed, "
                f"the slowest {load.slowest[what]:.2f} s"
            )
    failed = load.counts["read failed"] + load.counts["read short"]
    report("failed-reads", failed)
    report("acknowledged-writes-lost", gone)
    if failed or gone:
        sys.exit(1)


def report(name: str, count: int) -> None:
    print(f"three-nodes-{name}: {count} (bar 0) {'ok' if not count else 'short'}")


if __name__ == "__main__":
    main()
