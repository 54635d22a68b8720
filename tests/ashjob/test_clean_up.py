"""What the nightly cleaning forgets, and what it leaves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ashjob.tasks import KEEP_DAYS, clean_up
from outbox.models import Entry


@pytest.mark.django_db
def test_changes_passed_on_long_ago_are_forgotten_and_those_that_wait_are_not():
    now = timezone.now()
    long_ago, lately = now - timedelta(days=KEEP_DAYS + 1), now - timedelta(days=KEEP_DAYS - 1)
    for key, processed_at in (("old", long_ago), ("lately", lately), ("waits", None)):
        Entry.objects.create(topic="search.ad", key=key, processed_at=processed_at)
    Entry.objects.filter(key="waits").update(created_at=long_ago)
    clean_up.call()
    assert set(Entry.objects.values_list("key", flat=True)) == {"lately", "waits"}
