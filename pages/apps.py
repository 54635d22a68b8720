from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"
    label = "pages"
    verbose_name = "pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import personal_data, review_mails, signals  # noqa: F401
        from .magazine import receivers  # noqa: F401

        review_mails.take_over()
