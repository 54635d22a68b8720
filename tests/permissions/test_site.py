"""The site's own addresses against all who knock (invariant 4)."""

import pytest
from django.test import Client
from django.urls import path, resolve, reverse

from ashjob import urls as site_urls
from tests.factories import CandidateFactory

from .addresses import (
    ACCOUNT,
    BILLING_OPEN,
    BILLING_SEND,
    CANDIDATE,
    CANDIDATE_OBJECT,
    CART,
    CART_LINE,
    KNOWN,
    LEAVING,
    LIBRARY,
    NAMELESS,
    NO_CSRF,
    READERS_OPEN,
    READERS_SEND,
    SECRET,
    SPACE,
    SPACE_OBJECT,
    absent,
    answer,
    ask,
    of_site,
    to_login,
)

pytestmark = pytest.mark.permissions


def unexpected() -> set[str]:
    return {address.name for address in of_site()} - KNOWN


def test_every_address_has_its_expectation(things):
    assert not unexpected(), "Say in addresses.py who may reach them."
    assert not KNOWN - {address.name for address in of_site()}
    nameless = {a.route for a in of_site() if not a.name or a.path(values_of(a, things)) is None}
    assert nameless == NAMELESS, "An address without a name is tried by nobody."


def test_a_new_address_without_one_is_noticed(settings):
    """Wherever it comes from: the lists are compared with the resolver, not with themselves."""
    settings.ROOT_URLCONF = __name__
    assert unexpected() == {"brand-new"}
    assert resolve("/toute-neuve/").url_name == "brand-new"


urlpatterns = [path("toute-neuve/", lambda request: None, name="brand-new"), *site_urls.urlpatterns]


def values_of(address, things) -> dict:
    return things["by_name"].get(address.name, {})


#: What each may answer to a GET: 202 is a PDF still being made, 405 an address that only takes POST.
OPENED, REFUSED, HIDDEN = {200, 202, 302, 405}, {403, 405}, {404, 405}
NOT_THEIRS = {who: {302, 403, 404, 405} for who in ("recruiter", "stranger", "office")}
EXPECTED = [
    (ACCOUNT, {}),
    (
        CART,
        {"candidate": REFUSED | {302}, "office": REFUSED | {302}, "recruiter": OPENED, "anonymous": OPENED},
    ),
    (SPACE | CART_LINE, {"candidate": REFUSED | {302}, "office": REFUSED | {302}, "recruiter": OPENED}),
    (
        SPACE_OBJECT,
        {"candidate": REFUSED | HIDDEN, "office": REFUSED | HIDDEN, "stranger": HIDDEN, "recruiter": OPENED},
    ),
    # 404: a candidate without a CV.
    (
        CANDIDATE,
        {"candidate": OPENED | {404}} | NOT_THEIRS,
    ),
    (
        CANDIDATE_OBJECT,
        {"candidate": OPENED} | NOT_THEIRS,
    ),
]


def test_the_site_address_by_address(persons, things):
    wrong = []
    for address in of_site():
        path = address.path(things["by_name"].get(address.name, {})) if address.name else None
        if path is None or address.name in SECRET | {"account_logout"}:
            continue
        answers = {who: ask(client, path) for who, client in persons.items()}
        codes = {who: response.status_code for who, response in answers.items()}
        wrong += [(address.name, who, code) for who, code in codes.items() if code >= 500]
        for names, expected in EXPECTED:
            if address.name in names:
                wrong += [
                    (address.name, who, codes[who])
                    for who, right in expected.items()
                    if codes[who] not in right
                ]
                if (
                    "anonymous" not in expected
                    and not to_login(answers["anonymous"])
                    and codes["anonymous"] != 405
                ):
                    wrong.append((address.name, "anonymous", codes["anonymous"]))
        if address.name in LIBRARY:
            name = things["profile"].user.last_name
            wrong += [
                (address.name, who, name) for who, got in answers.items() if name in got.content.decode()
            ]
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_space_by_role(method, persons, things):
    """Own member, own objects: what the role does not have is refused in words, and nothing is found by who left."""
    may = {
        "reader": READERS_OPEN if method == "get" else READERS_SEND,
        "billing": BILLING_OPEN if method == "get" else BILLING_SEND,
        "removed": set(),
    }
    wrong = []
    for address in (a for a in of_site() if a.name in (SPACE | SPACE_OBJECT | CART | CART_LINE) - LEAVING):
        for who, names in may.items():
            response = ask(persons[who], address.path(values_of(address, things)), method)
            right = OPENED if address.name in names else REFUSED
            if who == "removed":
                # Without an employer any address of the space leads to the form that makes one.
                is_led = response.status_code == 302 and response.url in (
                    reverse("accounts:organisation"),
                    reverse("billing:offers"),
                )
                # Or the session ended with the membership.
                right = {302} if is_led or to_login(response) else HIDDEN | REFUSED
            if response.status_code not in right:
                wrong.append((address.name, who, response.status_code))
    assert not wrong, "\n".join(map(str, wrong))


def test_every_change_asks_for_a_token_of_the_form(cast, things, login):
    people, _ = cast
    clients = [login(Client(enforce_csrf_checks=True), people[who]) for who in ("recruiter", "candidate")]
    wrong = []
    for address in of_site():
        where = address.path(values_of(address, things)) if address.name else None
        if where is None or address.name in NO_CSRF:
            continue
        codes = {ask(client, where, "post").status_code for client in clients}
        if codes != {403}:
            wrong.append((address.name, codes))
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("method", ["get", "post"])
def test_anothers_object_answers_exactly_as_one_that_is_not(method, persons, things, login):
    wrong = []
    other_candidate = login(Client(), CandidateFactory().user)
    cast = [(SPACE_OBJECT, persons["stranger"]), (CANDIDATE_OBJECT, other_candidate)]
    for names, client in cast:
        for address in (a for a in of_site() if a.name in names):
            values = things["by_name"][address.name]
            foreign = answer(client, address.path(values), method)
            nothing = answer(client, address.path(absent(values)), method)
            if foreign != nothing or foreign[0] not in (404, 405):
                wrong.append((address.name, foreign[0], nothing[0]))
    assert not wrong, "\n".join(map(str, wrong))


def test_a_wrong_secret_lets_nobody_in(persons):
    for address in (a for a in of_site() if a.name in SECRET):
        values = dict.fromkeys(address.parameters, "faux")
        for who, client in persons.items():
            response = ask(client, address.path(values))
            # allauth says on a page of its own that the link is used up.
            assert response.status_code in (200, 302, 404, 405, 410), (address.name, who)
            assert "@test.example" not in response.content.decode(), (address.name, who)
