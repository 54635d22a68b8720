"""Words and figures as they are written in French: dates, money, numbers, plurals, spaces."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any

from django import template
from django.forms import ChoiceField, Field, ModelChoiceField
from django.http import HttpRequest, QueryDict
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from reference import dates, place_names

register = template.Library()

NARROW = "\u202f"  # narrow no-break space: thousands, and before ; ! ? € %
NO_BREAK = "\u00a0"  # no-break space: before a colon, inside « »

LONGEST_TITLE = 400
#: What says where in a list a page stands.
PAGE_PARAMETERS = frozenset({"page", "apres", "avant"})
PAY_PERIODS = {
    "heure": "brut/heure",
    "jour": "brut/jour",
    "mois": "brut/mois",
    "an": "brut/an",
}
# Words that make poor initials: what kind of organisation it is, and what binds two others.
KIND_WORDS = frozenset({"association", "fondation", "groupe", "société"})
BINDING_WORDS = frozenset(
    {"à", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "pour", "sur"}
)


def _day(value) -> date | None:
    """The calendar day of a date or a moment, in Paris."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, date) else None


@register.filter
def long_date(value) -> str:
    """A day in full: "1er mars 2027"."""
    day = _day(value)
    return dates.long_date(day) if day else ""


@register.filter
def relative_day(value) -> str:
    """How long ago, in words up to a week: "aujourd’hui", "hier", "il y a 3 jours", then "12 janvier 2027"."""
    day = _day(value)
    if day is None:
        return ""
    ago = (timezone.localdate() - day).days
    if ago == 0:
        return "aujourd’hui"
    if ago == 1:
        return "hier"
    if ago == -1:
        return "demain"
    if 1 < ago <= 7:
        return f"il y a {ago}{NO_BREAK}jours"
    if -7 <= ago < -1:
        return f"dans {-ago}{NO_BREAK}jours"
    return dates.long_date(day)


@register.filter
def ends_in(value) -> str:
    """When something ends, given its last day: "finit dans 6 jours", "finit demain", "jusqu’au 23 janvier 2027"."""
    day = _day(value)
    if day is None:
        return ""
    left = (day - timezone.localdate()).days
    if left < 0:
        return f"terminée depuis le {dates.long_date(day)}"
    if left == 0:
        return "finit aujourd’hui"
    if left == 1:
        return "finit demain"
    if left <= 14:
        return f"finit dans {left}{NO_BREAK}jours"
    return f"jusqu’au {dates.long_date(day)}"


def _decimal(value) -> Decimal | None:
    try:
        return None if value is None or value == "" else Decimal(str(value))
    except InvalidOperation:
        return None


def _grouped(value: Decimal, places: int) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{rounded:,.{places}f}".replace(",", NARROW).replace(".", ",").replace("-", "−")


@register.filter
def number(value) -> str:
    """A whole number with French thousands: 1284 gives "1 284"."""
    amount = _decimal(value)
    return "" if amount is None else _grouped(amount, 0)


@register.filter
def euros(value, places: int = 2) -> str:
    """An amount of money: "1 250,00 €". `{{ amount|euros:0 }}` leaves the cents out."""
    amount = _decimal(value)
    return "" if amount is None else f"{_grouped(amount, int(places))}{NARROW}€"


@register.filter
def percent(value) -> str:
    """A rate that is stored in percent: 20 gives "20 %", 5.5 gives "5,5 %"."""
    amount = _decimal(value)
    if amount is None:
        return ""
    return f"{amount.normalize():f}".replace(".", ",") + f"{NARROW}%"


@register.simple_tag
def pay_range(lowest=None, highest=None, period: str = "mois") -> str:
    """What an ad pays: "2 150 – 2 900 € brut/mois".

    `period` is "heure", "jour", "mois" or "an", as an ad stores it; any other text is written as it is.
    Nothing known gives "".
    """
    low, high = _decimal(lowest), _decimal(highest)
    if low is None and high is None:
        return ""

    def amount(value: Decimal) -> str:
        return _grouped(value, 0 if value == value.to_integral_value() else 2)

    unit = f"{NARROW}€ {PAY_PERIODS.get(period, period)}".rstrip()
    if low is None or high is None:
        return (
            f"à partir de {amount(low)}{unit}"
            if low is not None
            else f"jusqu’à {amount(high or Decimal())}{unit}"
        )
    if low == high:
        return f"{amount(low)}{unit}"
    return f"{amount(low)}{NO_BREAK}–{NO_BREAK}{amount(high)}{unit}"


@register.filter
def plural(value, endings: str = "s") -> str:
    """The French ending for a number: none for 0 and 1. `{{ n|plural }}`, `{{ n|plural:"al,aux" }}`."""
    singular, _, several = endings.rpartition(",")
    try:
        count = abs(float(value))
    except (TypeError, ValueError):
        count = float(len(value)) if value else 0.0
    return several if count >= 2 else singular


@register.filter
def counted(value, noun: str) -> str:
    """A number and its noun: `{{ 3|counted:"annonce" }}` gives "3 annonces"; `"cheval,chevaux"` names both forms."""
    one, _, many = noun.partition(",")
    word = (many or f"{one}s") if abs(_decimal(value) or Decimal()) >= 2 else one
    return f"{number(value or 0)}{NO_BREAK}{word}"


@register.filter
def of_place(name) -> str:
    """A commune after "de": `près {{ "Le Mans"|of_place }}` gives "près du Mans"."""
    return place_names.of_place(str(name or ""))


@register.filter
def at_area(label, department: str = "") -> str:
    """Inside a department or, without its code, a region: `{{ "Bretagne"|at_area }}` gives "en région Bretagne"."""
    return place_names.at_area(str(label or ""), department)


@register.filter
def initials(name) -> str:
    """Two letters for an organisation or a person without a picture: "CCAS de Vaulx" gives "CV"."""
    words = [word for word in re.split(r"[\s\-’'.,/()]+", str(name or "")) if word[:1].isalnum()]
    for unwanted in (KIND_WORDS, BINDING_WORDS):
        telling = [word for word in words if word.lower() not in unwanted]
        words = telling if len(telling) >= 2 else words
    if len(words) == 1:
        return words[0][:2].upper()
    return "".join(word[0] for word in words[:2]).upper()


@register.filter
def file_size(octets: int) -> str:
    """How heavy a file is, as one says it: "12 Ko", "1,4 Mo"."""
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))}{NO_BREAK}Ko"
    return f"{octets / 1_000_000:.1f}".replace(".", ",") + f"{NO_BREAK}Mo"


_MAY_NEED_SPACES = re.compile("[';!?€%:«»]")


def _typeset(text: str) -> str:
    if not _MAY_NEED_SPACES.search(text):
        return text
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    text = re.sub(r"[ \u00a0\u202f]+(?=[;!?€%])", NARROW, text)
    text = re.sub(r"[ \u202f]+(?=:(?:\s|$))", NO_BREAK, text)
    text = re.sub(r"«[ \u202f]*(?=[^\s])", f"«{NO_BREAK}", text)
    return re.sub(r"[ \u202f]+»", f"{NO_BREAK}»", text)


def _typeset_html(html: SafeString) -> SafeString:
    parts = re.split(r"(<[^>]*>|&[#\w]+;)", html)
    return SafeString("".join(part if i % 2 else _typeset(part) for i, part in enumerate(parts)))


# Titles come again from page to page; whole texts would fill the memory.
_typeset_title = lru_cache(maxsize=4096)(_typeset_html)


@register.filter
def typo(value):
    """Sets French no-break spaces and curly apostrophes in what a person typed. Tags of safe HTML stay as they are."""
    if value is None:
        return ""
    if isinstance(value, SafeString):
        return _typeset_title(value) if len(value) <= LONGEST_TITLE else _typeset_html(value)
    return conditional_escape(_typeset(str(value)))


@lru_cache(maxsize=256)
def _radius_options(radii: tuple[int, ...], chosen: str) -> SafeString:
    rows = [(km, mark_safe(" selected") if str(km) == chosen else "", km) for km in radii]
    return format_html_join("", '<option value="{}"{}>{} km</option>', rows)


@register.simple_tag
def radius_options(radii: Iterable[int], chosen: Any) -> SafeString:
    """The radii of a search bar as `<option>`s, in km."""
    return _radius_options(tuple(radii), str(chosen))


@register.simple_tag
@cache
def address(name: str) -> str:
    """The address of a page without arguments: `{% url %}` that remembers, for what stands on the busiest pages."""
    return reverse(name)


# Safe text and the same text unsafe are equal, and are written differently.
@lru_cache(maxsize=256, typed=True)
def _icon(name: str, label: str) -> SafeString:
    said = format_html(' role="img" aria-label="{}"', label) if label else mark_safe(' aria-hidden="true"')
    return format_html(
        '<svg class="icon" width="20" height="20"{}><use href="{}#{}"/></svg>',
        said,
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of static/img/icons.svg; with `label` it is read out, without it is decoration.

    name: eye, cart, print, close, alert, play, here.
    """
    return _icon(name, label)


def _kept(request: HttpRequest | None) -> str:
    query = request.GET if request else QueryDict()
    return urlencode(
        [(name, values) for name, values in query.lists() if name not in PAGE_PARAMETERS], doseq=True
    )


@register.simple_tag(takes_context=True)
def page_links(context, page) -> dict[str, Any]:
    """Where the pages of a list lead: `numbers` as (text, address), `previous` and `next`, "" where there is none.

    ("", "") stands for numbers that are left out, an empty address for the page itself. The other parameters are
    those of `keep_query` in the context, encoded text, else the request's. Pages may have parameters that lead to
    their neighbours (`next_step`, `previous_step`); those that led to this page are left out.
    """
    kept, here = context.get("keep_query") or _kept(context.get("request")), page.number

    def at(number: int, step: dict[str, str] | None = None) -> str:
        own = urlencode([("page", str(number)), *(step or {}).items()])
        return f"?{kept}&{own}" if kept else f"?{own}"

    shown = page.paginator.get_elided_page_range(here, on_each_side=1, on_ends=1)
    return {
        "numbers": [(str(n), "" if n == here else at(n)) if isinstance(n, int) else ("", "") for n in shown],
        "previous": at(here - 1, getattr(page, "previous_step", None)) if page.has_previous() else "",
        "next": at(here + 1, getattr(page, "next_step", None)) if page.has_next() else "",
    }


def _named(field) -> str:
    """What to do about a required field left empty: "Indiquez votre raison sociale." """
    words = str(field.label).strip()
    if field.widget_type == "checkbox":
        return "Cochez cette case pour continuer."
    if not words or words[-1] in "?.:":
        return "Remplissez ce champ."
    if not words[1:2].isupper():
        words = words[0].lower() + words[1:]
    words = re.sub(r"^((votre|vos|mon|ma|mes|le|la|les) |l’)", "", words)
    verb = "Choisissez" if isinstance(field.field, ChoiceField | ModelChoiceField) else "Indiquez"
    return f"{verb} votre {words}."


@register.filter
def sentences(field) -> list[str]:
    """The errors of a bound field as sentences that say what to do.

    Django's "required" names no field; a form that words it itself is left its words.
    """
    bare = str(Field.default_error_messages["required"])
    return [_named(field) if error == bare else error for error in field.errors]


@register.filter
def before_error(label: str) -> str:
    """The label of a field ahead of its error: "SIRET : ", but a question without a colon."""
    words = str(label).strip()
    return words if not words or words.endswith("?") else f"{words}\u00a0:"


@register.filter
def has_required(form) -> bool:
    """Whether a form has a field to be explained by the note on the star."""
    return any(field.field.required for field in form.visible_fields())
