from django.conf import settings
from django.db import models


class NotificationChoice(models.Model):
    """That a person wants the mails of one kind, or not. Without a row the kind's own default holds.

    The kinds, and the verbs that read and write this, are in `accounts.notifications`.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_choices", verbose_name="compte"
    )
    kind = models.CharField("e-mails", max_length=30)
    wanted = models.BooleanField("à recevoir")
    updated_at = models.DateTimeField("choisi le", auto_now=True)

    class Meta:
        verbose_name = "choix d’e-mails"
        verbose_name_plural = "choix d’e-mails"
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="accounts_notification_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.kind} : {'oui' if self.wanted else 'non'}"
