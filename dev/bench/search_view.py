"""A page of results beside the same bodies sent to Elasticsearch by nobody but its client.

Run:  dev/services/elasticsearch.sh start; dev/services/postgresql.sh start; .venv/bin/python dev/bench/search_view.py

100,000 ads and 100,000 CVs of the corpus, and 3,000 companies, are in indices of this run's own, which go when it ends;
the database has the reference lists and no ad: a page of results reads none (nor do the counts of readers find a row to
add to). Searches are a mix (`_searches`): words, words and facets, words and a place, by date, everything. The raw side
sends the very bodies that the page sends, written by the same library, and reads the answer as the client gives it.
Both sides take their searches from the same mix in turns, so that the server's caches and whatever else the machine
does fall on both.

 - HTML and JSON are the whole of the site on one request, middleware and templates included, to the bytes. What readers
   did is counted once the answer has gone out, so it weighs on the throughput and not on the time of a page.
 - Throughput: eight clients at once of two processes with four threads each, as `Dockerfile` serves the site, each
   asking as fast as it is answered; raw, JSON and HTML in ten turns of two seconds each, because what else the machine
   does changes within seconds, and with it the ratio of two long turns.
 - The default list: its two bodies beside the one that asks for everything at once, as it was before.
 - The worst page of each kind in the server's own time, all that it asks added up: no visitor may cause more than
   50 ms. Searches of the CV library, which no visitor reaches, are printed.

Smaller: BENCH_ADS=10000, BENCH_ROUNDS=50, BENCH_SECONDS=1. An index that is there already: BENCH_INDEX=prefix.
"""

import itertools
import multiprocessing
import os
import statistics
import threading
import time
from urllib.parse import unquote_plus

from _common import bench, must, report, report_least
from _searches import KINDS, mixed, search, timed

ADS = int(os.environ.get("BENCH_ADS", "100000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "300"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "2"))
WORKERS, THREADS, TURNS = 2, 4, 10
KINDS_OF_CLIENT = ("raw", "json", "html")
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"
SERVER = os.environ.get("BENCH_ELASTICSEARCH_URL", "http://127.0.0.1:9200")
#: What one anonymous search may cost the server.
MOST_MS = 50


def settings_for_search() -> None:
    from django.conf import settings

    settings.ELASTICSEARCH_URL = SERVER
    settings.ELASTICSEARCH_PREFIX = os.environ.get("BENCH_INDEX", f"bench-view-{os.getpid()}")
    settings.ELASTICSEARCH_TIMEOUT = 60


def bodies(parameters: str) -> list:
    """The bodies that the page of these parameters sends, and the index before each."""
    from django.http import QueryDict

    from search import index, requests
    from search.engines import es_query
    from search.engines.base import asked_now

    query = asked_now(requests.ads(QueryDict(parameters)).query, "elasticsearch")
    return [part for body in es_query.ads(query).bodies for part in ({"index": index.alias("ads")}, body)]


class Sides:
    """The three ways to ask, each a function of the parameters."""

    def __init__(self) -> None:
        from django.test import RequestFactory

        from ashjob.wsgi import application
        from search.client import SERIALIZER, client

        self.write = SERIALIZER.dumps
        self.requests, self.site, self.server = RequestFactory(), application, client()
        self.address = itertools.count(os.getpid() * 1000)

    def page(self, path: str, address: str = "127.0.0.1"):
        """The whole of the site on one request, to the bytes of its answer; `close` is what follows the answer."""
        request = self.requests.get(path, REMOTE_ADDR=address, HTTP_USER_AGENT=BROWSER)
        return self.site.get_response(request)

    def raw(self, searches: list) -> None:
        lines = [self.write(part) for part in searches]
        answers = self.server.msearch(searches=lines).body["responses"]
        must(all("error" not in answer for answer in answers), answers)

    def html(self, parameters: str):
        response = self.page(f"/annonces/?{parameters}")
        must(response.status_code == 200 and b"</html>" in response.content, response.status_code)
        return response

    def json(self, parameters: str):
        # Each from an address of its own: the rate is for one program, not for a measurement.
        n = next(self.address)
        response = self.page(f"/annonces.json?{parameters}", f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}")
        must(response.status_code == 200 and b'"items"' in response.content, response.status_code)
        return response


def percentile(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


def latencies() -> dict[str, list[float]]:
    """Seconds of each side for searches of the same mix, in turns; who goes first changes."""
    sides, taken = Sides(), {"raw": [], "html": [], "json": []}
    asks = list(taken)
    for number, kinds in enumerate(zip(*(mixed(n * 10_000, ROUNDS + 10) for n in range(3)), strict=True)):
        order = asks[number % 3 :] + asks[: number % 3]
        for name in order:
            parameters = kinds[asks.index(name)][1]
            if name == "raw":
                searches = bodies(parameters)
                seconds = timed(sides.raw, searches)
            else:
                seconds = timed(getattr(sides, name), parameters)
            if number >= 10:
                taken[name].append(seconds)
    return taken


def _client(number: int, sides: Sides, opened, start, done) -> None:
    """One of the clients: how many answers it gets of each kind, in turns that all of them take together."""
    from django.db import connections

    searches = [parameters for _, parameters in mixed(100_000 * (number + 1), 1000)]
    asked = {name: itertools.cycle(searches) for name in KINDS_OF_CLIENT}
    asked["raw"] = itertools.cycle([bodies(parameters) for parameters in searches])
    for name, questions in asked.items():
        for question in itertools.islice(questions, 5):
            getattr(sides, name)(question)
    opened.release()
    start.wait()
    end, answers = time.perf_counter(), dict.fromkeys(KINDS_OF_CLIENT, 0)
    for name in KINDS_OF_CLIENT * TURNS:
        end += SECONDS
        while time.perf_counter() < end:
            timed(getattr(sides, name), next(asked[name]))
            answers[name] += 1
    done.put(answers)
    connections.close_all()


def _worker(first: int, *signals) -> None:
    """A process of the site with its threads, as `Dockerfile` serves it; each thread is asked by one client."""
    sides = Sides()
    clients = [threading.Thread(target=_client, args=(first + n, sides, *signals)) for n in range(THREADS)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()


def throughput() -> dict[str, float]:
    """Answers a second of all clients at once, of each kind."""
    from django.db import connections

    from search import client as search_client

    # No process gets a connection of another.
    connections.close_all()
    search_client._connect.cache_clear()
    fork = multiprocessing.get_context("fork")
    opened, start, done = fork.Semaphore(0), fork.Event(), fork.Queue()
    workers = [
        fork.Process(target=_worker, args=(n * THREADS, opened, start, done), daemon=True)
        for n in range(WORKERS)
    ]
    for one in workers:
        one.start()
    for _ in range(WORKERS * THREADS):
        must(opened.acquire(timeout=120), "a client found no answer")
    start.set()
    answers = [done.get(timeout=SECONDS * TURNS * 10 + 120) for _ in range(WORKERS * THREADS)]
    for one in workers:
        one.join()
    return {name: sum(each[name] for each in answers) / (SECONDS * TURNS) for name in KINDS_OF_CLIENT}


def default_list() -> tuple[float, float]:
    """Median seconds of the default list: our two bodies, and the single one that it once was."""
    from django.utils import timezone

    from search import index
    from search.engines.base import AD_FACETS

    sides, ours = Sides(), bodies("")
    now = timezone.now()
    decay = {"published_at": {"origin": now.isoformat(), "scale": "14d", "offset": "2d", "decay": 0.5}}
    visible = {"bool": {"filter": [{"range": {"ends_at": {"gt": now.isoformat()}}}]}}
    naive = {
        "query": {
            "function_score": {
                "query": visible, "score_mode": "sum", "boost_mode": "replace",
                "functions": [{"weight": 1}, {"gauss": decay}],
            }
        },
        "size": 20, "track_total_hits": True, "_source": ["card", "location"],
        "sort": [{"_score": "desc"}, {"published_at": "desc"}, {"id": "desc"}],
        "aggs": {
            name: {"filter": {"bool": {"filter": []}}, "aggs": {"values": {"terms": {"field": name, "size": 120}}}}
            for name in AD_FACETS
        },
    }  # fmt: skip
    whole = [{"index": index.alias("ads")}, naive]
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(60):
        for side, searches in zip(taken, (ours, whole), strict=True):
            side.append(timed(sides.raw, searches))
    return statistics.median(taken[0][5:]), statistics.median(taken[1][5:])


#: Searches that cost most: errors of typing, sentences, nothing found, few found, everything near, the other screens.
HARD = {
    "typo": ("q=psycologue", "q=educateurr+specialisse+psycologue", "q=infirmierre+de+nuitt+a+lyonn"),
    "sentence": (
        "q=" + "+".join(["travailler", "avec", "des", "personnes", "adultes", "handicapées", "foyer"] * 3),
        "q=je+voudrais+accompagner+des+enfants+autistes+dans+une+école+ou+un+foyer+le+soir",
        "q=un+travail+de+jour+sans+week-end+auprès+de+personnes+âgées+débutant+accepté",
    ),
    "nothing": ("q=xyzzy+qwrtz+plugh+frobnicate", "q=trotinettiste+aérospatial+moléculaire"),
    "signs": ("q=%22éducateur+spécialisé%22+-internat+-nuit+-mecs", "q=" + "+".join("abcdefghijklmnopqrst")),
    "few": ("q=orthophoniste+nuit&place=Guéret&radius=10", "q=psychologue+autisme&place=Mende&radius=5&contract=stage"),
    "deep": ("q=éducateur&page=200", "q=travailleur+social&page=200&sort=date"),
    "far": ("q=éducateur&place=Paris&radius=100&sort=distance", "q=educateur&sort=salaire&pay_from=20000"),
}  # fmt: skip
OTHERS = (
    "/annonces/carte/?q=éducateur",
    "/entreprises/",
    "/entreprises/?q=associationn+tilleulls",
    "/entreprises/?" + HARD["sentence"][0],
    "/entreprises/?q=foyer+enfants&place=Paris&radius=100&page=50",
)
CVS = (
    "",
    "éducateur spécialisé",
    "infirmierre de nuitt",
    "travailler avec des adultes handicapés",
    "ES autisme",
)


class ServerTime:
    """Milliseconds that Elasticsearch says it took for all that is asked while this is open."""

    def __enter__(self) -> "ServerTime":
        from elasticsearch import Elasticsearch

        self.milliseconds, self._own = 0, {}

        def counted(asks):
            def ask(*args, **kwargs):
                answer = asks(*args, **kwargs)
                self.milliseconds += answer["took"]
                return answer

            return ask

        for name in ("search", "msearch"):
            self._own[name] = getattr(Elasticsearch, name)
            setattr(Elasticsearch, name, counted(self._own[name]))
        return self

    def __exit__(self, *_) -> None:
        from elasticsearch import Elasticsearch

        for name, own in self._own.items():
            setattr(Elasticsearch, name, own)


def worst() -> dict[str, tuple[float, str]]:
    """Of each kind the page for which the server worked longest, in milliseconds: the best of three tries counts."""
    sides, found = Sides(), {}
    asked = [(kind, f"/annonces/?{search(kind, 900_000 + n)}") for kind in KINDS for n in range(25)]
    asked += [(kind, f"/annonces/?{each}") for kind, several in HARD.items() for each in several]
    asked += [("other screens", path) for path in OTHERS]
    for kind, path in asked:
        tries = []
        for _ in range(3):
            with ServerTime() as server:
                answer = sides.page(path)
                must(answer.status_code == 200, f"{answer.status_code} for {path}")
                answer.close()
            tries.append(server.milliseconds)
        if min(tries) >= found.get(kind, (-1, ""))[0]:
            found[kind] = (min(tries), path)
    return found


def cv_library() -> None:
    """Print what searches of the CV library take."""
    from search.engines.base import CvQuery
    from search.engines.elasticsearch import ElasticsearchEngine

    engine, taken, server_ms = ElasticsearchEngine(), [], []
    for _ in range(20):
        for text in CVS:
            with ServerTime() as server:
                start = time.perf_counter()
                must(engine.cvs(CvQuery(text)).total, f"no CV for {text!r}")
                taken.append(time.perf_counter() - start)
            server_ms.append(server.milliseconds)
    print(
        f"CV library: p50 {1000 * percentile(taken, 0.5):.1f} ms, p95 {1000 * percentile(taken, 0.95):.1f} ms, "
        f"in the server {statistics.median(server_ms):.0f} ms, at most {max(server_ms)}"
    )


def main() -> None:
    with bench("search_view"):
        settings_for_search()
        import _corpus

        from search import index, indexing

        kept = "BENCH_INDEX" in os.environ
        must(not kept or index.count("ads"), "the index of BENCH_INDEX is empty")
        if not kept:
            _corpus.fill("ads", _corpus.ad_documents(ADS))
            _corpus.fill("cvs", _corpus.cv_documents(ADS))
            _corpus.Houses(_corpus.texts.SEED).save()
            indexing.rebuild("companies")
        try:
            measure()
        finally:
            for kind in () if kept else index.KINDS:
                index.drop(kind)


def measure() -> None:
    taken = latencies()
    for name, values in taken.items():
        print(
            f"{name}: p50 {1000 * percentile(values, 0.5):.1f} ms, p95 {1000 * percentile(values, 0.95):.1f} ms"
        )
    # After the server has warmed up: what it costs to start is no visitor's doing.
    slowest = worst()
    for kind, (milliseconds, path) in slowest.items():
        print(f"worst of {kind}: {milliseconds:.0f} ms in the server, {unquote_plus(path)}")
    cv_library()
    rates = throughput()
    print(
        f"{WORKERS * THREADS} clients: " + ", ".join(f"{name} {rate:.0f}/s" for name, rate in rates.items())
    )
    ours, naive = default_list()
    for part, bar in ((0.5, 2.5), (0.95, 2.0)):
        ratio = percentile(taken["html"], part) / percentile(taken["raw"], part)
        report(f"search_view HTML p{100 * part:.0f}", ratio, bar)
    report("search_view JSON p50", percentile(taken["json"], 0.5) / percentile(taken["raw"], 0.5), 1.6)
    report_least("search_view throughput JSON", rates["json"] / rates["raw"], 0.6)
    report_least("search_view throughput HTML", rates["html"] / rates["raw"], 0.45)
    report("search_view default list", ours / naive, 0.4)
    report("search_view worst page in the server, ms", max(ms for ms, _ in slowest.values()), MOST_MS)


if __name__ == "__main__":
    main()
