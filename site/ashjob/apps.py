from django.apps import AppConfig


class AshjobConfig(AppConfig):
    """Wires the applications together: settings, URLs, schedule, what every template sees."""

    name = "ashjob"
    label = "ashjob"
    verbose_name = "ASH Job"

    def ready(self) -> None:
        from post_office.signals import email_queued

        from . import tasks

        email_queued.connect(tasks.send_soon, dispatch_uid="ashjob.send_soon")
