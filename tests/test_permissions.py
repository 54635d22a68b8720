"""Who may reach what: every address of the site, made from the resolver, against five persons.

An address that is not in a list below fails the first test: say there who may reach it before it is reached.
"""

import re
import uuid
from dataclasses import dataclass, field

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import APIToken

from billing import carts, invoices, orders, quotes
from billing.models import Order
from pages import own_objects
from pages.magazine.models import MagazineIssue
from tests.billing.shop import fill, order_of
from tests.factories import ApplicationFactory, CandidateFactory, JobAdFactory

pytestmark = pytest.mark.permissions

ADMIN, API = "gestion/", "api/v3/"

#: Anybody, also without an account. What they show of an object is public.
PUBLIC = {
    "health", "accounts:recruiter_entrance", "accounts:recruiter_signup", "accounts:candidate_signup",
    "accounts:sign_up_sent", "accounts:link_again", "account_login", "account_signup", "account_inactive",
    "account_email_verification_sent", "account_logout", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key_done", "mfa_authenticate", "billing:offers", "search:ads", "search:places",
    "search:cvs", "pages:contact", "pages:no_second_login", "pages:robots", "pages:sitemap",
    "pages:ad_by_number", "recruiting:apply",
    "recruiting:apply_spontaneous", "static_process_payment", "wagtailcore_authenticate_with_password",
    "wagtailcore_login", "wagtail_serve", "",
}  # fmt: skip
#: By a secret in the address: who has it is let in, a wrong one answers 404 (or says that the link is used up).
SECRET = {
    "accounts:choose_password", "account_reset_password_from_key", "account_confirm_email", "recruiting:conversation",
    "recruiting:applied", "recruiting:conversation_withdraw", "process_payment",
}  # fmt: skip
#: Anybody with an account, for their own account.
ACCOUNT = {
    "accounts:arrival", "accounts:me", "accounts:organisation", "accounts:organisation_new", "accounts:switch_employer",
    "account_reauthenticate", "account_email", "account_change_password", "account_set_password", "mfa_index",
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes", "mfa_reauthenticate", "usersessions_list",
}  # fmt: skip
#: Recruiters, for the employer they act for.
SPACE = {
    "billing:cart", "billing:cart_add", "billing:cart_accept", "billing:checkout_information",
    "billing:checkout_delivery", "billing:checkout_review", "billing:orders", "billing:ledger", "billing:quotes",
    "recruiting:applications", "recruiting:space", "recruiting:company_page", "recruiting:company_page_create",
    "recruiting:ads", "recruiting:ad_new",
}  # fmt: skip
#: Recruiters, for one object of their employer's; another's answers 404 as one that is not.
SPACE_OBJECT = {
    "billing:order_pay", "billing:order_paid", "billing:order_payment_failed", "billing:order",
    "billing:order_cancel", "billing:order_by_transfer", "billing:invoice_pdf", "billing:quote", "billing:quote_order",
    "billing:quote_pdf", "recruiting:application", "recruiting:application_move", "recruiting:application_cv",
    "recruiting:ad", "recruiting:ad_edit", "recruiting:ad_unpublish", "recruiting:ad_filled", "recruiting:ad_reopen",
    "recruiting:ad_statistics",
}  # fmt: skip
#: The CV library: every recruiter sees a profile without name, who has access opens it.
LIBRARY = {"recruiting:cv", "recruiting:cv_download"}
#: Candidates, for their own profile; for one of their applications.
CANDIDATE = {
    "recruiting:candidate_space", "recruiting:profile", "recruiting:my_cv", "recruiting:cv_upload",
    "recruiting:cv_remove", "recruiting:library_join", "recruiting:library_leave", "recruiting:library_refresh",
    "recruiting:accesses",
}  # fmt: skip
CANDIDATE_OBJECT = {"recruiting:candidate_application", "recruiting:candidate_withdraw"}

#: A line of one's own cart. One that went in another tab, or never was one's own, leads back to the cart.
CART_LINE = {"billing:cart_line"}

KNOWN = CART_LINE | PUBLIC | SECRET | ACCOUNT | SPACE | SPACE_OBJECT | LIBRARY | CANDIDATE | CANDIDATE_OBJECT


@dataclass(frozen=True)
class Address:
    """A pattern of the resolver: the name with its namespaces, the whole route, its parameters."""

    name: str
    route: str
    parameters: tuple[str, ...] = field(default=())

    def path(self, values: dict) -> str | None:
        """The address with values for its parameters; None for what has no name to be found by."""
        try:
            return reverse(self.name, kwargs={name: values.get(name, 1) for name in self.parameters})
        except NoReverseMatch:
            return None


def addresses(resolver=None, prefix: str = "", namespaces: tuple[str, ...] = ()) -> list[Address]:
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            found += addresses(pattern, route, inner)
        else:
            parameters = re.findall(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>", route)
            names = tuple(a or b for a, b in parameters)
            found.append(Address(":".join([*namespaces, pattern.name or ""]), route, names))
    return found


def of_site() -> list[Address]:
    return [a for a in addresses() if not a.route.startswith((ADMIN, API))]


def of_admin() -> list[Address]:
    return [a for a in addresses() if a.route.startswith(ADMIN) and a.name]


def of_api() -> list[Address]:
    return [a for a in addresses() if a.route.startswith(API) and a.name]


# --- Persons and things -----------------------------------------------------------------------------------------------


@pytest.fixture
def persons(recruiter, stranger, candidate_user, administrator, login):
    people = {
        "candidate": candidate_user,
        "stranger": stranger,
        "recruiter": recruiter,
        "office": administrator,
    }
    clients = {name: login(Client(raise_request_exception=True), user) for name, user in people.items()}
    return clients | {"anonymous": Client()}


@pytest.fixture
def things(ormeaux, recruiter, candidate_user):
    """One of everything that belongs to Les Ormeaux or to the candidate, by the name of its address."""
    ad = JobAdFactory(employer=ormeaux, live=True)
    order = order_of(ormeaux, recruiter, Order.Method.TRANSFER)
    paid = order_of(ormeaux, recruiter, Order.Method.TRANSFER)
    orders.pay(paid)
    fill(ormeaux, "web-3")
    quote = quotes.request_quote(ormeaux, carts.cart_of(ormeaux).key, recruiter)
    fill(ormeaux, "web-3")
    application = ApplicationFactory(ad=ad, candidate=candidate_user.candidate)
    image = get_image_model().objects.create(
        title="Façade", file=get_test_image_file(), collection=ormeaux.collection
    )
    profile = CandidateFactory(in_library=True)
    invoice = paid.invoices.first() or invoices.issue(paid)
    by_name = {
        "billing:cart_line": {"pk": carts.cart_of(ormeaux).lines.first().pk},
        "billing:invoice_pdf": {"public_id": invoice.public_id},
        **{name: {"public_id": quote.public_id} for name in SPACE_OBJECT if name.startswith("billing:quote")},
        **{name: {"public_id": order.public_id} for name in SPACE_OBJECT if name.startswith("billing:order")},
        **{
            name: {"public_id": application.public_id}
            for name in SPACE_OBJECT | CANDIDATE_OBJECT
            if "application" in name
        },
        "recruiting:candidate_withdraw": {"public_id": application.public_id},
        **{name: {"pk": ad.pk} for name in SPACE_OBJECT if re.match(r"recruiting:ad($|_)", name)},
        "recruiting:apply": {"pk": ad.pk},
        "pages:ad_by_number": {"pk": ad.pk},
        "recruiting:apply_spontaneous": {"pk": ormeaux.company_page.pk},
        **{name: {"public_id": profile.public_id} for name in LIBRARY},
    }
    in_admin = {
        "page_id": ad.pk,
        "parent_page_id": ormeaux.company_page.pk,
        "page_to_move_id": ad.pk,
        "destination_id": ormeaux.company_page.pk,
        "revision_id": ad.live_revision_id,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "object_id": ad.pk,
        "app_label": "wagtailcore",
        "model_name": "page",
    }
    MagazineIssue.objects.create(
        number=1, title="Un", closes_at="2030-01-01T00:00Z", published_on="2030-01-02"
    )
    return {"by_name": by_name, "admin": in_admin, "ad": ad, "image": image, "profile": profile}


def absent(values: dict) -> dict:
    """The same address for what never was."""
    return {name: uuid.uuid4() if isinstance(value, uuid.UUID) else 987_654 for name, value in values.items()}


def ask(client: Client, path: str, method: str = "get"):
    cache.clear()  # rate limits are tried elsewhere
    return getattr(client, method)(path, headers={"user-agent": "Firefox"})


def answer(client: Client, path: str, method: str) -> tuple[int, str]:
    """Status and body, without what differs from one answer to the next."""
    response = ask(client, path, method)
    body = response.content.decode(errors="replace") if not response.streaming else ""
    body = re.sub(r"csrfmiddlewaretoken\" value=\"\w+|CSRF_TOKEN[^,]*|csrf[^,}]*", "", body).replace(
        path, "…"
    )
    return response.status_code, body


def to_login(response) -> bool:
    return response.status_code == 302 and response.url.startswith("/connexion/")


# --- The site ---------------------------------------------------------------------------------------------------------


def test_every_address_has_its_expectation():
    unknown = {address.name for address in of_site()} - KNOWN
    assert not unknown, "Say in this file who may reach them."
    gone = KNOWN - {address.name for address in of_site()}
    assert not gone


#: What each may answer to a GET: 202 is a PDF still being made, 405 an address that only takes POST.
OPENED, REFUSED, HIDDEN = {200, 202, 302, 405}, {403, 405}, {404, 405}
NOT_THEIRS = {who: {302, 403, 404, 405} for who in ("recruiter", "stranger", "office")}
EXPECTED = [
    (ACCOUNT, {}),
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
        if path is None or address.name in SECRET | {"account_logout", "static_process_payment"}:
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
                if not to_login(answers["anonymous"]) and codes["anonymous"] != 405:
                    wrong.append((address.name, "anonymous", codes["anonymous"]))
        if address.name in LIBRARY:
            name = things["profile"].user.last_name
            wrong += [
                (address.name, who, name) for who, got in answers.items() if name in got.content.decode()
            ]
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
        values = {
            name: uuid.uuid4() if name == "token" and "payment" in address.name else "faux"
            for name in address.parameters
        }
        for who, client in persons.items():
            response = ask(client, address.path(values))
            # allauth says on a page of its own that the link is used up.
            assert response.status_code in (200, 302, 404, 405, 410), (address.name, who)
            assert "@test.example" not in response.content.decode(), (address.name, who)


# --- Wagtail's admin --------------------------------------------------------------------------------------------------


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


# --- The API ----------------------------------------------------------------------------------------------------------


def test_the_api_operation_by_operation(recruiter, stranger, administrator, things):
    def by_token(user) -> Client:
        return Client(
            headers={"authorization": f"Bearer {APIToken.create_token(user=user, name='essai')[1]}"}
        )

    clients = {"anonymous": Client(), "stranger": by_token(stranger), "recruiter": by_token(recruiter)}
    clients["office"] = by_token(administrator)
    wrong = []
    for address in of_api():
        values = things["admin"] | {
            "type": "x.Y",
            "type_name": "pages.JobAd",
            "pk": 1,
            "image_id": things["image"].pk,
        }
        path = address.path(values)
        operation = get_resolver().resolve(path).url_name
        if operation == "api-root":
            continue
        answers = {who: client.get(path) for who, client in clients.items()}
        codes = {who: response.status_code for who, response in answers.items()}
        if operation not in own_objects.API_PUBLIC and codes["anonymous"] != 401:
            wrong.append((address.name, "anonymous", codes["anonymous"]))
        for who in ("stranger", "recruiter"):
            if "page_id" in address.parameters and who == "stranger":
                right = codes[who] == 404
            elif operation in own_objects.API_ALLOWED:
                right = codes[who] in (200, 302, 404, 405)
            else:
                right = codes[who] == 403
            if not right:
                wrong.append((address.name, who, codes[who]))
        if codes["office"] >= 500:
            wrong.append((address.name, "office", codes["office"]))
    assert not wrong, "\n".join(map(str, wrong))
