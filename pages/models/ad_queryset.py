from datetime import datetime

from django.db import models
from django.utils import timezone
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from .placement import Placement


class JobAdQuerySet(PageQuerySet):
    def visible(self, now: datetime | None = None):
        """What the public sees: published, placement open now, company page live, not filled. The one rule.

        Computed from dates: a late task shows nothing it should not.
        """
        open_placements = Placement.objects.open_at(now or timezone.now()).filter(ad=models.OuterRef("pk"))
        return self.filter(
            models.Exists(open_placements),
            live=True,
            filled_at=None,
            employer__company_page__live=True,
        )

    def with_placement_end(self):
        """Annotates `placement_ends_at`, the end of the latest placement, or None."""
        latest = Placement.objects.filter(ad=models.OuterRef("pk"), closed_at=None).order_by("-ends_at")
        return self.annotate(placement_ends_at=models.Subquery(latest.values("ends_at")[:1]))


JobAdManager = PageManager.from_queryset(JobAdQuerySet)
