from django.apps import AppConfig


class RecruitingConfig(AppConfig):
    name = "recruiting"
    label = "recruiting"
    verbose_name = "recrutement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import personal_data, receivers  # noqa: F401
