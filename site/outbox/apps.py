from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "outbox"
    label = "outbox"
    verbose_name = "boîte d’envoi"
    default_auto_field = "django.db.models.BigAutoField"
