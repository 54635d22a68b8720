"""The mail queue as our settings make it."""

from unittest import mock

import pytest
from django.core.mail.backends.locmem import EmailBackend
from post_office import mail
from post_office.models import STATUS, Email

from tests.tools import deliver_mails

pytestmark = pytest.mark.django_db


def test_a_mail_that_the_server_refuses_waits_for_another_try():
    mail.send("anne@test.example", "ashjob@test.example", subject="Essai", message="Bonjour")
    with mock.patch.object(EmailBackend, "send_messages", side_effect=OSError("refused")):
        deliver_mails()
    email = Email.objects.get()
    assert email.status == STATUS.requeued
    assert email.scheduled_time is not None
