"""What the paid tiers add to a company page, and which part of the tier each block is."""

from contextvars import ContextVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.widgets import AdminImageChooser

from billing.tiers import Part, Tier

from . import videos

#: Without links: they would open a chooser of the whole site's pages, and bring other sites' advertising.
RICH_TEXT = ["h2", "h3", "bold", "italic", "ol", "ul"]

ALT_HELP = "ce que montre la photo, pour qui ne la voit pas"


#: The images that whoever posts a form may choose; None for the office, which may choose any.
images_on_offer: ContextVar[QuerySet | None] = ContextVar("images_on_offer", default=None)


class OwnImageBlock(ImageChooserBlock):
    """A picture of the employer's own: somebody else's, when posted, is one that is not there.

    The link to the library's screens is left out, recruiters do not have them.
    """

    def value_from_form(self, value):
        offered = images_on_offer.get()
        if not value or offered is None or isinstance(value, self.model_class):
            return super().value_from_form(value)
        return offered.filter(pk=value).first() if str(value).isdecimal() else None

    @cached_property
    def widget(self):
        return AdminImageChooser(show_edit_link=False)

    class Meta:
        icon = "image"


class VideoValue(blocks.StructValue):
    @property
    def video(self) -> videos.Video | None:
        return videos.video(self.get("address") or "")


class VideoBlock(blocks.StructBlock):
    address = blocks.URLBlock(
        label="Adresse de la vidéo",
        help_text="celle de sa page sur YouTube, Vimeo ou PeerTube",
        max_length=300,
    )
    title = blocks.CharBlock(
        label="Titre", max_length=120, help_text="par exemple « Une journée à l’IME, en 2 minutes »"
    )
    poster = OwnImageBlock(
        label="Image d’attente", required=False, help_text="une de vos photos, montrée avant la lecture"
    )
    transcript = blocks.TextBlock(
        label="Transcription", required=False, max_length=8000,
        help_text="ce qui se dit et se voit, pour qui n’entend pas ou ne voit pas la vidéo",
    )  # fmt: skip

    class Meta:
        label = "Vidéo"
        value_class = VideoValue
        icon = "media"

    def clean(self, value):
        cleaned = super().clean(value)
        try:
            videos.validate_address(cleaned["address"])
        except ValidationError as refusal:
            raise blocks.StructBlockValidationError(block_errors={"address": refusal}) from refusal
        return cleaned


class BrandBlocks(blocks.StreamBlock):
    """What the paid tiers add to a company page."""

    figures = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("figure", blocks.CharBlock(label="Chiffre", max_length=20)),
                ("label", blocks.CharBlock(label="Légende", max_length=80)),
            ]
        ),
        label="Chiffres clés",
        icon="list-ol",
        max_num=4,
    )
    testimonial = blocks.StructBlock(
        [
            ("quote", blocks.TextBlock(label="Témoignage", max_length=600)),
            ("name", blocks.CharBlock(label="Prénom, fonction", max_length=120)),
            ("photo", OwnImageBlock(label="Portrait", required=False)),
        ],
        label="Témoignage",
        icon="openquote",
    )
    gallery = blocks.StructBlock(
        [
            ("title", blocks.CharBlock(label="Titre", max_length=80, required=False)),
            (
                "photos",
                blocks.ListBlock(
                    blocks.StructBlock(
                        [
                            ("image", OwnImageBlock(label="Photo")),
                            ("alt", blocks.CharBlock(label="Description", max_length=160, help_text=ALT_HELP)),
                            (
                                "caption",
                                blocks.CharBlock(
                                    label="Légende", max_length=160, required=False,
                                    help_text="ce que tout le monde lit sous la photo",
                                ),
                            ),
                        ]
                    ),
                    label="Photos", min_num=1, max_num=24,
                ),
            ),
        ],
        label="Galerie",
        icon="image",
    )  # fmt: skip
    video = VideoBlock()
    paragraph = blocks.RichTextBlock(label="Texte", features=RICH_TEXT)


#: The part of a tier that shows each block.
PARTS = {
    "figures": Part.FIGURES,
    "testimonial": Part.TESTIMONIALS,
    "paragraph": Part.TESTIMONIALS,
    "gallery": Part.GALLERY,
    "video": Part.VIDEO,
}


def shown(brand, tier: Tier) -> list:
    """The blocks that a tier shows, in their order."""
    return [block for block in brand if tier.gives(PARTS[block.block_type])]


def images(brand) -> list:
    """All images that the blocks show: portraits, galleries, posters."""
    found: list = []
    for block in brand:
        value = block.value
        if block.block_type == "gallery":
            found += [photo["image"] for photo in value["photos"]]
        elif block.block_type in ("testimonial", "video"):
            found.append(value.get("photo" if block.block_type == "testimonial" else "poster"))
    return [image for image in found if image]
