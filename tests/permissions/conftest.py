"""Who knocks at every address, and one of everything that is not everybody's."""

import re

import pytest
from django.test import Client
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import APIToken

from accounts import exports, invitations, onboarding
from accounts.models import Membership
from billing import carts, invoices, orders, quotes
from billing.models import Order
from pages import ad_copies
from tests.billing.shop import fill, order_of
from tests.factories import (
    ApplicationFactory,
    CandidateFactory,
    EstablishmentFactory,
    JobAdFactory,
    MembershipFactory,
)

from .addresses import CANDIDATE_OBJECT, LIBRARY, SPACE_OBJECT


@pytest.fixture
def cast(ormeaux, recruiter, stranger, candidate_user, administrator):
    """The persons of the tests: own recruiter, another employer's, members who do not write, one who is no more."""
    removed = MembershipFactory(employer=ormeaux)
    people = {
        "candidate": candidate_user,
        "stranger": stranger,
        "recruiter": recruiter,
        "reader": MembershipFactory(employer=ormeaux, role=Membership.Role.READER).user,
        "billing": MembershipFactory(employer=ormeaux, role=Membership.Role.BILLING).user,
        "removed": removed.user,
        "office": administrator,
    }
    return people, removed


@pytest.fixture
def persons(cast, login):
    """A client logged in for each; the removed member's session was begun before."""
    people, removed = cast
    clients = {name: login(Client(raise_request_exception=True), user) for name, user in people.items()}
    onboarding.remove_member(removed)
    return clients | {"anonymous": Client()}


@pytest.fixture
def tokens(cast):
    """A client with an API token for each, and one without; the removed member's token was given before."""
    people, removed = cast
    clients = {
        name: Client(headers={"authorization": f"Bearer {APIToken.create_token(user=user, name='essai')[1]}"})
        for name, user in people.items()
    }
    onboarding.remove_member(removed)
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
    colleague = MembershipFactory(employer=ormeaux)
    invited = invitations.invite(ormeaux, recruiter, "invitee@test.example", "lecteur")
    place = EstablishmentFactory(employer=ormeaux)
    copied = exports.ask(recruiter)
    model = ad_copies.save_as_model(ad, recruiter)
    by_name = {
        "accounts:data_export": {"public_id": copied.public_id},
        **{name: {"public_id": place.public_id} for name in SPACE_OBJECT if "establishment" in name},
        **{f"accounts:team_{verb}": {"pk": colleague.pk} for verb in ("role", "remove")},
        **{f"accounts:team_{verb}": {"pk": invited.pk} for verb in ("send_again", "revoke")},
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
        **{name: {"pk": ad.pk} for name in SPACE_OBJECT if re.match(r"recruiting:ad($|[_-])", name)},
        **{name: {"public_id": model.public_id} for name in SPACE_OBJECT if "ad_model" in name},
        "recruiting:apply": {"pk": ad.pk},
        "recruiting:company_photo": {"pk": image.pk},
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
    return {"by_name": by_name, "admin": in_admin, "ad": ad, "image": image, "profile": profile}
