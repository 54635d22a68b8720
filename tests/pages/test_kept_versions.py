"""A version that was published, or that the office has read, is never written over: the editor's autosave would."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision

from pages.models import JobAd
from tests.factories import CreditLotFactory, JobAdFactory, OfficeUserFactory

from .test_review import decide, require, submit
from .tools import edit_url, editor_data, publish_in_editor, visible

pytestmark = [pytest.mark.django_db, pytest.mark.invariant]

AUTOSAVE = {"accept": "application/json"}


def write_over(client, ad, revision, **changes):
    """What the editor's autosave posts once it has saved: over the version that it wrote before."""
    data = editor_data(ad, **changes) | {"overwrite_revision_id": revision.pk}
    return client.post(edit_url(ad), data, headers=AUTOSAVE)


@pytest.fixture
def space(client, login, recruiter):
    return login(client, recruiter)


def test_what_the_office_approved_is_not_exchanged_for_something_else(space, login, ormeaux):
    require("all")
    CreditLotFactory(employer=ormeaux)
    ad = JobAdFactory(employer=ormeaux)
    submit(space, ad)
    decide(login(Client(), OfficeUserFactory(group="Modération")), ad, "approve")
    assert visible(ad)
    ad.refresh_from_db()
    approved = ad.live_revision
    answer = write_over(space, ad, approved, lede="Personne de l’office ne l’a lu")
    assert answer.json()["success"]
    approved.refresh_from_db()
    assert approved.content["lede"] == ad.lede
    space.post(reverse("recruiting:ad_unpublish", args=[ad.pk]))
    space.post(reverse("recruiting:ad_back_online", args=[ad.pk]))
    assert JobAd.objects.get(pk=ad.pk).lede == ad.lede


def test_the_version_online_is_not_written_over(space, ormeaux):
    """Publishing the same version again costs and asks nothing: it has to be the same text."""
    ad = JobAdFactory(employer=ormeaux)
    CreditLotFactory(employer=ormeaux)
    publish_in_editor(space, ad)
    ad.refresh_from_db()
    online = ad.live_revision
    answer = write_over(space, ad, online, lede="Autre chose").json()
    assert answer["revision_id"] != online.pk
    online.refresh_from_db()
    assert online.content["lede"] == ad.lede


def test_the_autosave_goes_on_over_its_own_draft(space, ormeaux):
    ad = JobAdFactory(employer=ormeaux, live=True)
    first = space.post(edit_url(ad), editor_data(ad, lede="Un"), headers=AUTOSAVE).json()
    count = Revision.objects.count()
    draft = Revision.objects.get(pk=first["revision_id"])
    again = write_over(space, ad, draft, lede="Deux").json()
    assert (again["revision_id"], Revision.objects.count()) == (draft.pk, count)
