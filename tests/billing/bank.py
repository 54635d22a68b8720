"""Statements of a bank of our own making, for tests and for nobody's account."""

CAMT = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{kind}.001.{version}"><BkToCstmrStmt><Stmt>'
    "{entries}</Stmt></BkToCstmrStmt></Document>"
)


def entry_xml(
    amount="10.00", *, day="2026-11-23", reference="REF-1", wording="VIR", payer="", sign="CRDT", status="BOOK",
    currency="EUR", reversal="", details=None, version="02", end_to_end="NOTPROVIDED",
):  # fmt: skip
    """One entry in the shape of a version: where its status, its amount and its payer stand."""
    status = f"<Cd>{status}</Cd>" if version == "08" else status
    name = f"<Nm>{payer}</Nm>"
    party = f"<Pty>{name}</Pty>" if version == "08" else name
    if details is None:
        details = (
            f"<NtryDtls><TxDtls><Refs><EndToEndId>{end_to_end}</EndToEndId></Refs>"
            f"<RltdPties><Dbtr>{party}</Dbtr></RltdPties><RmtInf><Ustrd>{wording}</Ustrd></RmtInf></TxDtls></NtryDtls>"
        )
    return (
        f'<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>{reversal}<Sts>{status}</Sts>'
        f"<BookgDt><Dt>{day}</Dt></BookgDt><AcctSvcrRef>{reference}</AcctSvcrRef>{details}"
        "<AddtlNtryInf>VIR SEPA RECU</AddtlNtryInf></Ntry>"
    )


def _batch(version):
    rows = []
    for payer, amount in (("CCAS DE LILLE", "300.00"), ("FONDATION RIVIERE", "150.50")):
        name = f"<Pty><Nm>{payer}</Nm></Pty>" if version == "08" else f"<Nm>{payer}</Nm>"
        money = f'<Amt Ccy="EUR">{amount}</Amt>'
        told = f"<AmtDtls><TxAmt>{money}</TxAmt></AmtDtls>" if version == "02" else money
        rows.append(f"<TxDtls>{told}<RltdPties><Dbtr>{name}</Dbtr></RltdPties></TxDtls>")
    details = f"<NtryDtls>{''.join(rows)}</NtryDtls>"
    return entry_xml("450.50", day="2026-11-24", reference="REF-0002", details=details, version=version)


def camt_file(*, version="02", entries=None, extra=()):
    """Three credits, two of them in one batch, and four entries that are none of ours."""
    if entries is None:
        entries = [
            entry_xml(
                "1080.00", reference="REF-0001", wording="COMMANDE C2026-000123", payer="ASSOCIATION LES ORMEAUX",
                version=version, end_to_end="E2E-1",
            ),
            _batch(version),
            entry_xml("50.00", sign="DBIT", version=version),
            entry_xml("51.00", reversal="<RvslInd>true</RvslInd>", version=version),
            entry_xml("52.00", status="PDNG", version=version),
            entry_xml("53.00", currency="USD", version=version),
        ]  # fmt: skip
    return CAMT.format(kind="053", version=version, entries="".join([*entries, *extra])).encode()


def csv_file(*, encoding="utf-8", delimiter=";", day="23/11/2026", amount="1 080,00"):
    """A statement with two lines above its headings, as banks write them."""
    rows = [
        ["Compte courant", "00012345678"],
        ["Solde au 24/11/2026", "12 000,00"],
        ["Date opération", "Libellé", "Donneur d’ordre", "Montant (EUR)", "Devise"],
        [day, "VIR Fédération C2026 000123", "FÉDÉRATION", amount, "EUR"],
    ]
    if encoding == "latin-1":
        rows[2][2] = "Donneur d'ordre"
    return "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows).encode(encoding)
