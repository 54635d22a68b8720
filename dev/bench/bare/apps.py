from django.apps import AppConfig


class BareConfig(AppConfig):
    name = "dev.bench.bare"
    label = "bare"
    default_auto_field = "django.db.models.BigAutoField"
