"""What the cast is put back from is what its services made."""

import pytest
from django.apps import apps
from django.db import transaction

from accounts.models import Membership
from tests.factories import EmployerFactory, UserFactory
from tests.recorded import begin_recording, recorded

pytestmark = pytest.mark.django_db


def _rows() -> dict[str, list]:
    """Every row of every table that holds any."""
    rows = {}
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.proxy and model._meta.managed:
            rows[model._meta.db_table] = list(model._base_manager.order_by("pk").values_list())
    return {table: found for table, found in rows.items() if found}


def _employer():
    return recorded("an employer of this test", lambda: EmployerFactory(with_page=True))


def _in_a_test_of_its_own(ask):
    """What `ask` gives in a transaction that is undone, as a test's is."""
    begin_recording()
    with transaction.atomic():
        given = ask()
        transaction.set_rollback(True)
    return given


def test_the_rows_and_the_object_are_the_same(on_postgres):
    """On PostgreSQL, which gives other keys each time, nothing is put back."""
    (made, first), (again, second) = (_in_a_test_of_its_own(lambda: (_employer(), _rows())) for _ in range(2))
    assert (first == second) is not on_postgres
    assert ((made, made.legal_name) == (again, again.legal_name)) is not on_postgres


def test_it_is_made_anew_when_the_test_wrote_before():
    def after_somebody():
        somebody = UserFactory()
        employer = _employer()
        return somebody.pk, Membership.objects.get(employer=employer).user_id

    _in_a_test_of_its_own(_employer)
    somebody, administrator = _in_a_test_of_its_own(after_somebody)
    assert somebody != administrator
