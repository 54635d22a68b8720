from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "reference"
    label = "reference"
    verbose_name = "référentiel"
    default_auto_field = "django.db.models.BigAutoField"
