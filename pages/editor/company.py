"""The editor of a company page: three steps, of which the third is the paid tiers'."""

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, Panel, TabbedInterface
from wagtail.images import get_image_model
from wagtail.images.widgets import AdminImageChooser

from billing import tiers
from pages import blocks

from .choosers import CommuneWidget
from .forms import OwnPageForm
from .panels import office_tab

#: Where the space shows the offers side by side.
OFFERS = "/espace-recruteur/page-entreprise/#offres"
#: Photos that every page may show; more of them are the gallery's.
PHOTOS = 6

#: Step of the editor: the fields that publishing asks for.
STEPS = {
    "1. Votre organisation": ["title", "structure_type", "commune", "presentation"],
    "2. Logo et photos": ["logo"],
}


def own_image(field: str, **more) -> FieldPanel:
    """A choice among the employer's own images, without the link to the library's screens, which recruiters lack."""
    return FieldPanel(field, widget=AdminImageChooser(show_edit_link=False), **more)


class TierPanel(Panel):
    """What the page's tier is today, what is kept without being shown, and where to change the offer."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pages/editor/tier_panel.html"

        def get_context_data(self, parent_context=None):
            from pages.companies import standing

            today = standing(self.instance.employer)
            return super().get_context_data(parent_context) | {
                "tier": today.tier,
                "ends_on": today.ends_on,
                "ended_on": today.ended_on,
                "kept": kept(self.instance) if not today.tier.is_paid else [],
                "points": tiers.new_points(tiers.BRAND)[1:],
                "offers_url": OFFERS,
            }


def kept(page) -> list[str]:
    """The kinds of paid parts that a page holds, each once, in their order."""
    return list(dict.fromkeys(str(block.block.label) for block in page.brand))


class CompanyPageForm(OwnPageForm):
    """Checks of a company page. The paid parts are left as they are while no paid tier runs."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        from pages.companies import tier_of

        if self.instance.employer_id and not tier_of(self.instance.employer).is_paid:
            self.fields.pop("brand", None)
        self._offer_own_images()

    def _own_images(self):
        return get_image_model().objects.filter(collection__employer=self.instance.employer_id)

    def _offer_own_images(self) -> None:
        """The chooser shows an employer its own images only; what is posted may name any."""
        if self.by_office:
            return
        own = self._own_images()
        if "logo" in self.fields:
            self.fields["logo"].queryset = own
        for form in self.formsets.get("photos", []):
            form.fields["image"].queryset = own

    def full_clean(self):
        """Read the paid parts with the employer's own images on offer, and no others."""
        token = blocks.images_on_offer.set(None if self.by_office else self._own_images())
        try:
            super().full_clean()
        finally:
            blocks.images_on_offer.reset(token)

    def clean_presentation(self):
        """An empty editor sends an empty paragraph."""
        text = self.cleaned_data["presentation"]
        if self.is_publishing and not strip_tags(text).strip():
            raise ValidationError("Présentez votre organisation en quelques phrases.")
        return text

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if self.is_publishing:
            self._say_what_is_missing()
        return cleaned

    def _say_what_is_missing(self) -> None:
        missing = {
            step: [str(self.fields[name].label) for name in names if name in self.errors]
            for step, names in STEPS.items()
        }
        parts = [f"{step} ({', '.join(labels)})" for step, labels in missing.items() if labels]
        if parts:
            self.add_error(
                None, "Pour publier la page, il reste à compléter\u00a0: " + "\u00a0; ".join(parts) + "."
            )


COMPANY_EDITOR = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("title", heading="Nom affiché", help_text="Tel que les lecteurs le verront."),
                FieldPanel("structure_type"),
                FieldPanel("commune", widget=CommuneWidget(show_edit_link=False)),
                FieldRowPanel([FieldPanel("headcount"), FieldPanel("website")]),
                FieldPanel(
                    "presentation",
                    help_text="Ce que vous faites, pour qui, et comment on y travaille\u00a0: "
                    "trois paragraphes suffisent.",
                ),
            ],
            heading="1. Votre organisation",
        ),
        ObjectList(
            [
                own_image("logo", help_text="Carré de préférence, sur fond clair."),
                InlinePanel(
                    "photos",
                    heading="Photos",
                    label="Photo",
                    help_text="La première ouvre la page. Pour choisir ce qui reste visible quand une photo est "
                    "recadrée, allez dans « Ma page entreprise », « Cadrer ».",
                    panels=[own_image("image"), FieldPanel("alt")],
                    max_num=PHOTOS,
                ),
            ],
            heading="2. Logo et photos",
        ),
        ObjectList([TierPanel(), FieldPanel("brand")], heading="3. Marque employeur"),
        office_tab(),
    ],
    base_form_class=CompanyPageForm,
)
