"""Statements as CSV, the way French banks export them: their headings, dates, decimals and encodings."""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from reference.dates import YEARS

from .reading import MOST_ENTRIES, Entry, Read, StatementError, tidy

#: What each column is called, best first. Compared without case, accents or what stands in brackets.
_HEADINGS = {
    "day": ("date operation", "date d operation", "date de l operation", "date comptable", "date de comptabilisation",
            "date comptabilisation", "date", "date valeur", "date de valeur"),
    "amount": ("montant", "montant en euros", "montant eur", "montant operation", "montant de l operation"),
    "credit": ("credit", "credit euros", "credit eur", "montant credit", "credit en euros"),
    "debit": ("debit", "debit euros", "debit eur", "montant debit", "debit en euros"),
    "payer": ("donneur d ordre", "nom donneur d ordre", "emetteur", "nom de l emetteur", "tiers", "contrepartie",
              "nom contrepartie"),
    "wording": ("libelle", "libelle operation", "libelle de l operation", "libelle simplifie", "operation", "nature",
                "nature de l operation", "detail"),
    "more": ("informations complementaires", "information complementaire", "libelle complementaire", "details",
             "motif", "commentaire", "libelle detaille"),
    "reference": ("reference", "reference operation", "reference de l operation", "reference banque", "ref",
                  "numero d operation", "n operation"),
    "currency": ("devise", "devise du compte"),
}  # fmt: skip
_DELIMITERS = ";,\t|"
#: Lines about the account that banks put above the headings.
_PREFACE = 30
#: No table of a bank is wider, and no heading longer.
_MOST_COLUMNS, _LONGEST_HEADING = 100, 60
_DATES = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d/%m/%y")
_ENCODING = (
    "Les accents de ce fichier ne se lisent pas\u202f: dans votre tableur, enregistrez-le comme "
    "«\u00a0CSV UTF-8\u00a0», puis importez-le à nouveau."
)
_NOT_PRINTED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
_FIGURES = re.compile(r"[-+]?\d{1,12}(\.\d{1,2})?", re.ASCII)

Columns = dict[str, int]


def read(data: bytes) -> Read:
    """The credit lines of a statement. Raises StatementError: no headings, an unreadable encoding, date or amount."""
    text = _decoded(data)
    rows, columns, first = _table(text)
    entries, left_aside = [], 0
    for number, row in enumerate(rows, start=first):
        entry = _entry(row, columns, number)
        if entry is None:
            left_aside += any(cell.strip() for cell in row)
        else:
            entries.append(entry)
        if len(entries) > MOST_ENTRIES:
            raise StatementError(
                f"Ce relevé a plus de {MOST_ENTRIES} écritures\u202f: importez-le en plusieurs fois."
            )
    return Read(entries, left_aside)


def _decoded(data: bytes) -> str:
    """UTF-8 with or without mark, UTF-16 with its mark, else Windows-1252, which holds Latin-1's letters."""
    has_mark = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if has_mark else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NOT_PRINTED.search(text):
            return text
    raise StatementError(_ENCODING)


def _table(text: str) -> tuple[list[list[str]], Columns, int]:
    """The rows below the headings, the columns by what they hold, and the number of the first row's line."""
    for delimiter in _DELIMITERS:
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False))
        except csv.Error:
            continue
        for number, row in enumerate(rows[:_PREFACE]):
            columns = _columns(row)
            if "day" in columns and ("amount" in columns or "credit" in columns):
                return rows[number + 1 :], columns, number + 2
    raise StatementError(
        "Les colonnes de ce fichier ne sont pas reconnues\u202f: il faut au moins une ligne de titres avec "
        "«\u00a0Date\u00a0» et «\u00a0Montant\u00a0» (ou «\u00a0Crédit\u00a0»), et de préférence «\u00a0Libellé\u00a0»."
    )


def _columns(row: Sequence[str]) -> Columns:
    names = [_plain(cell[:_LONGEST_HEADING]) for cell in row[:_MOST_COLUMNS]]
    found: Columns = {}
    for what, headings in _HEADINGS.items():
        place = next((names.index(heading) for heading in headings if heading in names), None)
        if place is not None:
            found[what] = place
    return found


def _plain(heading: str) -> str:
    """A heading without accents, case, brackets and signs: "Libellé (opération)" is "libelle"."""
    text = unicodedata.normalize("NFKD", re.sub(r"\(.*?\)|\[.*?\]", " ", heading))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())


def _entry(row: Sequence[str], columns: Columns, number: int) -> Entry | None:
    """A line's entry; none for a debit, a total, a blank line or another currency."""

    def cell(what: str) -> str:
        place = columns.get(what)
        return row[place].strip() if place is not None and place < len(row) else ""

    # A line without a date is a total or a remark.
    if not cell("day") or cell("currency").upper() not in ("", "EUR", "€", "EURO", "EUROS"):
        return None
    credit = cell("credit") if "credit" in columns else cell("amount")
    amount = _amount(credit, number) if credit else None
    if amount is None or amount <= 0:
        return None
    wording = " ".join(dict.fromkeys(part for part in (cell("wording"), cell("more")) if part))
    return Entry(
        booked_on=_day(cell("day"), number),
        amount=amount,
        payer=tidy(cell("payer"), 140),
        wording=tidy(wording, 500),
        bank_reference=tidy(cell("reference"), 80),
    )


def _day(text: str, number: int) -> date:
    for form in _DATES:
        try:
            day = datetime.strptime(text.split(" ")[0], form).date()
        except ValueError:
            continue
        if day.year in YEARS:
            return day
    raise StatementError(
        f"Ligne {number}\u202f: la date «\u00a0{tidy(text, 30)}\u00a0» n’est pas lisible. Elle s’écrit jj/mm/aaaa."
    )


def _amount(text: str, number: int) -> Decimal:
    """ "1 080,00", "1.080,00 €", "+1080.00": the last of comma and point that is there once marks the decimals."""
    plain = re.sub(r"[\s\u00a0\u202f'’]|€|EUR", "", text, flags=re.IGNORECASE).replace("\u2212", "-")
    negative = (plain.startswith("(") and plain.endswith(")")) or plain.endswith("-")
    plain = plain.strip("()") if plain.startswith("(") else plain.removesuffix("-")
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma > point:
        plain = (
            plain.replace(".", "").replace(",", ".", 1) if plain.count(",") == 1 else plain.replace(",", "")
        )
    elif point > comma:
        plain = plain.replace(",", "") if plain.count(".") == 1 else plain.replace(".", "").replace(",", "")
    # "1,080" may be a thousand or a euro: three decimals are none.
    if not _FIGURES.fullmatch(plain):
        raise StatementError(
            f"Ligne {number}\u202f: le montant «\u00a0{tidy(text, 30)}\u00a0» n’est pas lisible. Il s’écrit 1080,00."
        )
    value = Decimal(plain).quantize(Decimal("0.01"))
    if abs(value) >= 10**9:
        raise StatementError(
            f"Ligne {number}\u202f: le montant «\u00a0{tidy(text, 30)}\u00a0» est trop grand."
        )
    return -value if negative else value
