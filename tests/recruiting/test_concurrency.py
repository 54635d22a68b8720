"""Two clicks at the same moment: locks and constraints, on PostgreSQL."""

import threading
import uuid

import pytest
from django.core import mail
from django.db import connection

from recruiting import applications, cvs
from recruiting.applications import ForbiddenMove, Sender
from recruiting.models import Application, Cv
from tests.factories import ApplicationFactory, CandidateFactory, CvFactory, EmployerFactory, JobAdFactory
from tests.recruiting.build import cv_upload

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("transactional_db")]
State = Application.State


def at_once(*calls) -> list:
    """Run these calls at the same moment, each on a connection of its own; their results or what they raised."""
    start, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(index, call):
        start.wait(timeout=10)
        try:
            results[index] = call()
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def test_a_double_click_sends_one_application():
    ad = JobAdFactory(employer=EmployerFactory(with_page=True), live=True)
    sender, key, cv = Sender("Inès", "Moreau", "ines@test.example"), uuid.uuid4(), CvFactory(is_current=False)

    def click():
        return applications.apply_to_ad(ad, sender, letter="", cv=cv, form_key=key)

    results = at_once(*[click] * 6)
    assert {getattr(result, "pk", result) for result in results} == {Application.objects.get().pk}
    assert len(mail.outbox) == 2


def test_the_employer_decides_while_the_candidate_withdraws():
    application = ApplicationFactory(employer=EmployerFactory(with_page=True))
    user = application.employer.memberships.get().user
    results = at_once(
        lambda: applications.move(application, State.HIRED, user), lambda: applications.withdraw(application)
    )
    application.refresh_from_db()
    moves = [(move.from_state, move.to_state) for move in application.moves.all()]
    # Whoever came second was refused, and the log tells one move.
    assert sum(isinstance(result, ForbiddenMove) for result in results) == 1
    assert moves == [(State.RECEIVED, application.state)]


def test_two_files_at_once_leave_one_current_cv():
    candidate = CandidateFactory()
    results = at_once(*[lambda: cvs.store(cv_upload(), candidate)] * 3)
    assert not any(isinstance(result, Exception) for result in results), results
    assert Cv.objects.filter(candidate=candidate, is_current=True).count() == 1
