"""Invariants 1, 2 and 4 through the API."""

import json

import pytest
from django.test import Client
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import APIToken

from pages.models import JobAd
from tests.factories import CreditLotFactory, JobAdFactory, MembershipFactory

from .tools import spendings

JSON = "application/json"


def api(user) -> Client:
    return Client(headers={"authorization": f"Bearer {APIToken.create_token(user=user, name='essai')[1]}"})


def listed(client, **query) -> set[int]:
    return {item["id"] for item in client.get("/api/v3/pages/", {"limit": 20, **query}).json()["items"]}


@pytest.mark.invariant
def test_the_public_list_find_and_detail_show_visible_ads_only(client, ormeaux, riviere, time_machine):
    seen = JobAdFactory(employer=ormeaux, live=True)
    draft = JobAdFactory(employer=ormeaux)
    under_offline = JobAdFactory(employer=riviere, live=True)
    riviere.company_page.unpublish()
    hidden = [draft, under_offline, riviere.company_page]
    assert listed(client, type="pages.JobAd") == {seen.pk}
    everything = listed(client)
    assert {seen.pk, ormeaux.company_page.pk} <= everything
    assert not everything & {page.pk for page in hidden}
    assert client.get(f"/api/v3/pages/{seen.pk}/").status_code == 200
    assert client.get("/api/v3/pages/find/", {"html_path": seen.get_url()}).status_code == 302
    for page in hidden:
        assert client.get(f"/api/v3/pages/{page.pk}/").status_code == 404
        assert client.get("/api/v3/pages/find/", {"id": page.pk}).status_code == 404
        assert client.get("/api/v3/pages/find/", {"html_path": page.get_url()}).status_code == 404
    time_machine.move_to(seen.placements.get().ends_at)
    assert listed(client, type="pages.JobAd") == set()
    assert client.get(f"/api/v3/pages/{seen.pk}/").status_code == 404
    assert client.get("/api/v3/pages/find/", {"html_path": seen.get_url()}).status_code == 404


def test_a_session_gives_no_more_than_nobody(client, recruiter, ormeaux, login):
    draft = JobAdFactory(employer=ormeaux)
    login(client, recruiter)
    assert client.get(f"/api/v3/pages/{draft.pk}/").status_code == 404
    assert client.post(f"/api/v3/pages/{draft.pk}/actions/publish/").status_code == 401


def test_only_public_fields_are_told(client, ormeaux):
    ad = JobAdFactory(employer=ormeaux, live=True, print_text="Texte de l’encart")
    told = client.get(f"/api/v3/pages/{ad.pk}/").json()
    assert not {"employer", "offer_kind", "print_format", "print_text", "filled_at", "owner"} & set(told)


@pytest.mark.permissions
def test_a_recruiter_lists_its_own_drafts_included_and_nobody_elses(recruiter, ormeaux, riviere):
    own = [JobAdFactory(employer=ormeaux), JobAdFactory(employer=ormeaux, live=True)]
    JobAdFactory(employer=riviere, live=True)
    assert listed(api(recruiter)) == {ormeaux.company_page.pk, *(ad.pk for ad in own)}


@pytest.mark.permissions
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("GET", "?version=draft", None),
        ("PATCH", "", {"title": "Volée"}),
        ("DELETE", "", None),
        ("GET", "revisions/", None),
        ("GET", "revisions/1/", None),
        ("POST", "actions/publish/", None),
        ("POST", "actions/unpublish/", None),
        ("POST", "actions/copy/", {}),
        ("POST", "actions/move/", {"destination_id": 1}),
        ("POST", "actions/create_alias/", {}),
        ("POST", "actions/convert_alias/", None),
        ("POST", "actions/revert/", {"revision_id": 1}),
        ("POST", "actions/delete/", None),
        ("DELETE", "actions/delete/", None),
        ("POST", "actions/copy_for_translation/", {"locale": "fr"}),
    ],
)
def test_anothers_page_answers_as_one_that_is_not(method, path, body, recruiter, riviere):
    foreign = JobAdFactory(employer=riviere, live=True)
    client = api(recruiter)

    def ask(pk):
        response = client.generic(
            method, f"/api/v3/pages/{pk}/{path}", "" if body is None else json.dumps(body), JSON
        )
        return response.status_code, response.content

    assert ask(foreign.pk) == ask(999_999)
    assert ask(foreign.pk)[0] == 404
    assert ask(riviere.company_page.pk) == ask(999_999)
    assert JobAd.objects.get(pk=foreign.pk).live


@pytest.mark.permissions
def test_a_creation_under_anothers_page_answers_as_under_none(recruiter, ormeaux, riviere):
    client = api(recruiter)

    def create(parent):
        body = {"title": "Nouvelle F/H", "meta": {"type": "pages.JobAd", "parent_id": parent}}
        response = client.post("/api/v3/pages/", body, JSON)
        return response.status_code, response.content

    assert create(riviere.company_page.pk) == create(999_999)
    assert create(riviere.company_page.pk)[0] == 404
    status, _ = create(ormeaux.company_page.pk)
    assert status == 201
    ad = JobAd.objects.get(title="Nouvelle F/H")
    assert ad.employer == ormeaux
    assert not ad.live


def test_create_and_publish_in_one_step_spends_a_credit(recruiter, ormeaux):
    model = JobAdFactory(employer=ormeaux)
    body = {
        "title": "Aide-soignant",
        "meta": {"type": "pages.JobAd", "parent_id": ormeaux.company_page.pk, "action": "publish"},
        "missions": {"format": "db_html", "content": "<p>Soigner.</p>"},
        "profile": {"format": "db_html", "content": "<p>DEAS.</p>"},
        "profession_id": model.profession_id,
        "structure_type_id": model.structure_type_id,
        "commune_id": model.commune_id,
        "contract_type_id": model.contract_type_id,
        "working_time": "plein",
        "remote": "non",
        "experience": "debutant",
        "pay_period": "mois",
        "apply_mode": "site",
    }
    client = api(recruiter)
    refused = client.post("/api/v3/pages/", body, JSON)
    assert refused.status_code == 422, refused.content
    assert "plus de crédit" in refused.content.decode()
    assert spendings() == 0
    CreditLotFactory(employer=ormeaux)
    created = client.post("/api/v3/pages/", body, JSON)
    assert created.status_code == 201, created.content
    assert created.json()["title"] == "Aide-soignant F/H"
    assert spendings() == 1


@pytest.mark.permissions
def test_a_reader_of_the_employer_reads_nothing_and_writes_nothing(ormeaux):
    reader = MembershipFactory(employer=ormeaux, role="lecteur").user
    ad = JobAdFactory(employer=ormeaux)
    assert api(reader).get(f"/api/v3/pages/{ad.pk}/").status_code == 404
    assert api(reader).post(f"/api/v3/pages/{ad.pk}/actions/publish/").status_code == 404


@pytest.mark.permissions
def test_an_image_of_anothers_answers_as_one_that_is_not(recruiter, ormeaux, riviere):
    def image(employer):
        return get_image_model().objects.create(
            title="Façade", file=get_test_image_file(), collection=employer.collection
        )

    page = ormeaux.company_page

    def with_photo(pk):
        body = {"photos": [{"image_id": pk, "alt": "La façade"}]}
        response = api(recruiter).patch(f"/api/v3/pages/{page.pk}/", body, JSON)
        return response.status_code, response.json().get("errors")

    def the_same_but_for_its_number(pk):
        status, errors = with_photo(pk)
        return status, str(errors).replace(str(pk), "…")

    assert the_same_but_for_its_number(image(riviere).pk) == the_same_but_for_its_number(999_999)
    assert with_photo(image(riviere).pk)[0] == 422
    own = image(ormeaux)
    status, errors = with_photo(own.pk)
    assert status == 200, errors
    assert type(page).objects.get(pk=page.pk).get_latest_revision_as_object().photos.all()[0].image == own
