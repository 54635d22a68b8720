"""For whom a person writes, seen in the editor: the page that is open decides, not what was chosen before."""

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from accounts.middleware import choose, current_membership, memberships_of
from pages import own_objects


class EmployerItem(MenuItem):
    """The side bar's first line: the employer in use, and the way to change it. For who has several."""

    def is_shown(self, request) -> bool:
        return not own_objects.is_office(request.user) and len(request.memberships) > 1

    def render_component(self, request):
        membership = current_membership(request)
        name = membership.employer.name if membership else self.label
        return LinkMenuItem(self.name, f"Pour\u00a0: {name}", self.url, icon_name=self.icon_name)


def employer_item() -> EmployerItem:
    return EmployerItem(
        "Mes employeurs", reverse("accounts:employers"), icon_name="group", name="employeur", order=0
    )


def follow(request: HttpRequest, page) -> None:
    """Act for the employer of the page that is opened, and say so: the space that follows is then its own."""
    employer_id = getattr(page, "employer_id", None)
    if employer_id is None or own_objects.is_office(request.user):
        return
    membership = current_membership(request)
    if membership is None or membership.employer_id == employer_id:
        return
    wanted = next((m for m in memberships_of(request.user) if m.employer_id == employer_id), None)
    if wanted:
        choose(request, wanted)
        messages.info(
            request, f"Cette page est celle de {wanted.employer}\u00a0: vous agissez maintenant pour lui."
        )
