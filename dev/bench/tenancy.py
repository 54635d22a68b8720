"""An employer with 500 ads among 5,000 employers and 50,000 ads, beside the same one alone in its database.

"Mes annonces" as the recruiter sees it (also its last page, and a search) and the explorer of its page as the office
sees it. Two databases, a process each, asked in turns; medians of 25. The numbers of queries must be the same.
"""

import os
import statistics
import subprocess
import sys
import tempfile

from _common import client_of, databases, must, report, seconds, start_django

ROUNDS, WARM_UP, BAR = 25, 3, 1.5
OWN, EMPLOYERS, EACH = 500, 5000, 10
SPACE = "/espace-recruteur/annonces/"
SCREENS = (
    "mes-annonces",
    "mes-annonces-last",
    "mes-annonces-search",
    "explorer",
    "explorer-search",
    "image-chooser",
)


def main() -> None:
    if len(sys.argv) > 1:
        serve(sys.argv[1])
        return
    names = [f"bench_{kind}_{os.getpid()}" for kind in ("alone", "among")]
    with databases(*names) as urls:
        processes = [
            subprocess.Popen(
                [sys.executable, __file__, kind],
                env=os.environ | {"DATABASE_URL": url},
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )
            for kind, url in zip(("alone", "among"), urls, strict=True)
        ]  # fmt: skip
        try:
            alone, among = processes
            print(f"{answer(alone)}\n{answer(among)}")
            for screen in SCREENS:
                compare(screen, alone, among)
        finally:
            for process in processes:
                process.stdin.close()
                process.wait()


def answer(process) -> str:
    while line := process.stdout.readline():
        if line.startswith("> "):
            return line[2:].rstrip()
    sys.exit("tenancy: a process ended before its time.")


def ask(process, screen: str) -> tuple[float, int]:
    process.stdin.write(screen + "\n")
    process.stdin.flush()
    taken, queries = answer(process).split()
    return float(taken), int(queries)


def compare(screen: str, alone, among) -> None:
    turns = [(ask(alone, screen), ask(among, screen)) for _ in range(WARM_UP + ROUNDS)][WARM_UP:]
    medians = [statistics.median(turn[side][0] for turn in turns) for side in (0, 1)]
    queries = [{turn[side][1] for turn in turns} for side in (0, 1)]
    print(
        f"{screen}: alone {medians[0] * 1000:.0f} ms in {said(queries[0])} queries, "
        f"among the others {medians[1] * 1000:.0f} ms in {said(queries[1])}"
    )
    report(f"tenancy-{screen}", medians[1] / medians[0], BAR)
    report(f"tenancy-{screen}-queries", max(queries[1]) / max(queries[0]), 1)


def said(numbers: set[int]) -> str:
    return " or ".join(str(number) for number in sorted(numbers))


def serve(kind: str) -> None:
    """Fill the database, then answer for each screen asked on the standard input: seconds, queries."""
    with tempfile.TemporaryDirectory() as folder:
        start_django(os.environ["DATABASE_URL"], folder)
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        screens = fill(kind)
        for line in sys.stdin:
            client, path = screens[line.strip()]
            with CaptureQueriesContext(connection) as captured:
                taken = seconds(lambda c=client, p=path: check(c.get(p)))
            print(f"> {taken} {len(captured)}", flush=True)


def check(response) -> None:
    must(response.status_code == 200, (response.status_code, getattr(response, "url", "")))


def fill(kind: str) -> dict:
    import _many

    from accounts.models import Employer
    from pages.models import JobAd
    from tests.factories import EmployerFactory, JobAdFactory, UserFactory

    employer = EmployerFactory(legal_name="Association Les Ormeaux", with_page=True)
    first = JobAdFactory(employer=employer, live=True)
    if kind == "among":
        # Half of the others before, half after: its rows lie in the middle of the tables.
        _many.add_employers(EMPLOYERS // 2, EACH, like=first)
    _many.add_ads(employer.company_page, OWN - 1)
    if kind == "among":
        _many.add_employers(EMPLOYERS - EMPLOYERS // 2 - 1, EACH, like=first)
    print(f"> {kind}: {Employer.objects.count()} employers, {JobAd.objects.count()} ads", flush=True)
    recruiter = client_of(employer.memberships.get().user)
    office = client_of(UserFactory(is_staff=True, is_superuser=True))
    explorer = f"/gestion/pages/{employer.company_page.pk}/"
    return {
        "mes-annonces": (recruiter, SPACE),
        "mes-annonces-last": (recruiter, f"{SPACE}?page=25"),
        "mes-annonces-search": (recruiter, f"{SPACE}?q=specialise"),
        "explorer": (office, explorer),
        "explorer-search": (office, f"{explorer}?q=spécialisé"),
        "image-chooser": (recruiter, "/gestion/images/chooser/"),
    }


if __name__ == "__main__":
    main()
