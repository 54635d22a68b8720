from django.apps import AppConfig


class AshjobConfig(AppConfig):
    """Wires the applications together: settings, URLs, schedule, what every template sees."""

    name = "ashjob"
    label = "ashjob"
    verbose_name = "ASH Job"
