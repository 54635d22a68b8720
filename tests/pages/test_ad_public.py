"""What the public reads of an ad's place, profile and conditions: page, JSON-LD, API."""

import json
import re

import pytest

from reference.models import Diploma
from tests.factories import EstablishmentFactory, JobAdFactory


@pytest.fixture
def ad(ormeaux):
    place = EstablishmentFactory(employer=ormeaux, name="IME Les Pins", address="12 rue des Pins")
    return JobAdFactory(
        employer=ormeaux, live=True, establishment=place, languages="langue des signes", grade="coefficient 434",
        keeps_seniority=True, experience="3-ans", starts_on="2027-02-01", hours="internat, un week-end sur deux",
        diplomas=[Diploma.objects.get(code="dees")],
    )  # fmt: skip


def posting(client, ad) -> dict:
    html = client.get(ad.get_url()).content.decode()
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])


def test_the_page_says_it_all(client, ad):
    html = client.get(ad.get_url()).content.decode()
    for words in ("IME Les Pins", "12 rue des Pins", "langue des signes", "coefficient 434", "Ancienneté"):
        assert words in html


def test_search_engines_read_trade_place_and_what_is_asked(client, ad):
    data = posting(client, ad)
    assert data["occupationalCategory"]["codeValue"] == "K1207"
    assert data["occupationalCategory"]["inCodeSet"]["name"] == "ROME 4.0"
    assert data["jobLocation"]["address"]["streetAddress"] == "12 rue des Pins"
    assert data["jobStartDate"] == "2027-02-01"
    assert data["workHours"] == "internat, un week-end sur deux"
    assert data["skills"] == "langue des signes"
    assert data["experienceRequirements"]["monthsOfExperience"] == 36
    assert data["qualifications"] == str(ad.diplomas.get())
    assert data["directApply"] is True


def test_nothing_is_said_of_what_is_not_known(client, ormeaux):
    data = posting(
        client, JobAdFactory(employer=ormeaux, live=True, apply_mode="mail", apply_email="rh@x.example")
    )
    assert not {"jobStartDate", "workHours", "skills", "experienceRequirements", "qualifications"} & set(data)
    assert "streetAddress" not in data["jobLocation"]["address"]
    assert data["directApply"] is False


def test_the_api_says_what_the_page_says_and_no_more(client, ad, recruiter):
    ad.notified.set([recruiter])
    ad.save_revision(clean=False).publish()
    text = client.get(f"/api/v3/pages/{ad.pk}/").content.decode()
    data = json.loads(text)
    assert data["rome_code"] == "K1207"
    assert data["establishment_name"] == "IME Les Pins"
    assert data["diploma_labels"] == [str(ad.diplomas.get())]
    assert data["languages"] == "langue des signes"
    assert data["grade"] == "coefficient 434"
    for private in ("notified", "apply_email", "confirmed_warnings", "print_text", recruiter.email):
        assert private not in text


def test_the_address_to_write_to_adds_nothing_to_the_mail(client, ormeaux):
    """What stands before the @ may hold "?" and "&", which end an address in a link."""
    ad = JobAdFactory(
        employer=ormeaux, live=True, apply_mode="mail", apply_email="rh?bcc=tous&body=oui@ormeaux.example"
    )
    page = client.get(f"/postuler/{ad.pk}/").content.decode()
    assert 'href="mailto:rh%3Fbcc%3Dtous%26body%3Doui@ormeaux.example?subject=' in page
