"""What a browser sends of an edit screen: every field of its form as it stands."""

from html.parser import HTMLParser

from _common import must

SKIPPED = ("action-", "csrfmiddlewaretoken")


class _Form(HTMLParser):
    """The fields of the form that saves the page."""

    def __init__(self) -> None:
        super().__init__()
        self.data: dict[str, list[str]] = {}
        self.inside, self.select, self.area = False, None, None

    def handle_starttag(self, tag, attrs) -> None:
        at = dict(attrs)
        if tag == "form":
            self.inside = "data-edit-form" in at
        if not self.inside:
            return
        if tag == "select":
            self.select = at.get("name")
        elif tag == "option" and self.select and "selected" in at:
            self._add(self.select, at.get("value", ""))
        elif tag == "textarea":
            self.area = at.get("name")
            self.data.setdefault(self.area, [""])
        elif tag == "input" and (at.get("type") not in ("checkbox", "radio") or "checked" in at):
            self._add(at.get("name"), at.get("value") or "")

    def handle_data(self, data) -> None:
        if self.area:
            self.data[self.area][0] += data

    def handle_endtag(self, tag) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            if self.area and self.data[self.area][0].startswith("\n"):
                self.data[self.area][0] = self.data[self.area][0][1:]
            self.area = None

    def _add(self, name, value) -> None:
        if name and not name.startswith(SKIPPED):
            self.data.setdefault(name, []).append(value)


def form_of(client, page) -> dict[str, list[str]]:
    """The edit form's fields and values."""
    form = _Form()
    form.feed(client.get(f"/gestion/pages/{page.pk}/edit/").content.decode())
    must("title" in form.data, "no edit form")
    return form.data
