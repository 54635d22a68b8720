"""CV files: what is refused and why, what is kept, when it goes."""

import io
from datetime import timedelta

import pikepdf
import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from recruiting import cvs, tasks
from recruiting.models import Cv
from tests.factories import ApplicationFactory, CandidateFactory, CvFactory, pdf_bytes
from tests.recruiting.build import cv_upload, pdf_with, text_pdf

pytestmark = pytest.mark.django_db


def refusal(upload) -> str:
    with pytest.raises(cvs.CvRefused) as caught:
        cvs.store(upload)
    assert not Cv.objects.exists()
    return caught.value.code


def test_a_pdf_is_kept_with_its_words_under_a_name_nobody_guesses():
    cv = cvs.store(cv_upload(text_pdf("Éducatrice spécialisée"), name="CV Inès Moreau.pdf"))
    assert cv.file_name == "CV Inès Moreau.pdf"
    assert "ducatrice" in cv.text
    assert "Moreau" not in cv.file.name
    assert cv.file.read().startswith(b"%PDF-")
    assert cv.is_current is False


def test_no_file():
    assert refusal(None) == "missing"


@pytest.mark.parametrize("name", ["cv.docx", "cv.pdf.exe", "cv", "cv.jpg"])
def test_wrong_type(name):
    assert refusal(cv_upload(name=name)) == "type"


def test_empty_file():
    assert refusal(cv_upload(b"")) == "empty"


def test_more_than_ten_megabytes():
    big = pdf_bytes() + b"%" + b"x" * settings.CV_MAX_BYTES
    assert refusal(cv_upload(big)) == "size"


def test_a_renamed_file_is_no_pdf():
    assert refusal(cv_upload(b"PK\x03\x04 a word processor's file")) == "fake"


def test_the_signature_alone_is_no_pdf():
    assert refusal(cv_upload(b"%PDF-1.7\nnothing behind it")) == "unreadable"


def test_a_pdf_cut_in_the_middle_of_nothing():
    assert refusal(cv_upload(b"%PDF-1.4\n" + b"\x00" * 5000)) == "unreadable"


def test_a_password():
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert refusal(cv_upload(out.getvalue())) == "password"


def test_too_many_pages():
    assert refusal(cv_upload(pdf_bytes(pages=cvs.MAX_PAGES + 1))) == "pages"


def test_every_refusal_is_a_sentence_that_says_what_to_do():
    for code, sentence in cvs.SENTENCES.items():
        assert str(cvs.CvRefused(code).messages[0])[0].isupper(), code
        assert sentence.endswith("."), code


def test_active_content_does_not_stay():
    """Script at opening, in a name tree and on a page; a launch action; a file within the file."""
    cv = cvs.store(cv_upload(pdf_with(active=True)))
    raw = cv.file.read()
    for word in (b"JavaScript", b"evil", b"Launch", b"cmd.exe", b"EmbeddedFile", b"payload"):
        assert word not in raw, word
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        assert len(pdf.pages) == 1
        assert "/OpenAction" not in pdf.Root


def test_links_to_the_web_stay():
    cv = cvs.store(cv_upload(pdf_with(link="https://example.org/portfolio")))
    assert b"https://example.org/portfolio" in cv.file.read()


def test_what_is_not_pdf_around_the_pdf_does_not_stay():
    cv = cvs.store(cv_upload(b"<script>alert(1)</script>\n" + pdf_bytes() + b"\nPK\x03\x04 hidden"))
    raw = cv.file.read()
    assert b"<script>" not in raw
    assert b"hidden" not in raw


def test_a_strange_name_is_made_harmless():
    cv = cvs.store(cv_upload(name='../../etc/"<b>x</b>\r\nSet-Cookie: a.pdf'))
    assert not set(cv.file_name) & set('<>"\r\n/\\')


def test_a_new_cv_takes_the_place_of_the_former_one(commit):
    candidate = CandidateFactory()
    with commit():
        first = cvs.store(cv_upload(), candidate)
    storage, name = first.file.storage, first.file.name
    with commit():
        second = cvs.store(cv_upload(), candidate)
    assert cvs.current_of(candidate) == second
    assert not Cv.objects.filter(pk=first.pk).exists()
    assert not storage.exists(name)


def test_a_cv_that_an_application_has_stays_but_is_no_longer_current(commit):
    candidate = CandidateFactory()
    first = cvs.store(cv_upload(), candidate)
    application = ApplicationFactory(cv=first, candidate=candidate)
    with commit():
        cvs.store(cv_upload(), candidate)
        cvs.remove_current(candidate)
    application.cv.refresh_from_db()
    assert application.cv.is_current is False
    assert application.cv.file.storage.exists(application.cv.file.name)
    assert cvs.current_of(candidate) is None


def test_a_refused_file_leaves_the_current_cv():
    candidate = CandidateFactory()
    kept = cvs.store(cv_upload(), candidate)
    with pytest.raises(cvs.CvRefused):
        cvs.store(cv_upload(b"not a pdf"), candidate)
    assert cvs.current_of(candidate) == kept


def test_a_staged_file_is_found_by_its_key_for_some_hours():
    cv = cvs.store(cv_upload())
    key = cvs.staged_key(cv)
    assert cvs.staged(key) == cv
    assert cvs.staged(key + "x") is None
    assert cvs.staged(str(cv.pk)) is None
    with time_machine.travel(timezone.now() + cvs.STAGED_FOR + timedelta(minutes=1)):
        assert cvs.staged(key) is None


def test_a_staged_file_that_was_used_or_is_someones_is_not_found():
    used = ApplicationFactory(cv=CvFactory(is_current=False)).cv
    someones = CvFactory(candidate=CandidateFactory())
    assert cvs.staged(cvs.staged_key(used)) is None
    assert cvs.staged(cvs.staged_key(someones)) is None


def test_files_of_nobody_are_deleted_after_a_day(commit):
    lost = cvs.store(cv_upload())
    used = ApplicationFactory(cv=CvFactory(is_current=False)).cv
    own = CvFactory(candidate=CandidateFactory())
    storage, name = lost.file.storage, lost.file.name
    assert cvs.sweep() == 0
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)), commit():
        assert tasks.sweep_cvs.call() == 1
    assert not storage.exists(name)
    assert set(Cv.objects.all()) == {used, own}


def test_no_address_leads_to_the_files(client, settings):
    cv = cvs.store(cv_upload())
    assert not str(settings.PRIVATE_ROOT).startswith(str(settings.MEDIA_ROOT))
    for path in (
        cv.file.url,
        f"/media/{cv.file.name}",
        f"/media/../private/{cv.file.name}",
        f"/private/{cv.file.name}",
    ):
        assert client.get(path).status_code in (400, 404)


def test_upload_object_of_any_type_is_judged_by_its_bytes():
    assert cvs.store(SimpleUploadedFile("cv.PDF", pdf_bytes(), content_type="text/html")).size > 0
