from django.db import models, transaction
from modelcluster.fields import ParentalKey
from wagtail.api import APIField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable

from accounts.models import Employer
from billing import tiers
from pages import showing, statistics, tree
from pages.api.fields import COMPANY_API_FIELDS, CompanyLabels
from pages.blocks import RICH_TEXT, BrandBlocks
from pages.editor.company import COMPANY_EDITOR
from pages.permissions import CompanyPageTester
from reference.models import Commune, StructureType

from .base import BasePage, PublicStamp


class CompanyIndexPage(BasePage):
    """ "Les entreprises": the list of company pages, and their parent in the tree."""

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.CompanyPage"]
    max_count = 1
    template = "pages/company_index.html"

    class Meta:
        verbose_name = "liste des entreprises"
        verbose_name_plural = "listes des entreprises"


class CompanyPage(CompanyLabels, PublicStamp, BasePage):
    """An employer's public page; its ads are its children. One an employer, made by `pages.companies.create_page`."""

    employer = models.OneToOneField(Employer, models.PROTECT, related_name="company_page", editable=False)
    structure_type = models.ForeignKey(
        StructureType, models.SET_NULL, null=True, related_name="+", verbose_name="type de structure"
    )
    commune = models.ForeignKey(
        Commune, models.SET_NULL, null=True, related_name="+", verbose_name="commune du siège"
    )
    presentation = RichTextField("présentation", features=RICH_TEXT)
    headcount = models.PositiveIntegerField("nombre de professionnels", null=True, blank=True)
    website = models.URLField("site internet", blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="logo"
    )
    brand = StreamField(BrandBlocks(), blank=True, verbose_name="marque employeur")

    # Only `pages.companies.create_page` makes one: an employer has a single page, and its group is given it.
    is_creatable = False
    parent_page_types = ["pages.CompanyIndexPage"]
    subpage_types = ["pages.JobAd"]
    template = "pages/company.html"
    edit_handler = COMPANY_EDITOR
    api_fields = COMPANY_API_FIELDS

    class Meta:
        verbose_name = "page entreprise"
        verbose_name_plural = "pages entreprise"

    def __str__(self) -> str:
        return self.title

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | showing.company_context(self, request)

    def serve(self, request, *args, **kwargs):
        response = super().serve(request, *args, **kwargs)
        # Only once it stands, like a look at an ad.
        response.add_post_render_callback(lambda page: self._count_ads(request, page.context_data["ads"]))
        return response

    def _count_ads(self, request, cards) -> None:
        statistics.count_appearances([card["pk"] for card in cards], request, "company")

    @property
    def preview_modes(self):
        """The page as it is today, then as each tier would show it."""
        return [("", "Votre offre"), *((row.code, row.name) for row in tiers.TIERS)]

    def serve_preview(self, request, mode_name):
        """The page as a tier shows it; without one, as the public sees it today."""
        request.preview_tier = tiers.tier(mode_name) if mode_name else None
        return super().serve_preview(request, mode_name)

    def permissions_for_user(self, user) -> CompanyPageTester:
        return CompanyPageTester(user, self)

    def save(self, *args, **kwargs):
        """Save the page, and never an older count of its ads with it: the next one would get the path of another."""
        with transaction.atomic():
            if self.pk:
                self.numchild = tree.true_count(self)
            return super().save(*args, **kwargs)

    def with_content_json(self, content):
        """A revision's content; whose page it is comes from the row."""
        page = super().with_content_json(content)
        page.employer_id = self.employer_id
        return page


class CompanyPhoto(Orderable):
    page = ParentalKey(CompanyPage, on_delete=models.CASCADE, related_name="photos")
    image = models.ForeignKey("wagtailimages.Image", models.CASCADE, related_name="+", verbose_name="photo")
    alt = models.CharField(
        "description", max_length=160, help_text="ce que montre la photo, pour qui ne la voit pas"
    )

    api_fields = [APIField("image", writable=True), APIField("alt", writable=True)]

    class Meta(Orderable.Meta):
        verbose_name = "photo"
