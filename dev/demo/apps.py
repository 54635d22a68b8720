from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Demonstration data: commands only, no models. Installed in development, demo and tests, never in production."""

    name = "dev.demo"
    label = "demo"
    verbose_name = "Démonstration"
