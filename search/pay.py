"""A pay range as people write it: "2 000", "2.000 €", "30k€/an", "12,50 de l’heure"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from pages.models import JobAd
from search.documents import PERIODS_A_YEAR, yearly

MONTH, YEAR, HOUR = (JobAd.PayPeriod.MONTH.value, JobAd.PayPeriod.YEAR.value, JobAd.PayPeriod.HOUR.value)
UNITS: Mapping[str, str] = dict(JobAd.PayPeriod.choices)
#: What the address calls the two ends and their unit.
FIELDS = ("pay_from", "pay_to", "pay_unit")
MAX_TYPED = 30
_HIGHEST_YEARLY = 1_000_000
_SHAPE = re.compile(
    r"(?P<number>[0-9][0-9 .,']*?)\s?(?P<thousands>k)?\s?(?:€|eur|euros?)?\s?(?:bruts?)?\s?"
    r"(?:(?:/|par|de l'|l'|à l')?\s?(?P<unit>mois|mensuels?|m|ans?|année|annuels?|heures?|h|horaires?|jours?|j))?"
    r"\s?(?:bruts?)?"
)
_BEFORE = re.compile(
    r"^(?:à partir de|a partir de|dès|minimum|mini?\.?|plus de|jusqu'à|maximum|maxi?\.?|[<>]=?|€|de)\s?"
)
_TWO = re.compile(r"(?P<low>[^àa–—-]*\d[^à–—-]*?)\s?(?:à|–|—|-)\s?(?P<high>.*\d.*)")
_UNIT_OF = {"m": MONTH, "a": YEAR, "h": HOUR, "j": JobAd.PayPeriod.DAY.value}


@dataclass(frozen=True)
class Amount:
    """Euros before tax of one period (`UNITS`)."""

    value: Decimal
    unit: str

    @property
    def yearly(self) -> int:
        """The same of a full-time year, in whole euros."""
        return yearly(self.value, self.unit) or 0


def _number(digits: str) -> Decimal | None:
    """The number that a French or an English hand writes: "2 000", "2.000", "2000,50", "2,000.50"."""
    digits = re.sub(r"[ ']", "", digits).rstrip(".,")
    whole, mark, rest = digits, "", ""
    if found := re.fullmatch(r"(.*)([.,])(\d+)", digits):
        whole, mark, rest = found[1], found[2], found[3]
    if mark and len(rest) == 3 and whole not in ("", "0"):
        whole, rest = whole + rest, ""  # three digits behind a mark are thousands
    if not re.fullmatch(r"[0-9]+|[0-9]{1,3}(?:[.,][0-9]{3})+", whole):
        return None
    whole = re.sub(r"[.,]", "", whole)
    return Decimal(f"{whole}.{rest or 0}")


def _plausible(value: Decimal, unit: str) -> str:
    """The unit that was meant where the one that stands there cannot be: nobody earns 30 000 € a month."""
    if unit in (MONTH, YEAR) and value < 100:
        return HOUR
    if unit == MONTH and value >= 15_000:
        return YEAR
    return MONTH if unit == YEAR and value < 6_000 else unit


def _read(text: str) -> re.Match[str] | None:
    plain = re.sub(r"\s+", " ", text[:MAX_TYPED].lower().replace("’", "'")).strip()
    return _SHAPE.fullmatch(_BEFORE.sub("", plain))


def _written_unit(text: str) -> str:
    found = _read(text)
    return _UNIT_OF[found["unit"][0]] if found and found["unit"] else ""


def amount(text: str, unit: str = MONTH) -> Amount | None:
    """The amount that `text` says; a unit in the text goes before `unit`. None when it is no pay."""
    found = _read(text)
    value = _number(found["number"]) if found else None
    if found is None or value is None:
        return None
    if found["thousands"]:
        value *= 1000
    made = Amount(value, _written_unit(text) or _plausible(value, unit))
    return made if 0 < made.yearly <= _HIGHEST_YEARLY else None


def _plain(value: Decimal) -> str:
    whole = value == value.to_integral_value()
    text = f"{value:,.0f}" if whole else f"{value:,.2f}"
    return text.replace(",", "\u202f").replace(".", ",")


def _said(value: Decimal) -> str:
    return f"{_plain(value)}\u202f€"


@dataclass(frozen=True)
class PayRange:
    """The two ends as they were typed and what they were understood as; an end that is None is open."""

    typed_from: str = ""
    typed_to: str = ""
    unit: str = MONTH
    low: Amount | None = None
    high: Amount | None = None

    @property
    def wrong_from(self) -> bool:
        """Whether what was typed under "de" is no pay."""
        return bool(self.typed_from) and self.low is None

    @property
    def wrong_to(self) -> bool:
        """Whether what was typed under "à" is no pay."""
        return bool(self.typed_to) and self.high is None

    @property
    def not_understood(self) -> list[str]:
        """What was typed and is no pay."""
        ends = ((self.typed_from, self.wrong_from), (self.typed_to, self.wrong_to))
        return [text for text, wrong in ends if wrong]

    @property
    def shown_from(self) -> str:
        """What stands in the field "de"."""
        return _plain(self.low.value) if self.low else self.typed_from

    @property
    def shown_to(self) -> str:
        """What stands in the field "à"."""
        return _plain(self.high.value) if self.high else self.typed_to

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The parameters that say the same, always written in one way."""
        ends = (("pay_from", self.low), ("pay_to", self.high))
        found = [(name, f"{end.value.normalize():f}") for name, end in ends if end]
        return [*found, ("pay_unit", self.unit)] if found and self.unit != MONTH else found

    @property
    def label(self) -> str:
        """ "De 2 000 € à 2 500 € brut par mois"; "" for no range."""
        tail = f" brut {UNITS[self.unit]}"
        if self.low and self.high:
            return f"De {_said(self.low.value)} à {_said(self.high.value)}{tail}"
        if self.low:
            return f"À partir de {_said(self.low.value)}{tail}"
        return f"Jusqu’à {_said(self.high.value)}{tail}" if self.high else ""


def _in_unit(end: Amount | None, unit: str) -> Amount | None:
    if end is None or end.unit == unit:
        return end
    return Amount(
        (end.value * PERIODS_A_YEAR[end.unit] / PERIODS_A_YEAR[unit]).quantize(Decimal("0.01")), unit
    )


def understood(typed_from: str, typed_to: str, unit: str) -> PayRange:
    """The range that was typed. Ends in two units are brought to that of the first; a range the wrong way is turned."""
    unit = unit if unit in UNITS else MONTH
    typed_from, typed_to = (text.replace("\x00", "")[:MAX_TYPED].strip() for text in (typed_from, typed_to))
    if not typed_to and (both := _TWO.fullmatch(typed_from)) and amount(both["low"], unit):
        typed_from, typed_to = both["low"], both["high"]
    unit = _written_unit(typed_from) or _written_unit(typed_to) or unit
    low, high = amount(typed_from, unit), amount(typed_to, unit)
    first = low or high
    unit = first.unit if first else unit
    low, high = _in_unit(low, unit), _in_unit(high, unit)
    if low and high and low.value > high.value:
        low, high, typed_from, typed_to = high, low, typed_to, typed_from
    return PayRange(typed_from, typed_to, unit, low, high)
