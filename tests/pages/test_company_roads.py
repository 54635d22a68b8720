"""One page an employer, made by the flow alone; its editor, preview and history, for the own page alone."""

import pytest
from django.test import Client
from wagtail.models import APIToken
from wagtail.test.utils.form_data import rich_text, streamfield

from billing.models import Offer
from pages.models import CompanyIndexPage, CompanyPage

from .test_company_tiers import PAID, give, image, write_brand
from .test_editor import company_data
from .tools import edit_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_work(client, recruiter, login):
    return login(client, recruiter)


@pytest.fixture
def office(administrator, login):
    return login(Client(), administrator)


def publish(client, page, **changes):
    return client.post(edit_url(page), company_data(page, **changes) | {"action-publish": "action-publish"})


def preview(client, page, mode: str, **changes) -> str:
    """What the editor's preview shows in a mode, of what is typed there."""
    url = f"/gestion/pages/{page.pk}/edit/preview/"
    answer = client.post(url, company_data(page, **changes))
    assert answer.json()["is_valid"], answer.content
    return client.get(f"{url}?mode={mode}").content.decode()


# --- No page by hand ----------------------------------------------------------------------------------------


@pytest.mark.permissions
@pytest.mark.parametrize("who", ["office", "at_work"])
def test_nobody_makes_a_page_by_hand_in_the_tree(who, request, ormeaux):
    someone = request.getfixturevalue(who)
    index = CompanyIndexPage.objects.get()
    before = CompanyPage.objects.count()
    for url in (
        f"/gestion/pages/add/pages/companypage/{index.pk}/",
        f"/gestion/pages/{ormeaux.company_page.pk}/copy/",
        f"/gestion/pages/{ormeaux.company_page.pk}/move/",
    ):
        assert someone.get(url).status_code in (302, 403, 404)
        assert someone.post(url, {"title": "Autre", "slug": "autre"}).status_code in (302, 403, 404)
    assert CompanyPage.objects.count() == before
    assert CompanyPage.objects.get(employer=ormeaux).get_parent().pk == index.pk


@pytest.mark.permissions
@pytest.mark.parametrize("who", ["administrator", "recruiter"])
def test_the_api_makes_copies_and_aliases_none(who, request, ormeaux):
    user = request.getfixturevalue(who)
    api = Client(headers={"authorization": f"Bearer {APIToken.create_token(user=user, name='essai')[1]}"})
    index, page = CompanyIndexPage.objects.get(), ormeaux.company_page
    body = {"title": "Autre", "meta": {"type": "pages.CompanyPage", "parent_id": index.pk}}
    answers = [
        api.post("/api/v3/pages/", body, "application/json"),
        api.post(f"/api/v3/pages/{page.pk}/actions/copy/", {}, "application/json"),
        api.post(f"/api/v3/pages/{page.pk}/actions/create_alias/", {}, "application/json"),
    ]
    assert all(400 <= answer.status_code < 500 for answer in answers), [a.status_code for a in answers]
    assert CompanyPage.objects.filter(employer=ormeaux).count() == CompanyPage.objects.count() == 1


# --- The editor ---------------------------------------------------------------------------------------------


def test_required_fields_bear_a_star_and_a_draft_does_without(at_work, ormeaux):
    page = ormeaux.company_page
    html = at_work.get(edit_url(page)).content.decode()
    for name in ("title", "structure_type", "commune", "presentation"):
        section = html[html.index(f'id="panel-child-1_votre_organisation-{name}-section"') :]
        assert "w-required-mark" in section[: section.index("</section>")], name
    assert at_work.post(edit_url(page), company_data(page, presentation=rich_text(""))).status_code == 302


def test_publishing_says_what_is_missing_and_where(at_work, ormeaux):
    answer = publish(at_work, ormeaux.company_page, presentation=rich_text(""))
    assert answer.status_code == 200
    assert "il reste à compléter\u00a0: 1. Votre organisation (Présentation)" in answer.content.decode()


def test_a_photo_needs_its_description(at_work, ormeaux):
    photo = {"image": image(ormeaux).pk, "alt": "", "ORDER": "1"}
    data = company_data(ormeaux.company_page, [photo]) | {"action-publish": "action-publish"}
    assert at_work.post(edit_url(ormeaux.company_page), data).status_code == 200
    assert not ormeaux.company_page.photos.exists()


def video(address: str):
    return streamfield(
        [("video", {"address": address, "title": "Une journée", "poster": "", "transcript": ""})]
    )


def test_a_video_of_elsewhere_is_refused_with_what_to_do(at_work, ormeaux):
    give(ormeaux)
    page = ormeaux.company_page
    answer = publish(at_work, page, brand=video("https://evil.example/film.mp4"))
    assert answer.status_code == 200
    assert "Copiez l" in answer.content.decode()
    assert publish(at_work, page, brand=video("https://vimeo.com/123456789")).status_code == 302
    assert "Lire la vidéo" in Client().get(page.get_url()).content.decode()


@pytest.mark.permissions
def test_anothers_picture_is_none_in_the_paid_parts(at_work, ormeaux, riviere):
    give(ormeaux)
    page = ormeaux.company_page

    def kept(pk):
        block = {"quote": "On m’écoute.", "name": "Samira", "photo": pk}
        assert publish(at_work, page, brand=streamfield([("testimonial", block)])).status_code == 302
        page.refresh_from_db()
        return page.brand[0].value["photo"]

    assert kept(image(riviere).pk) is None
    assert kept(999_999) is None
    own = image(ormeaux)
    assert kept(own.pk) == own


def test_writing_on_a_standard_page_keeps_the_paid_parts(at_work, ormeaux):
    page = ormeaux.company_page
    write_brand(page)
    html = at_work.get(edit_url(page)).content.decode()
    assert "Conservé, mais pas affiché" in html
    assert publish(at_work, page, presentation=rich_text("<p>Tout autre chose.</p>")).status_code == 302
    page.refresh_from_db()
    assert "Tout autre chose" in page.presentation
    assert len(page.brand) == 5
    give(ormeaux)
    assert all(part in Client().get(page.get_url()).content.decode() for part in PAID)


# --- Preview and history ------------------------------------------------------------------------------------


def test_the_preview_shows_each_tier(at_work, ormeaux):
    page = ormeaux.company_page
    write_brand(page)
    typed = {"presentation": rich_text("<p>Pas encore publié.</p>")}
    for mode in ("", Offer.Tier.STANDARD):
        html = preview(at_work, page, mode, **typed)
        assert "Pas encore publié" in html
        assert not [part for part in PAID if part in html]
    for mode in (Offer.Tier.BRAND, Offer.Tier.BRAND_PLUS):
        html = preview(at_work, page, mode, **typed)
        assert not [part for part in PAID if part not in html]
    assert "Pas encore publié" not in Client().get(page.get_url()).content.decode()


@pytest.mark.permissions
def test_versions_are_compared_and_taken_back_on_the_own_page_alone(at_work, ormeaux, riviere):
    page, foreign = ormeaux.company_page, riviere.company_page
    page.save_revision().publish()
    first = page.get_latest_revision()
    assert publish(at_work, page, presentation=rich_text("<p>Seconde version.</p>")).status_code == 302
    history = f"/gestion/pages/{page.pk}/history/"
    assert at_work.get(history).status_code == 200
    compare = f"/gestion/pages/{page.pk}/revisions/compare/{first.pk}...live/"
    assert "Seconde version" in at_work.get(compare).content.decode()
    revert = f"/gestion/pages/{page.pk}/revisions/{first.pk}/revert/"
    assert at_work.get(revert).status_code == 200
    for pk, revision in ((foreign.pk, foreign.save_revision().pk), (999_999, 999_999)):
        for url in (
            f"/gestion/pages/{pk}/history/",
            f"/gestion/pages/{pk}/revisions/compare/{revision}...live/",
            f"/gestion/pages/{pk}/revisions/{revision}/view/",
            f"/gestion/pages/{pk}/revisions/{revision}/revert/",
            f"/gestion/pages/{pk}/edit/preview/",
        ):
            assert at_work.get(url).status_code == 404, url


def test_the_editor_of_a_full_page_is_a_bounded_number_of_queries(
    at_work, ormeaux, django_assert_max_num_queries
):
    give(ormeaux)
    write_brand(ormeaux.company_page)
    at_work.get(edit_url(ormeaux.company_page))
    with django_assert_max_num_queries(90):
        at_work.get(edit_url(ormeaux.company_page))
