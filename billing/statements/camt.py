"""CAMT.053 (ISO 20022 bank-to-customer statement), versions 001.02 to 001.08 and later of the same shape."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.core.exceptions import ValidationError

from reference.dates import validate_day

from .reading import MOST_ENTRIES, Entry, Read, StatementError, tidy

_NAMESPACE = re.compile(
    r"\{urn:iso:std:iso:20022:tech:xsd:camt\.(?P<kind>\d{3})\.001\.(?P<version>\d{2})\}Document"
)
_AMOUNT = re.compile(r"\d{1,13}(\.\d{1,5})?", re.ASCII)
#: What banks write where a reference was not given.
_NO_REFERENCE = {"NOTPROVIDED", "NONREF", "NOREF", "NONE", "N/A"}


def read(data: bytes) -> Read:
    """The booked credit entries of a statement. Raises StatementError: no XML, no CAMT.053, hostile or broken."""
    root = _parsed(data)
    found = _NAMESPACE.fullmatch(root.tag)
    if found is None:
        raise StatementError(
            "Ce fichier XML n’est pas un relevé CAMT.053\u202f: demandez ce format à votre banque."
        )
    if found["kind"] != "053":
        raise StatementError(
            f"Ce fichier est un CAMT.{found['kind']}\u202f: il faut un relevé CAMT.053, celui des écritures "
            "comptabilisées."
        )
    reader = _Reader(root.tag.removesuffix("Document"))
    entries: list[Entry] = []
    left_aside = 0
    for ntry in root.iterfind(f"{reader.ns}BkToCstmrStmt/{reader.ns}Stmt/{reader.ns}Ntry"):
        credits = list(reader.credits(ntry))
        left_aside += not credits
        entries += credits
        if len(entries) > MOST_ENTRIES:
            raise StatementError(
                f"Ce relevé a plus de {MOST_ENTRIES} écritures\u202f: importez-le en plusieurs fois."
            )
    return Read(entries, left_aside)


def _parsed(data: bytes) -> Element:
    try:
        # No DTD at all: without one there are neither entities that grow nor files that are fetched.
        return fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise StatementError(
            "Ce fichier XML contient des définitions (DTD, entités) qu’aucun relevé de banque ne contient\u202f: il "
            "est refusé."
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        # LookupError: an encoding that nobody knows.
        raise StatementError(
            "Ce fichier XML est abîmé ou incomplet\u202f: téléchargez-le à nouveau depuis le site de votre banque."
        ) from error


class _Reader:
    """Reads entries in the namespace of one version: the versions differ in where amount and payer stand."""

    def __init__(self, namespace: str) -> None:
        self.ns = namespace

    def credits(self, ntry: Element) -> Iterator[Entry]:
        """The entry as one credit or, for a batch whose details tell, one for each payer. Nothing for a debit."""
        status = self.text(ntry, "Sts") or self.text(ntry, "Sts/Cd")
        if (
            self.text(ntry, "CdtDbtInd") != "CRDT"
            or status != "BOOK"
            or self.text(ntry, "RvslInd") in ("true", "1")
        ):
            return
        total = self.amount(ntry, "Amt")
        if total is None:
            return
        day = self.day(ntry)
        details = ntry.findall(self.path("NtryDtls/TxDtls"))
        amounts = [self.detail_amount(detail) for detail in details]
        if len(details) > 1 and None not in amounts and sum(a for a in amounts if a) == total:
            for detail, amount in zip(details, amounts, strict=True):
                yield self.entry(ntry, detail, day, amount or total)
        else:
            yield self.entry(ntry, details[0] if len(details) == 1 else None, day, total)

    def entry(self, ntry: Element, detail: Element | None, day: date, amount: Decimal) -> Entry:
        payer, wording, references = "", [], [self.text(ntry, "AcctSvcrRef")]
        if detail is not None:
            payer = self.text(detail, "RltdPties/Dbtr/Nm") or self.text(detail, "RltdPties/Dbtr/Pty/Nm")
            payer = (
                payer
                or self.text(detail, "RltdPties/UltmtDbtr/Nm")
                or self.text(detail, "RltdPties/UltmtDbtr/Pty/Nm")
            )
            wording = [node.text or "" for node in detail.iterfind(self.path("RmtInf/Ustrd"))]
            wording += [node.text or "" for node in detail.iterfind(self.path("RmtInf/Strd/CdtrRefInf/Ref"))]
            end_to_end = self.text(detail, "Refs/EndToEndId")
            if end_to_end.upper() not in _NO_REFERENCE:
                wording.append(end_to_end)
            wording.append(self.text(detail, "AddtlTxInf"))
            references.insert(0, self.text(detail, "Refs/AcctSvcrRef"))
        wording.append(self.text(ntry, "AddtlNtryInf"))
        reference = next((r for r in references if r and r.upper() not in _NO_REFERENCE), "")
        return Entry(
            booked_on=day,
            amount=amount,
            payer=tidy(payer, 140),
            wording=tidy(" ".join(dict.fromkeys(part for part in wording if part)), 500),
            bank_reference=tidy(reference, 80),
        )

    def path(self, path: str) -> str:
        return "/".join(f"{self.ns}{name}" for name in path.split("/"))

    def text(self, node: Element, path: str) -> str:
        return (node.findtext(self.path(path)) or "").strip()

    def amount(self, node: Element, path: str) -> Decimal | None:
        """An amount in euros above nought; none for another currency."""
        found = node.find(self.path(path))
        if found is None or found.get("Ccy") != "EUR":
            return None
        text = (found.text or "").strip()
        try:
            value = Decimal(text) if _AMOUNT.fullmatch(text) else None
        except InvalidOperation:
            value = None
        if value is None or value != value.quantize(Decimal("0.01")) or value >= 10**9:
            raise StatementError(f"Le montant «\u00a0{tidy(text, 30)}\u00a0» de ce relevé n’est pas lisible.")
        return value.quantize(Decimal("0.01")) or None

    def detail_amount(self, detail: Element) -> Decimal | None:
        direct = self.amount(detail, "Amt")
        return direct if direct is not None else self.amount(detail, "AmtDtls/TxAmt/Amt")

    def day(self, ntry: Element) -> date:
        text = self.text(ntry, "BookgDt/Dt") or self.text(ntry, "BookgDt/DtTm") or self.text(ntry, "ValDt/Dt")
        try:
            day = date.fromisoformat(text[:10])
            validate_day(day)
        except (ValueError, ValidationError) as error:
            raise StatementError(
                f"La date «\u00a0{tidy(text, 30)}\u00a0» de ce relevé n’est pas lisible."
            ) from error
        return day
