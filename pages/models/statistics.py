from django.db import models


class AdDay(models.Model):
    """Counts of one ad on one day by source: totals only, no visitor is kept. They go with the ad."""

    class Source(models.TextChoices):
        SEARCH = "search", "Recherche ASH Job"
        COMPANY = "company", "Page entreprise"
        SITE = "site", "Autre page d’ASH Job"
        MAIL = "mail", "Alerte ou e-mail"
        PRINT = "print", "Magazine"
        ENGINE = "engine", "Moteur de recherche"
        SOCIAL = "social", "Réseau social"
        API = "api", "API et flux"
        OTHER = "other", "Autre site"
        DIRECT = "direct", "Accès direct"

    ad = models.ForeignKey("pages.JobAd", models.CASCADE, related_name="days", verbose_name="annonce")
    day = models.DateField("jour")
    source = models.CharField("provenance", max_length=10, choices=Source.choices)
    appearances = models.PositiveIntegerField("apparitions", default=0)
    views = models.PositiveIntegerField("vues", default=0)
    apply_clicks = models.PositiveIntegerField("clics sur postuler", default=0)

    class Meta:
        verbose_name = "statistique du jour"
        verbose_name_plural = "statistiques du jour"
        ordering = ["day", "source"]
        constraints = [models.UniqueConstraint(fields=["ad", "day", "source"], name="pages_ad_day_once")]

    def __str__(self) -> str:
        return f"{self.ad_id} {self.day} {self.source}"
