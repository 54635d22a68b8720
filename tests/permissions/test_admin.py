"""Wagtail's admin, screen by screen (invariant 4)."""

import re
import uuid

import pytest

from pages import own_objects

from .addresses import Address, answer, ask, of_admin, to_login

pytestmark = pytest.mark.permissions


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


#: Screens with an identifier that is nobody's: a commune, a session of the person's own.
IMPERSONAL = {"commune_chooser:chosen", "wagtailadmin_editing_sessions:release"}


def test_every_screen_that_is_allowed_exists():
    names = {address.name for address in of_admin()}
    assert own_objects.ALLOWED | set(own_objects.LED) | own_objects.OPEN <= names


def test_the_admin_screen_by_screen(persons, things):
    wrong = []
    for address in of_admin():
        path = address.path(admin_values(address, things))
        if path is None or address.name in own_objects.OPEN | {"wagtailadmin_error_test"}:
            continue
        if re.match(r"wagtailadmin_password_reset", address.name):
            continue
        answers = {who: ask(client, path) for who, client in persons.items()}
        is_allowed = address.name in own_objects.ALLOWED | set(own_objects.LED)
        has_ids = bool(address.parameters) and address.name not in IMPERSONAL
        expected = {
            "anonymous": to_login(answers["anonymous"]),
            "candidate": answers["candidate"].status_code == 404,
            "stranger": answers["stranger"].status_code == 404 or (is_allowed and not has_ids),
            "recruiter": is_allowed or answers["recruiter"].status_code == 404,
            "office": answers["office"].status_code < 500,
        }
        wrong += [
            (address.name, who, answers[who].status_code) for who, is_so in expected.items() if not is_so
        ]
    assert not wrong, "\n".join(map(str, wrong))


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
