"""Growing the page tree: treebeard numbers children and counts them without a lock of its own."""

from django.db import transaction
from wagtail.models import Page


@transaction.atomic
def add_child(parent: Page, child: Page) -> Page:
    """Put a new page under another. Locks the parent's row, and counts its children anew before trusting the count.

    A count that a stale instance wrote back would give the new child the path of an older one.
    """
    row = Page.objects.select_for_update().get(pk=parent.pk)
    children = Page.objects.filter(path__startswith=row.path, depth=row.depth + 1).count()
    if row.numchild != children:
        Page.objects.filter(pk=row.pk).update(numchild=children)
    return type(parent).objects.get(pk=parent.pk).add_child(instance=child)


def true_count(page: Page) -> int:
    """How many children the page's row says it has, read under lock: what a save of the whole page may write."""
    return Page.objects.select_for_update().filter(pk=page.pk).values_list("numchild", flat=True).first() or 0
