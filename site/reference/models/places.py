from django.db import models


class Region(models.Model):
    """A French region by its INSEE code (a string: "01" is Guadeloupe)."""

    code = models.CharField("code", max_length=3, primary_key=True)
    name = models.CharField("nom", max_length=60)

    class Meta:
        verbose_name = "région"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A French department by its INSEE code ("01" to "95", "2A", "2B", "971"…)."""

    code = models.CharField("code", max_length=3, primary_key=True)
    name = models.CharField("nom", max_length=60)
    region = models.ForeignKey(Region, models.PROTECT, related_name="departments", verbose_name="région")
    latitude = models.FloatField("latitude", null=True)
    longitude = models.FloatField("longitude", null=True)

    class Meta:
        verbose_name = "département"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Commune(models.Model):
    """A commune by its INSEE code. Sources: INSEE, La Poste, Etalab (Licence Ouverte 2.0); GeoNames (CC BY 4.0).

    The department comes from the commune, never from the postcode: 17 postcodes lie across a border.
    """

    insee = models.CharField("code INSEE", max_length=5, primary_key=True)
    name = models.CharField("nom", max_length=80)
    # Lower case, no accents, hyphens as spaces, "saint" spelt out: what people type is compared with this.
    search_name = models.CharField("nom simplifié", max_length=80, db_index=True)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="communes", verbose_name="département"
    )
    postcodes = models.CharField("codes postaux", max_length=400, help_text="séparés par une espace")
    population = models.PositiveIntegerField("population", default=0, db_index=True)
    latitude = models.FloatField("latitude")
    longitude = models.FloatField("longitude")

    class Meta:
        verbose_name = "commune"
        ordering = ["name", "insee"]

    def __str__(self) -> str:
        return f"{self.name} ({self.department_id})"
