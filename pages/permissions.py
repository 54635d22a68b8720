"""What recruiters may do with their pages in Wagtail: they are customers, not staff.

Wagtail calls its admin one for trusted users. The office keeps Wagtail's own rules; anybody else must be a member of
the page's employer, by a role that writes, each time a page is read, and some actions are nobody's but the office's.
Views that ask the base `Page` go around these testers: `pages.middleware` keeps recruiters from those by name.
"""

from django.utils.functional import cached_property
from wagtail.models import PagePermissionTester

from accounts.access import EDITORS
from accounts.models import Membership

#: On the person of a request in the admin: the keys of the employers that it writes for (`pages.middleware`).
WRITES_FOR = "_writes_for"


def _writes(user, page) -> bool:
    """Whether the person writes for the page's employer: asked once for each page that a request reads.

    One screen of the editor makes some twenty testers for one page. Neither page nor person outlives the request.
    """
    if not (user.is_authenticated and user.is_active):
        return False
    known = getattr(user, WRITES_FOR, None)
    if known is not None:
        return page.employer_id in known
    asked = page.__dict__.get("_asked_for")
    if asked is None or asked[0] is not user:
        own = Membership.objects.filter(user=user, employer_id=page.employer_id, role__in=EDITORS)
        asked = page.__dict__["_asked_for"] = (user, own.exists())
    return asked[1]


class EmployerPageTester(PagePermissionTester):
    """Permissions on a company page or an ad."""

    def __init__(self, user, page):
        super().__init__(user, page)
        self.is_office = user.is_authenticated and user.is_office
        self.is_member = self.is_office or _writes(user, page)
        if not self.is_member:
            self.permissions = set()

    def can_edit(self):
        return self.is_member and super().can_edit()

    def can_delete(self, ignore_bulk=False):
        return self.is_office and super().can_delete(ignore_bulk)

    def can_move(self):
        return self.is_office and super().can_move()

    def can_copy(self):
        return self.is_office and super().can_copy()

    def can_reorder_children(self):
        return self.is_office and super().can_reorder_children()

    def can_set_view_restrictions(self):
        return self.is_office and super().can_set_view_restrictions()

    def can_lock(self):
        return self.is_office and super().can_lock()

    def can_unlock(self):
        return self.is_office and super().can_unlock()

    def can_submit_for_moderation(self):
        return self.is_office and super().can_submit_for_moderation()

    def can_view_revisions(self):
        return self.is_member and super().can_view_revisions()


class CompanyPageTester(EmployerPageTester):
    """An employer has one page, where the list of companies is: nobody copies or moves it, the office neither."""

    def can_copy(self):
        return False

    def can_copy_to(self, destination, recursive=False):
        return False

    def can_move(self):
        return False

    def can_move_to(self, destination):
        return False


class AdTester(EmployerPageTester):
    """An ad that was paid for stays as the record of what was bought; one that never was may be thrown away."""

    def can_delete(self, ignore_bulk=False):
        if self.is_office:
            return super().can_delete(ignore_bulk)
        if not self.is_member or self.page.live or "change" not in self.permissions:
            return False
        return not self.page.placements.exists()

    @cached_property
    def is_reviewed(self) -> bool:
        """Whether somebody of the office reads this person's ads before the public does."""
        return not self.is_office and self.page.has_workflow

    def can_publish(self):
        return super().can_publish() and not self.is_reviewed

    def can_submit_for_moderation(self):
        return self.is_member and PagePermissionTester.can_submit_for_moderation(self)

    def can_copy_to(self, destination, recursive=False):
        employer = getattr(destination.specific, "employer_id", None)
        return employer == self.page.employer_id and super().can_copy_to(destination, recursive)
