"""Wagtail's admin, screen by screen (invariant 4).

The screens come from the resolver. One that is not in `own_objects.ALLOWED` is the office's: it must answer 404 to
everybody else, so a screen that Wagtail or we add tomorrow is tried the day it appears.
"""

import re
import uuid

import pytest

from accounts.models import User
from pages import own_objects
from pages.models import JobAd

from .addresses import ADMIN, Address, addresses, answer, ask, of_admin, to_login

pytestmark = pytest.mark.permissions

#: Who finds nothing in the admin: no member of an employer, or one that does not write.
OUTSIDE = ("candidate", "reader", "billing", "removed")
#: They lead to our own log-in, or raise on purpose.
NOT_TRIED = own_objects.OPEN | {"wagtailadmin_error_test"}
#: Addresses without a name: a page that never is, and all that no screen answers.
UNNAMED = {"gestion/test404/", "gestion/^.*/$"}
#: Screens with an identifier that is nobody's: a commune, a session of the person's own.
IMPERSONAL = {"commune_chooser:chosen", "wagtailadmin_editing_sessions:release"}


def admin_values(address: Address, things: dict) -> dict:
    values = dict(things["admin"])
    if address.name.startswith("wagtailimages"):
        values |= {"pk": things["image"].pk, "image_id": things["image"].pk}
    elif address.name.startswith("wagtailadmin_pages"):
        values["pk"] = things["ad"].pk
        values |= {"content_type_app_name": "pages", "content_type_model_name": "jobad"}
    elif address.name.startswith("commune_chooser"):
        values["pk"] = "69266"
    if "public_id" in address.parameters:
        values["public_id"] = uuid.uuid4()
    return values


def tried(things):
    """Each screen with its address for what Les Ormeaux has."""
    for address in of_admin():
        if address.name in NOT_TRIED or re.match(r"wagtailadmin_password_reset", address.name):
            continue
        path = address.path(admin_values(address, things))
        if path is not None:
            yield address, path


def test_every_screen_that_is_allowed_exists():
    names = {address.name for address in of_admin()}
    assert own_objects.ALLOWED | set(own_objects.LED) | own_objects.OPEN <= names


def test_no_screen_is_left_out_because_it_has_no_name(things):
    every = {a.route for a in addresses() if a.route.startswith(ADMIN)}
    found = {address.route for address, _ in tried(things)}
    open_to_all = {a.route for a in of_admin() if a.name in NOT_TRIED or "password_reset" in a.name}
    assert every - found - open_to_all == UNNAMED


def test_what_no_screen_answers_is_closed_too(persons):
    for path in ("/gestion/nulle-part/", "/gestion/test404/", "/gestion/reports/nouveau/"):
        for who in ("stranger", "recruiter", *OUTSIDE):
            assert ask(persons[who], path).status_code == 404, (who, path)


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_admin_screen_by_screen(method, persons, things):
    wrong, people = [], User.objects.count()
    for address, path in tried(things):
        is_allowed = address.name in own_objects.ALLOWED | set(own_objects.LED)
        has_ids = bool(address.parameters) and address.name not in IMPERSONAL
        asked = [*OUTSIDE, "anonymous", "stranger"] + ([] if is_allowed else ["recruiter"])
        answers = {who: ask(persons[who], path, method) for who in asked}
        expected = {who: answers[who].status_code == 404 for who in asked}
        expected["anonymous"] = to_login(answers["anonymous"])
        # The session of who is removed may end with the membership.
        expected["removed"] |= to_login(answers["removed"])
        expected["stranger"] |= is_allowed and not has_ids
        wrong += [
            (address.name, who, answers[who].status_code) for who, is_so in expected.items() if not is_so
        ]
    assert not wrong, "\n".join(map(str, wrong))
    assert JobAd.objects.get().live
    assert User.objects.count() == people


def test_no_screen_fails_for_the_office(persons, things):
    codes = {address.name: ask(persons["office"], path).status_code for address, path in tried(things)}
    assert {name: code for name, code in codes.items() if code >= 500} == {}


@pytest.mark.parametrize("method", ["get", "post"])
def test_anothers_page_or_image_in_the_admin_answers_as_one_that_is_not(method, persons, things):
    wrong = []
    for address in (a for a in of_admin() if a.parameters):
        values = {n: v for n, v in admin_values(address, things).items() if n in address.parameters}
        path = address.path(values)
        numbers = {n: 987_654 if isinstance(v, int) else v for n, v in values.items()}
        nothing = address.path(numbers)
        if path is None or path == nothing or address.name in IMPERSONAL:
            continue
        foreign, gone = (
            answer(persons["stranger"], path, method),
            answer(persons["stranger"], nothing, method),
        )
        if foreign != gone or foreign[0] != 404:
            wrong.append((address.name, foreign[0], gone[0]))
    assert not wrong, "\n".join(map(str, wrong))
    assert things["ad"].__class__.objects.get(pk=things["ad"].pk).live


def test_the_own_recruiter_has_every_screen_that_is_allowed(persons, things):
    post_only = {
        "wagtailadmin_editing_sessions:ping",
        "wagtailadmin_editing_sessions:release",
        "wagtailadmin_dismissibles",
    }
    missing = []
    for address in of_admin():
        if address.name not in own_objects.ALLOWED - post_only - {"wagtailadmin_pages:revisions_unschedule"}:
            continue
        response = ask(persons["recruiter"], address.path(admin_values(address, things)))
        if response.status_code not in (200, 302, 400, 405):
            missing.append((address.name, response.status_code))
    # A live ad that was paid for is not thrown away; nothing previews a block without one.
    assert [name for name, _ in missing if name not in {"wagtailadmin_block_preview"}] == []
