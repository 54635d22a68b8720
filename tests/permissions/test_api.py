"""The API, operation by operation and method by method (invariant 4)."""

import pytest
from django.urls import get_resolver

from accounts.models import User
from pages import own_objects
from pages.models import JobAd

from .addresses import of_api

pytestmark = pytest.mark.permissions

METHODS = ("get", "post", "patch", "put", "delete")


def paths(things):
    """Each path of the API once, for what Les Ormeaux has, with the name that the guard sees and its parameters."""
    seen = set()
    for address in of_api():
        values = things["admin"] | {
            "type": "x.Y",
            "type_name": "pages.JobAd",
            "pk": 1,
            "image_id": things["image"].pk,
        }
        path = address.path(values)
        assert path, address
        if path not in seen:
            seen.add(path)
            name = get_resolver().resolve(path).url_name
            if name != "api-root":
                yield name, path, address.parameters


@pytest.mark.parametrize("method", METHODS)
def test_the_api_operation_by_operation(method, tokens, things):
    wrong, people = [], User.objects.count()
    for operation, path, parameters in paths(things):
        for who in ("anonymous", "candidate", "stranger", "reader", "billing", "removed", "recruiter"):
            if who == "recruiter" and method != "get" and operation in own_objects.API_ALLOWED:
                continue  # what one does to one's own is tried in tests/pages
            code = getattr(tokens[who], method)(path, data={}, content_type="application/json").status_code
            right = expected(who, operation, method, parameters)
            if who == "removed":
                # The token of who is removed may end with the membership: then it is nobody's.
                right |= expected("anonymous", operation, method, parameters)
            if code not in right:
                wrong.append((operation, method, who, code))
    assert not wrong, "\n".join(map(str, wrong))
    ad = JobAd.objects.get()
    assert ad.live
    assert ad.title == things["ad"].title
    assert User.objects.count() == people


def expected(who, operation, method, parameters) -> set[int]:
    is_own = who == "recruiter"
    if who == "anonymous":
        # Writing without a token: refused by the API itself, or there is no such method.
        return {200, 302, 404, 401, 405} if operation in own_objects.API_PUBLIC else {401}
    if "page_id" in parameters and not is_own:
        return {404}
    if is_own and operation in own_objects.API_ALLOWED:
        return {200, 302, 404, 405}
    if who == "stranger" and operation in own_objects.API_ALLOWED:
        # A creation that names no page to stand under is no creation under one's own.
        return {200, 302, 404, 405}
    return {403, 404} if operation == "list_pages" else {403}


def test_no_operation_fails_for_the_office(tokens, things):
    codes = {path: tokens["office"].get(path).status_code for _, path, _ in paths(things)}
    assert {path: code for path, code in codes.items() if code >= 500} == {}


def test_anonymous_writing_is_refused_on_the_open_operations(tokens, things):
    for operation, path, _ in paths(things):
        if operation.startswith("openapi"):
            continue  # the description itself, by any method
        for method in METHODS[1:]:
            response = getattr(tokens["anonymous"], method)(path, data={}, content_type="application/json")
            assert response.status_code in (401, 405), (operation, method)


def test_every_name_that_is_allowed_is_an_operation():
    names = {address.name.partition(":")[2] for address in of_api()}
    assert names >= own_objects.API_ALLOWED | own_objects.API_PUBLIC


@pytest.mark.parametrize("query", ["search=a%00b", "slug=%00", "html_path=/%00/"])
def test_a_parameter_that_postgresql_cannot_read_is_the_askers_mistake(query, client, db):
    for path in ("/api/v3/pages/", "/api/v3/pages/find/"):
        assert client.get(f"{path}?{query}").status_code == 422
