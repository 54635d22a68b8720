"""The rich text field of the editor."""

from typing import Any

from django.core.exceptions import BadRequest
from wagtail.admin.rich_text import DraftailRichTextArea


class RichTextArea(DraftailRichTextArea):
    """Wagtail's, which fails on a text that no editor wrote: here the request is refused, and nothing is saved."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        """The text as it is stored. Raises `BadRequest`."""
        try:
            return super().value_from_datadict(data, files, name)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise BadRequest(f"The rich text of {name} cannot be read.") from error
