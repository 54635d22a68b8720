"""Days of validity: they end at midnight in Paris."""

from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

#: Years that somebody may mean. At the ends of the calendar there is no day before, and no midnight after.
YEARS = range(2000, 2100)


def validate_day(day: date) -> None:
    """Refuse a day that nobody means. Raises ValidationError."""
    if day.year not in YEARS:
        raise ValidationError(f"Indiquez une date entre {YEARS[0]} et {YEARS[-1]}.", code="year")


def paris_day(moment: datetime | None = None) -> date:
    """The calendar day in Paris at a moment (now by default)."""
    return timezone.localtime(moment or timezone.now(), timezone.get_default_timezone()).date()


def long_date(day: date) -> str:
    """A day in full, in French: "1er mars 2027"."""
    text = date_format(day, "j F Y")
    return text.replace("1 ", "1er ", 1) if day.day == 1 else text


def midnight_after(day: date) -> datetime:
    """The first instant after a day in Paris: what is valid on that day stops being so here."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=timezone.get_default_timezone())


def months_later(day: date, months: int) -> date:
    """The same day of the month some months later, or the month's last day where there is none."""
    return day + relativedelta(months=months)
