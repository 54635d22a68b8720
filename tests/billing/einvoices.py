"""The validators of electronic invoices, each telling what it found: the schema, both schematrons, veraPDF.

They run here, in this process or as a child of it. factur-x's own schematron check asks a server on this machine and
takes a silence for a success; so each checker has a test that it finds what is wrong (`test_facturx_checks.py`).
"""

import subprocess
from functools import lru_cache
from pathlib import Path

import facturx
import pytest
from django.conf import settings
from lxml import etree
from saxonche import PySaxonProcessor

_FOLDER = Path(facturx.__file__).parent / "xsd_and_schematron"
#: The rules of EN 16931, and those of France (BR-FR).
SHEETS = {
    "EN 16931": _FOLDER / "facturx-en16931" / "FACTUR-X_EN16931.xslt",
    "BR-FR": _FOLDER / "cii-schematron-fr-ctc" / "BR-FR-Flux2-Schematron-CII.xslt",
}
_SCHEMA = _FOLDER / "facturx-en16931" / "Factur-X_EN16931.xsd"
_SVRL = {"svrl": "http://purl.oclc.org/dsdl/svrl"}


def schema_findings(xml: bytes) -> list[str]:
    """What the schema of Factur-X EN 16931 says against a file."""
    schema = _schema()
    return [] if schema.validate(etree.fromstring(xml)) else [error.message for error in schema.error_log]


def rule_findings(xml: bytes, rules: str) -> list[tuple[str, str]]:
    """What a schematron says against a file: the rule's name and its text. Warnings count."""
    with PySaxonProcessor(license=False) as processor:
        sheet = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(SHEETS[rules]))
        report = sheet.transform_to_string(xdm_node=processor.parse_xml(xml_text=xml.decode()))
    found = etree.fromstring(report.encode())
    # A report of rules that met nothing in the file would be as silent as a good one.
    assert len(found.findall("svrl:fired-rule", _SVRL)) > 10, "the schematron looked at nothing"
    return [
        (finding.get("id", ""), finding.findtext("svrl:text", "", _SVRL).strip())
        for finding in found.xpath("//svrl:failed-assert | //svrl:successful-report", namespaces=_SVRL)
    ]


def findings(xml: bytes) -> list:
    """What any of the three says against a file."""
    return [*schema_findings(xml), *rule_findings(xml, "EN 16931"), *rule_findings(xml, "BR-FR")]


def archive_findings(folder: Path, **pdfs: bytes) -> dict[str, list[str]]:
    """What veraPDF says against each PDF as PDF/A-3b: the rules broken, by the PDF's name. One run for all of them."""
    files = {str(folder / f"{name}.pdf"): name for name in pdfs}
    for path, name in files.items():
        Path(path).write_bytes(pdfs[name])
    script = Path(settings.ROOT) / "dev" / "services" / "verapdf.sh"
    run = subprocess.run([script, "check", *files], capture_output=True, text=True, timeout=300, check=False)
    if run.returncode not in (0, 1):
        pytest.fail(f"veraPDF did not run: {run.stderr.strip()}")
    broken: dict[str, list[str]] = {}
    for line in run.stdout.splitlines():
        verdict, rest = line.strip().split(" ", 1)
        if line.startswith(" "):
            broken[name].append(rest)
        else:
            name = files[rest.rsplit(" ", 1)[0]]
            broken[name] = [] if verdict == "PASS" else ["not PDF/A-3b"]
    assert broken.keys() == pdfs.keys(), f"veraPDF did not read every file: {run.stdout}{run.stderr}"
    return broken


@lru_cache(maxsize=1)
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(_SCHEMA)))
