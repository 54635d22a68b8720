"""Which part of a photo stays in sight when it is cut: one of nine fields, kept as Wagtail's focal point."""

from wagtail.images.models import AbstractImage

from . import blocks
from .models import CompanyPage

COLUMNS = ("à gauche", "au milieu", "à droite")
ROWS = ("en haut", "au centre", "en bas")
#: The fields of three rows of three, as a reader counts them: "0" is above on the left.
FIELDS = [
    (str(row * 3 + column), f"{ROWS[row]}, {COLUMNS[column]}") for row in range(3) for column in range(3)
]
CENTRE = "4"


def pictures(page: CompanyPage) -> list[AbstractImage]:
    """The photos of the page as it is being written, each once, without the logo: that one is never cut."""
    draft = page.get_latest_revision_as_object()
    found = [photo.image for photo in draft.photos.all()] + blocks.images(draft.brand)
    return list({image.pk: image for image in found}.values())


def field_of(image: AbstractImage) -> str:
    """The field in which the photo's focal point lies; the centre without one."""
    if image.focal_point_x is None or image.focal_point_y is None:
        return CENTRE
    column = min(2, 3 * image.focal_point_x // max(image.width, 1))
    row = min(2, 3 * image.focal_point_y // max(image.height, 1))
    return str(row * 3 + column)


def frame(image: AbstractImage, field: str) -> None:
    """Keep this field of the photo in sight wherever it is cut. The centre is no focal point."""
    row, column = divmod(int(field), 3)
    if field == CENTRE:
        image.focal_point_x = image.focal_point_y = None
        image.focal_point_width = image.focal_point_height = None
    else:
        image.focal_point_x = image.width * (2 * column + 1) // 6
        image.focal_point_y = image.height * (2 * row + 1) // 6
        image.focal_point_width, image.focal_point_height = image.width // 3, image.height // 3
    image.save()
