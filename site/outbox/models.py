from collections.abc import Collection
from datetime import datetime

from django.db import connections, models


class EntryQuerySet(models.QuerySet):
    def waiting(self) -> "EntryQuerySet":
        """Entries not yet processed, oldest first."""
        return self.filter(processed_at=None).order_by("pk")

    def changing(self, topic: str, keys: Collection[str], since: datetime) -> set[str]:
        """Which of these objects something waits for, or was processed for after `since`. One query.

        Every page of results asks it: composed by hand, because composing took twice the time of asking.
        """
        if not keys:
            return set()
        connection = connections[self.db]
        moment = connection.ops.adapt_datetimefield_value(since)
        among, values = f"IN ({', '.join(['%s'] * len(keys))})", list(keys)
        if connection.vendor == "postgresql":
            # Its client takes longer to write twenty values into the statement than the server to answer it.
            among, values = "= ANY(string_to_array(%s, chr(31)))", ["\x1f".join(keys)]
        sql = (
            f"SELECT key FROM {connection.ops.quote_name(self.model._meta.db_table)} "  # noqa: S608 — a name of ours
            f"WHERE topic = %s AND key {among} AND (processed_at IS NULL OR processed_at > %s)"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [topic, *values, moment])
            return {key for (key,) in cursor.fetchall()}


class Entry(models.Model):
    """Something that must happen after a change was committed, written in the change's own transaction.

    `pk` grows and serves as the revision of what it is about. A reader re-reads the object named by `key`
    and may process several entries of one (topic, key) as one.
    """

    topic = models.CharField("sujet", max_length=40)
    key = models.CharField("clé", max_length=64)
    payload = models.JSONField("contenu", default=dict, blank=True)
    created_at = models.DateTimeField("créée le", auto_now_add=True)
    processed_at = models.DateTimeField("traitée le", null=True, blank=True)
    attempts = models.PositiveIntegerField("essais", default=0)
    last_error = models.TextField("dernière erreur", blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "entrée de la boîte d’envoi"
        verbose_name_plural = "boîte d’envoi"
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["topic", "id"], condition=models.Q(processed_at=None), name="outbox_waiting"
            ),
            # Whether anything about some few objects waits, or has only just been processed.
            models.Index(fields=["key", "topic"], name="outbox_about"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"
