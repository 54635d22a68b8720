"""A full rebuild of the ads from PostgreSQL, beside `streaming_bulk` of ready documents into the same index.

Ours reads every row through the ORM, builds the documents, keeps the shadow rows, writes, compares every revision and
swaps; the bare side sends documents that lie ready in memory, and does nothing else. In turns, medians of three. The
very first rebuild, which fills the shadow rows as well, is printed. Memory: the peak of a process that rebuilds the
large corpus beside that of one that rebuilds the small.

    BENCH_ADS=100000 BENCH_FEW=10000 BENCH_ROUNDS=3 dev/bench.sh rebuild
"""

import os
import resource
import statistics
import subprocess
import sys

from _common import bench, must, report, report_least, seconds

MANY, FEW = int(os.environ.get("BENCH_ADS", "100000")), int(os.environ.get("BENCH_FEW", "10000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
BAR, MEMORY_BAR = 0.7, 1.2


def main() -> None:
    if len(sys.argv) > 1:
        measure_memory(sys.argv[1])
        return
    must(os.environ.get("ELASTICSEARCH_URL"), "set ELASTICSEARCH_URL (dev/services/elasticsearch.sh start)")
    url = os.environ["ELASTICSEARCH_URL"]
    with bench("rebuild"):
        on_server(url)
        from search import index

        try:
            compare()
        finally:
            for kind in index.KINDS:
                index.drop(kind)


def on_server(url: str) -> None:
    from django.conf import settings

    settings.ELASTICSEARCH_URL = url
    settings.ELASTICSEARCH_PREFIX = f"bench-{os.getppid() if len(sys.argv) > 1 else os.getpid()}"


def compare() -> None:
    import _corpus

    from search import index, indexing

    _corpus.load_ads(FEW)
    print(f"{FEW} ads, first rebuild: {FEW / seconds(lambda: indexing.rebuild('ads')):.0f} a second")
    little = peak()
    _corpus.load_ads(MANY - FEW, seed=8)
    first = seconds(lambda: indexing.rebuild("ads"))
    print(f"{MANY} ads, first rebuild of most of them: {MANY / first:.0f} a second")
    much = peak()
    ready = list(documents())
    must(len(ready) == MANY, f"{len(ready)} documents instead of {MANY}")
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        taken[0].append(seconds(lambda: indexing.rebuild("ads")))
        taken[1].append(seconds(lambda: bare(ready)))
    ours, raw = (statistics.median(times) for times in taken)
    print(f"{MANY} ads: ours {MANY / ours:.0f} a second, ready documents {MANY / raw:.0f} a second")
    print(f"peak of the process: {little / 1024:.0f} MB with {FEW} ads, {much / 1024:.0f} MB with {MANY}")
    report("rebuild-memory", much / little, MEMORY_BAR)
    report_least("rebuild", raw / ours, BAR)
    must(index.count("ads") == MANY, "not every ad is in the index")


def documents():
    """What the rebuild sends, ready."""
    from search import indexing

    after = 0
    while pks := indexing.next_keys("ads", after):
        after = pks[-1]
        for change in indexing.read("ads", pks, bump=False):
            yield {**change.doc, "rev": change.rev}


def bare(ready: list[dict]) -> None:
    import _corpus
    from elasticsearch import helpers

    from search import index
    from search.client import patient_client

    name = index.create("ads")
    for _ in helpers.streaming_bulk(patient_client(), _corpus.actions(name, ready), chunk_size=index.CHUNK):
        pass
    index.complete(name)
    index.remove(name)


def peak() -> int:
    """Kilobytes that a process of its own takes at most to rebuild what is there."""
    from django.conf import settings

    environment = os.environ | {"ELASTICSEARCH_URL": settings.ELASTICSEARCH_URL}
    command = [sys.executable, __file__, "memory"]
    answer = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return int(answer.stdout.split()[-1])


def measure_memory(_: str) -> None:
    url = os.environ["ELASTICSEARCH_URL"]
    import django

    django.setup()
    on_server(url)
    from search import indexing

    indexing.rebuild("ads")
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    main()
