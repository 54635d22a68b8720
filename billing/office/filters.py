"""Filters by date that the lists of the office share."""

from datetime import date, timedelta

from django.contrib.admin import ListFilter
from django.utils.dateparse import parse_date

from reference.dates import YEARS, midnight_after, months_later, paris_day


class Dates(ListFilter):
    """Rows of a span of days, typed or chosen. Days that are none filter nothing. Subclasses by `by_dates`."""

    template = "billing/office/filter_dates.html"
    field = ""
    #: Whether the field holds moments, not days.
    moments = False
    parameters = ("du", "au")

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        taken = {name: params.pop(name, None) for name in self.parameters}
        first, last = (_day(taken[name]) for name in self.parameters)
        self.first, self.last = first, last

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str | None]:
        return list(self.parameters)

    def queryset(self, request, queryset):
        if self.first:
            start = midnight_after(self.first - timedelta(days=1)) if self.moments else self.first
            queryset = queryset.filter(**{f"{self.field}__gte": start})
        if self.last:
            if self.moments:
                return queryset.filter(**{f"{self.field}__lt": midnight_after(self.last)})
            queryset = queryset.filter(**{f"{self.field}__lte": self.last})
        return queryset

    def choices(self, changelist):
        """Whole spans, a click each: this month, the last, this year, the last."""
        today = paris_day()
        month, year = today.replace(day=1), today.replace(month=1, day=1)
        spans = [
            ("Toutes", None, None),
            ("Ce mois", month, months_later(month, 1) - timedelta(days=1)),
            ("Le mois dernier", months_later(month, -1), month - timedelta(days=1)),
            ("Cette année", year, year.replace(month=12, day=31)),
            ("L’année dernière", months_later(year, -12), year - timedelta(days=1)),
        ]
        for label, first, last in spans:
            new = {"du": first.isoformat(), "au": last.isoformat()} if first and last else {}
            yield {
                "display": label,
                "selected": (self.first, self.last) == (first, last),
                "query_string": changelist.get_query_string(new, remove=list(self.parameters)),
                "filter": self,
                "kept": {k: v for k, v in changelist.params.items() if k not in self.parameters},
            }


def by_dates(field: str, title: str, moments: bool = False) -> type[Dates]:
    """A filter by a field of days, or of moments: `by_dates("placed_at", "de commande", moments=True)`."""
    attributes = {"title": title, "field": field, "moments": moments}
    return type(f"Dates_{field}", (Dates,), attributes)


def _day(typed: object) -> date | None:
    text = typed[-1] if isinstance(typed, list) and typed else typed
    try:
        day = parse_date(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return day if day and day.year in YEARS else None
