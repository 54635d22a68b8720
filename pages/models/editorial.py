from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField

from .base import BasePage, PublicStamp

RICH_TEXT = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]


class HomePage(BasePage):
    """The site's front page: editors write its texts, the ads come from search."""

    kicker = models.CharField("surtitre", max_length=80, blank=True)
    headline = models.CharField("accroche", max_length=160)
    lede = models.CharField("chapeau", max_length=300, blank=True)
    body = RichTextField("texte", features=RICH_TEXT, blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("kicker"),
        FieldPanel("headline"),
        FieldPanel("lede"),
        FieldPanel("body"),
    ]
    api_fields = [APIField("kicker"), APIField("headline"), APIField("lede"), APIField("body")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["pages.EditorialPage", "pages.CompanyIndexPage"]
    max_count = 1
    template = "pages/home.html"

    class Meta:
        verbose_name = "page d’accueil"


class EditorialPage(PublicStamp, BasePage):
    """A page of plain text: legal notices, privacy, accessibility, the magazine."""

    lede = models.CharField("chapeau", max_length=300, blank=True)
    body = RichTextField("texte", features=RICH_TEXT)

    shows_employers = models.BooleanField(
        "article",
        default=False,
        help_text="montrer au pied de la page des employeurs de l’offre « marque employeur + »",
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("lede"),
        FieldPanel("body"),
        FieldPanel("shows_employers"),
    ]
    api_fields = [APIField("lede"), APIField("body")]
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    template = "pages/editorial.html"

    class Meta:
        verbose_name = "page éditoriale"
        verbose_name_plural = "pages éditoriales"
