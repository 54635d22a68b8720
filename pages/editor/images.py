"""The upload form of pictures."""

from __future__ import annotations

import struct

from django.core.exceptions import ValidationError
from django.forms import FileInput
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

#: What Pillow raises for a file that begins like a picture and is none.
NO_PICTURE = (OSError, SyntaxError, ValueError, EOFError, LookupError, struct.error)


class PictureField(WagtailImageField):
    """Wagtail's, which leaves to the caller what Pillow raises for a file whose first bytes alone are a picture's."""

    def to_python(self, data):
        try:
            return super().to_python(data)
        except NO_PICTURE as error:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error


class ImageForm(BaseImageForm):
    """Recruiters have no tags: the list of tags in use is one for the whole site."""

    file = PictureField(label="Fichier", widget=FileInput)

    def __init__(self, *args, **kwargs):
        user = kwargs.get("user")
        super().__init__(*args, **kwargs)
        if user is not None and not user.is_office:
            self.fields.pop("tags", None)
