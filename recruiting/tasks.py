"""Background work of recruiting. Every task may run twice, late, and beside itself."""

from __future__ import annotations

from django_tasks import task

from . import cvs, library


@task()
def refresh_library() -> int:
    """Nightly: let the index forget the profiles that were not refreshed for 45 days (G31)."""
    return library.forget_stale()


@task()
def remind_candidates() -> int:
    """Daily: a mail at day 30 and day 40 to those whose profile will leave the CV library."""
    return library.remind()


@task()
def sweep_cvs() -> int:
    """Nightly: delete CV files that belong to no candidate and no application."""
    return cvs.sweep()
