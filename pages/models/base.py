from django.db import models
from wagtail.models import Page


class BasePage(Page):
    """What every page of the site has in common. No table of its own."""

    # The CMS does not show a page in menus: navigation is in the templates.
    show_in_menus_default = False
    promote_panels = Page.promote_panels

    class Meta:
        abstract = True


class PublicStamp(models.Model):
    """Mixin of pages whose public change date feeds sitemap and index."""

    class Meta:
        abstract = True

    @property
    def changed_at(self):
        return self.last_published_at or self.latest_revision_created_at
