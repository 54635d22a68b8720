"""The upload form of pictures."""

from wagtail.images.forms import BaseImageForm


class ImageForm(BaseImageForm):
    """Recruiters have no tags: the list of tags in use is one for the whole site."""

    def __init__(self, *args, **kwargs):
        user = kwargs.get("user")
        super().__init__(*args, **kwargs)
        if user is not None and not user.is_office:
            self.fields.pop("tags", None)
