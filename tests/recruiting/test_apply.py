"""The forms to apply, as a visitor and as a candidate."""

from html import unescape

import pytest
from django.urls import reverse

from pages import ads
from pages.models import AdDay
from recruiting.models import Application, Cv
from search import indexing
from tests.factories import ApplicationFactory, CandidateFactory, JobAdFactory, pdf_bytes
from tests.recruiting.build import brand, cv_upload, typed
from tests.tools import mails_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def ad(ormeaux):
    return JobAdFactory(employer=ormeaux, live=True, title="Moniteur-éducateur F/H")


def plain(html: str) -> str:
    return " ".join(unescape(html).split())


def url(ad) -> str:
    return reverse("recruiting:apply", args=[ad.pk])


def test_a_visitor_applies_and_is_told_what_comes_next(client, ad, recruiter):
    page = client.get(url(ad))
    assert page.status_code == 200
    assert "Moniteur-éducateur F/H" in page.text
    assert "Association Les Ormeaux" in page.text
    answer = client.post(url(ad), typed())
    application = Application.objects.get()
    assert answer.url == reverse("recruiting:applied", args=[application.token])
    sent = client.get(answer.url).text
    assert "ines.moreau@test.example" in sent
    assert reverse("recruiting:conversation", args=[application.token]) in sent
    assert application.cv.candidate is None
    assert len(mails_to(recruiter.email)) == 1


def test_the_notice_names_who_receives_the_data(client, ad):
    page = client.get(url(ad)).text
    assert "<strong>Association Les Ormeaux</strong>" in page
    assert "CNIL" in page


def test_a_double_click_sends_one_application(client, ad):
    form = typed()
    first = client.post(url(ad), form)
    second = client.post(url(ad), form | {"cv": cv_upload()})
    assert first.url == second.url
    assert Application.objects.count() == 1
    assert Cv.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "ines.moreau"}, "Écrivez votre adresse e-mail ainsi"),
        ({"first_name": ""}, "Indiquez votre prénom"),
        ({"phone": "appelez-moi"}, "Ce numéro ne peut pas être composé"),
        ({"cv": ""}, "Joignez votre CV en PDF"),
        ({"cv": cv_upload(b"PK\x03\x04")}, "n’en est pas un"),
        ({"cv": cv_upload(name="cv.odt")}, "doit être un fichier PDF"),
        ({"website": "http://spam.example"}, "robot"),
        ({"form_key": "x"}, "rechargez la page"),
        ({"letter": "x" * 6001}, "6000"),
    ],
)
def test_a_mistake_is_said_and_nothing_typed_is_lost(client, ad, changes, sentence):
    answer = client.post(url(ad), typed(**changes))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "error-summary" in answer.text
    assert 'value="Moreau"' in answer.text
    if "letter" not in changes:
        assert "Votre projet de vie" in answer.text
    assert not Application.objects.exists()


def test_a_sound_file_need_not_be_chosen_again(client, ad):
    answer = client.post(url(ad), typed(email="faux", cv=cv_upload(name="CV de mars.pdf")))
    form = answer.context["form"]
    assert "« CV de mars.pdf » est joint" in plain(answer.text)
    assert form.staged_key in answer.text
    answer = client.post(url(ad), typed(cv="", staged=form.staged_key))
    assert answer.status_code == 302
    assert Application.objects.get().cv.file_name == "CV de mars.pdf"
    assert Cv.objects.count() == 1


def test_a_forged_key_brings_no_ones_file(client, ad):
    other = ApplicationFactory().cv
    answer = client.post(url(ad), typed(cv="", staged=f"{other.pk}"))
    assert answer.status_code == 422
    assert "Joignez votre CV" in answer.text


def test_a_file_name_is_shown_as_text(client, ad):
    answer = client.post(url(ad), typed(email="faux", cv=cv_upload(name="<img src=x>.pdf")))
    assert "<img src=x>" not in answer.text


def test_a_candidate_finds_name_and_cv_filled_in(client, login, ad):
    candidate = CandidateFactory(cv=True)
    page = login(client, candidate.user).get(url(ad)).text
    assert f'value="{candidate.user.email}"' in page
    assert "« cv.pdf » est joint" in plain(page)
    client.post(url(ad), typed(email=candidate.user.email, cv=""))
    application = Application.objects.get()
    assert application.candidate == candidate
    assert application.cv == candidate.cvs.get()
    assert "Vous avez déjà envoyé une candidature" in client.get(url(ad)).text


def test_a_visitor_is_never_told_who_applied_before(client, ad):
    ApplicationFactory(ad=ad, email="ines.moreau@test.example")
    answer = client.post(url(ad), typed())
    assert answer.status_code == 302
    assert "déjà" not in client.get(answer.url).text


@pytest.mark.parametrize("way", ["unpublished", "filled"])
def test_an_ad_that_is_over_says_so_and_shows_others(client, ad, recruiter, way, riviere, commit):
    other = JobAdFactory(employer=riviere, live=True, title="Éducateur de jour")
    JobAdFactory(employer=riviere, title="Un brouillon")
    ads.unpublish(ad, recruiter) if way == "unpublished" else ads.mark_filled(ad)
    with commit():
        indexing.drain()
    for answer in (client.get(url(ad)), client.post(url(ad), typed())):
        assert answer.status_code == 410
        assert other.title in answer.text
        assert "Un brouillon" not in answer.text
    assert not Application.objects.exists()


@pytest.mark.invariant
def test_a_draft_answers_as_an_ad_that_does_not_exist(client, ormeaux):
    draft = JobAdFactory(employer=ormeaux, title="Poste confidentiel")
    answer = client.get(url(draft))
    assert answer.status_code == client.get("/postuler/999999/").status_code == 404
    assert "Poste confidentiel" not in answer.text


def test_an_external_ad_sends_to_the_employers_site_and_counts(client, ormeaux):
    """G28."""
    ad = JobAdFactory(
        employer=ormeaux, live=True, apply_mode="lien", apply_url="https://emploi.test.example/poste?id=7"
    )
    answer = client.get(url(ad), headers={"User-Agent": "Mozilla/5.0"})
    assert answer.status_code == 302
    assert answer.url == "https://emploi.test.example/poste?id=7"
    assert sum(day.apply_clicks for day in AdDay.objects.filter(ad=ad)) == 1


def test_spontaneous_application(client, ormeaux):
    """G27."""
    address = reverse("recruiting:apply_spontaneous", args=[ormeaux.company_page.pk])
    closed = client.get(address)
    assert closed.status_code == 404
    assert "ne reçoit pas de candidature spontanée" in closed.text
    brand(ormeaux)
    assert client.get(address).status_code == 200
    answer = client.post(address, typed())
    assert answer.status_code == 302
    application = Application.objects.get()
    assert (application.employer, application.is_spontaneous, application.ad) == (ormeaux, True, None)


def test_no_spontaneous_application_to_a_page_nobody_sees(client, ormeaux):
    brand(ormeaux)
    ormeaux.company_page.unpublish()
    assert (
        client.get(reverse("recruiting:apply_spontaneous", args=[ormeaux.company_page.pk])).status_code == 404
    )


def test_too_many_applications_from_one_place(client, ad):
    for _ in range(40):
        client.post(url(ad), {})
    assert client.post(url(ad), typed()).status_code == 429
    assert client.get(url(ad)).status_code == 200


def test_the_form_asks_for_a_token_against_forgery(ad):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(url(ad), typed()).status_code == 403


def test_a_heavy_file_is_refused_before_it_is_read(client, ad, settings):
    settings.CV_MAX_BYTES = 2 * 1024 * 1024
    answer = client.post(url(ad), typed(cv=cv_upload(pdf_bytes() + b"x" * settings.CV_MAX_BYTES)))
    assert answer.status_code == 422
    assert "plus de 2 Mo" in plain(answer.text)


def test_nobody_floods_a_mailbox_by_applying_in_its_name(client, ad, monkeypatch):
    monkeypatch.setattr("recruiting.views.apply.MAILS_TO_ONE_ADDRESS", "2/h/key")
    codes = [client.post(url(ad), typed(), REMOTE_ADDR=f"192.0.2.{n}").status_code for n in range(3)]
    assert codes == [302, 302, 429]
    assert Application.objects.count() == 2
