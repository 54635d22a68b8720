"""The PDF of an insert: its size, its text, its ink."""

import io
import subprocess

import pikepdf
import pytest
from pypdf import PdfReader

from pages.magazine import geometry, inserts, pdf
from pages.magazine.models import PrintInsert
from pages.magazine.typography import paragraphs, typeset

from .test_inserts import make_issue, print_ad

pytestmark = pytest.mark.django_db

MM = 72 / 25.4
LONG = " ".join(
    ["Au sein d’une équipe pluridisciplinaire, vous assurez l’accompagnement global des personnes accueillies."] * 6
)[:600]  # fmt: skip
SIZES = {"1-8": (59.33, 95.75), "1-4": (122.67, 95.75), "1-2": (186.0, 129.0), "1-1": (186.0, 262.0)}


def make(employer, print_format, text=LONG, **changes):
    insert = print_ad(employer, text=text, print_format=print_format).placements.get().insert
    for name, value in changes.items():
        setattr(insert, name, value)
    return insert


def text_of(content: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(text.replace("\u2010\n", "").replace("\u2010 ", "").split())


def bare(text: str) -> str:
    """Without spaces of any width: a PDF keeps places, not spaces."""
    return "".join(text.replace("\u2060", "").split())


@pytest.mark.parametrize("print_format", SIZES)
def test_the_page_is_the_module_to_the_hundredth(ormeaux, print_format):
    insert = make(ormeaux, print_format)
    with pikepdf.open(io.BytesIO(pdf.insert_pdf(insert))) as document:
        assert len(document.pages) == 1
        x0, y0, x1, y1 = (float(value) for value in document.pages[0].mediabox)
    width, height = SIZES[print_format]
    assert (x1 - x0) / MM == pytest.approx(width, abs=0.01)
    assert (y1 - y0) / MM == pytest.approx(height, abs=0.01)
    assert geometry.size(print_format) == pytest.approx((width, height), abs=0.01)


@pytest.mark.parametrize("print_format", SIZES)
def test_the_whole_text_stands_in_it(ormeaux, print_format):
    insert = make(ormeaux, print_format)
    assert not pdf.fit(insert).is_overset
    printed = bare(text_of(pdf.insert_pdf(insert)))
    for part in (insert.headline, LONG[-60:], insert.contact_line, f"ASH-{insert.pk}", "CDI", "Villeurbanne"):
        assert bare(part) in printed, part
    assert "ORMEAUX" in printed


def test_only_black_is_printed_in_our_own_fonts(ormeaux):
    with pikepdf.open(io.BytesIO(pdf.insert_pdf(make(ormeaux, "1-4")))) as document:
        page = document.pages[0]
        for operands, operator in pikepdf.parse_content_stream(page):
            assert str(operator) not in ("rg", "RG", "g", "G"), "a colour that is not CMYK"
            if str(operator) in ("k", "K") or (str(operator) in ("scn", "SCN") and len(operands) == 4):
                assert [float(value) for value in operands[:3]] == [0, 0, 0]
        names = [str(font.BaseFont) for font in page.resources.Font.values()]
    assert names
    assert all("Encart" in name for name in names), names


def test_text_grows_and_shrinks_between_its_limits(ormeaux):
    short = pdf.fit(make(ormeaux, "1-8", text="Poste à pourvoir."))
    assert short.scale == pdf.LARGEST
    tight = make(
        ormeaux, "1-8", headline="Éducatrice ou éducateur spécialisé, internat d’adolescents, poste de nuit"
    )
    assert pdf.SMALLEST <= pdf.fit(tight).scale < pdf.LARGEST


def test_text_that_is_too_long_is_said_never_cut_in_silence(ormeaux, editor):
    make_issue()
    insert = make(ormeaux, "1-8", text=LONG)
    PrintInsert.objects.filter(pk=insert.pk).update(
        headline=("Directrice adjointe ou directeur adjoint de pôle habitat et vie sociale " * 3).strip(),
    )
    insert.refresh_from_db()
    found = pdf.fit(insert)
    assert found.is_overset
    assert 0 < found.excess < 600
    printed = text_of(pdf.insert_pdf(insert))
    assert f"{found.excess} signes de trop" in printed.replace("\u202f", " ")
    with pytest.raises(inserts.ForbiddenMove, match="signes de trop"):
        inserts.move(insert, PrintInsert.State.LAID_OUT, editor)
    inserts.edit(insert, editor, text=insert.text[: -found.excess])
    inserts.move(insert, PrintInsert.State.LAID_OUT, editor)


def test_a_headline_that_leaves_no_room_is_said(ormeaux):
    insert = make(ormeaux, "1-8", headline="Interminable " * 19, contact_line="contact " * 24)
    assert pdf.fit(insert).excess is None
    assert "raccourcissez-le" in pdf.fit(insert).sentence
    assert "raccourcissez-le" in text_of(pdf.insert_pdf(insert))


def test_a_word_without_an_end_stays_in_its_module(ormeaux):
    insert = make(ormeaux, "1-8", text="x" * 300, contact_line="www." + "y" * 120)
    assert not pdf.fit(insert).is_overset


def test_what_people_type_is_text_and_nothing_is_fetched(ormeaux, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("confidentiel")
    hostile = (
        f'<img src="file://{secret}"><link rel=attachment href="file://{secret}"></div><script>1</script>'
    )
    content = pdf.insert_pdf(make(ormeaux, "1-2", text=hostile))
    assert "<script>" in text_of(content)
    with pikepdf.open(io.BytesIO(content)) as document:
        assert not document.attachments


def test_the_same_insert_gives_the_same_bytes(ormeaux):
    insert = make(ormeaux, "1-4")
    assert pdf.insert_pdf(insert) == pdf.insert_pdf(insert)


def test_poppler_reads_it(ormeaux, tmp_path):
    path = tmp_path / "encart.pdf"
    path.write_bytes(pdf.insert_pdf(make(ormeaux, "1-4")))
    run = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    assert "pluridisciplinaire" in run.stdout.replace("\u2010\n", "")
    assert run.stderr == ""


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Quoi ? Oui !", "Quoi\u202f? Oui\u202f!"),
        ("Profil : diplômé", "Profil\u00a0: diplômé"),
        ("« IME »", "«\u202fIME\u202f»"),
        ("l'équipe", "l’équipe"),
        ("2 250 € brut", "2\u202f250\u202f€ brut"),
        ("18 RTT, 3 ans", "18\u00a0RTT, 3\u00a0ans"),
        ("https://ime.example/a?b", "https://ime.example/a?b"),
        ("Psychologue F/H", "Psychologue F/\u2060H"),
        ("Mme Durand", "Mme\u00a0Durand"),
    ],
)
def test_french_typography(typed, printed):
    assert typeset(typed) == printed
    assert typeset(printed) == printed


def test_empty_lines_are_no_paragraphs():
    assert paragraphs("Un\n\n  \nDeux ;\r\n") == ["Un", "Deux\u202f;"]


def test_cells_outside_the_type_area_are_refused():
    assert geometry.box(0, 0, 3, 8).x == 12
    right = geometry.box(1, 3, 2, 3)
    assert right.x + right.width == pytest.approx(12 + 186)
    for cells in ((2, 0, 2, 3), (0, 6, 1, 3), (0, 0, 0, 1), (-1, 0, 1, 1)):
        with pytest.raises(ValueError, match="no such cells"):
            geometry.box(*cells)
