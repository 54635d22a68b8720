"""No name of anybody else's is read on any screen of a recruiter's admin, nor in the API (invariant 4).

Everything of the other employer and of the office carries one word. The screens come from the resolver, each asked
as it is and with the ways of Wagtail's own pages of searching, sorting and laying out.
"""

import pytest
from django.test import Client
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import APIToken, Comment, Task, Workflow

from accounts import onboarding
from accounts.models import Membership
from pages import own_objects
from pages.models import JobAd
from tests.factories import JobAdFactory

from .addresses import ask, of_admin
from .test_admin import admin_values
from .test_api import paths

pytestmark = pytest.mark.permissions

SECRET = "Zyzomys"
WAYS = (
    "",
    "?q=e",
    "?layout=list",
    "?multiple=1",
    "?ordering=title&p=2",
    "?is_commenting_action=true",
    "?tag=zyzomys",
)


@pytest.fixture
def secrets(riviere, stranger, administrator):
    """Something of each kind that carries a name, none of it of Les Ormeaux nor public."""
    for person in (stranger, administrator):
        person.first_name = person.last_name = SECRET
        person.save()
    ad = JobAdFactory(employer=riviere, title=f"{SECRET} F/H")
    ad.locked, ad.locked_by = True, stranger
    ad.save(update_fields=["locked", "locked_by"])
    Comment.objects.create(page=ad, user=stranger, text=SECRET, contentpath="title")
    riviere.group.name = riviere.collection.name = SECRET
    riviere.group.save()
    riviere.collection.save()
    image = get_image_model().objects.create(
        title=SECRET, file=get_test_image_file(filename=f"{SECRET}.png"), collection=riviere.collection
    )
    image.tags.add(SECRET)
    riviere.company_page.logo = image
    riviere.company_page.save_revision(user=stranger)
    EditingSession.objects.create(
        user=stranger, content_object=ad.page_ptr, last_seen_at=ad.latest_revision_created_at
    )
    Workflow.objects.create(name=SECRET)
    Task.objects.create(name=SECRET)
    Redirect.objects.create(old_path=f"/{SECRET}", redirect_link=f"/{SECRET}-ailleurs")
    APIToken.create_token(user=stranger, name=SECRET)
    return {"ad": ad, "image": image}


def read(response) -> str:
    return b"".join(response).decode(errors="replace") if response.streaming else response.content.decode()


def test_no_screen_of_the_admin_names_anybody_elses(secrets, recruiter, things, login):
    client = login(Client(), recruiter)
    told = []
    for address in of_admin():
        if address.name not in own_objects.ALLOWED:
            continue
        path = address.path(admin_values(address, things))
        for way in WAYS:
            if SECRET.lower() in read(ask(client, path + way)).lower().replace(way.lower(), ""):
                told.append(path + way)
    assert not told


def test_other_images_are_neither_listed_chosen_nor_used_by_a_posted_number(
    secrets, recruiter, things, login, ormeaux
):
    client, image = login(Client(), recruiter), secrets["image"]
    base = "/gestion/images/chooser/"
    for path in (f"{base}{image.pk}/", f"{base}chosen-multiple/?id={image.pk}&id={things['image'].pk}",
                 f"{base}?collection_id={image.collection_id}"):  # fmt: skip
        assert ask(client, path).status_code == 404, path
    upload = {
        "image-chooser-upload-title": "Intruse",
        "image-chooser-upload-collection": image.collection_id,
        "image-chooser-upload-file": get_test_image_file(),
    }
    assert client.post(f"{base}create/", upload).status_code == 404
    body = {"photos": [{"image": image.pk, "alt": SECRET}], "meta": {"type": "pages.CompanyPage"}}
    token = APIToken.create_token(user=recruiter, name="essai")[1]
    api = Client(headers={"authorization": f"Bearer {token}"})
    response = api.patch(f"/api/v3/pages/{ormeaux.company_page.pk}/", body, "application/json")
    assert response.status_code in (400, 422), response.content
    assert not get_image_model().objects.filter(title="Intruse").exists()


def test_the_api_names_nobody_elses(secrets, recruiter, things):
    token = APIToken.create_token(user=recruiter, name="essai")[1]
    client = Client(headers={"authorization": f"Bearer {token}"})
    foreign = secrets["ad"]
    ways = ("", f"?child_of={foreign.get_parent().pk}", f"?ancestor_of={foreign.pk}", "?search=Zyzomys",
            f"?id={foreign.pk}", "?version=draft", f"?slug={foreign.slug}")  # fmt: skip
    told = [
        path + way
        for _, path, _ in paths(things)
        for way in ways
        if SECRET.lower() in read(client.get(path + way)).lower()
    ]
    assert not told


def test_a_creation_under_anothers_page_or_of_another_type_is_refused(secrets, recruiter, riviere, ormeaux):
    token = APIToken.create_token(user=recruiter, name="essai")[1]
    client = Client(headers={"authorization": f"Bearer {token}"})
    before = JobAd.objects.count()
    tries = [
        ("pages.JobAd", riviere.company_page.pk, 404),
        ("pages.JobAd", 987_654, 404),
        ("pages.EditorialPage", ormeaux.company_page.pk, (400, 403, 422)),
        ("pages.CompanyPage", ormeaux.company_page.get_parent().pk, 404),
    ]
    for kind, parent, expected in tries:
        body = {"title": "Intruse", "slug": "intruse", "meta": {"type": kind, "parent_id": parent}}
        response = client.post("/api/v3/pages/", body, "application/json")
        assert response.status_code in ([expected] if isinstance(expected, int) else expected), (
            response.content
        )
    assert JobAd.objects.count() == before


def test_who_only_reads_for_a_second_employer_finds_nothing_of_it_in_the_editor(
    recruiter, riviere, secrets, things, login
):
    onboarding.add_member(riviere, recruiter, Membership.Role.READER)
    client = login(Client(), recruiter)
    image, ad = secrets["image"], secrets["ad"]
    assert ask(client, f"/gestion/pages/{ad.pk}/edit/").status_code == 404
    assert image.title not in read(ask(client, "/gestion/images/chooser/results/"))
    assert ask(client, f"/gestion/images/chooser/{image.pk}/").status_code == 404
    upload = {
        "image-chooser-upload-title": "Intruse",
        "image-chooser-upload-collection": image.collection_id,
        "image-chooser-upload-file": get_test_image_file(),
    }
    assert client.post("/gestion/images/chooser/create/", upload).status_code == 404


def test_the_side_bar_is_ours_and_has_two_ways_back(recruiter, things, login):
    page = read(ask(login(Client(), recruiter), f"/gestion/pages/{things['ad'].pk}/edit/"))
    assert "img/logo-light.svg" in page
    for label in ("Mon espace", "Mes annonces", "/espace-recruteur/annonces/"):
        assert label in page
    for label in (
        "/gestion/reports/",
        '/gestion/images/"',
        "/gestion/documents/",
        "/gestion/users/",
        "/gestion/pages/1/",
    ):
        assert label not in page, label
