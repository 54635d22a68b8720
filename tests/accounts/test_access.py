"""The decorators that every screen of the recruiter's space stands behind."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.urls import reverse

from accounts.access import BUYERS, EDITORS, MANAGERS, employer_required
from accounts.models import Membership
from accounts.ratelimits import limited
from tests.factories import MembershipFactory


def a_view(request):
    return HttpResponse("fait")


@pytest.mark.django_db
def test_who_may_not_is_told_whom_to_ask(client, login, ormeaux, recruiter):
    login(client, MembershipFactory(employer=ormeaux, role=Membership.Role.READER).user)
    answer = client.get(reverse("recruiting:ad_new"))
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Lecteur" in page
    assert recruiter.email in page


@pytest.mark.django_db
def test_the_address_asked_for_comes_back_after_the_login(client):
    url = f"{reverse('recruiting:ads')}?etat=live"
    assert client.get(url).url == f"{reverse('account_login')}?next=/espace-recruteur/annonces/%3Fetat%3Dlive"


def test_roles_name_what_they_may_do():
    role = Membership.Role
    assert {role.ADMINISTRATOR, role.BILLING} == MANAGERS
    assert {role.ADMINISTRATOR, role.RECRUITER} == EDITORS
    assert role.READER not in BUYERS


def test_reading_is_not_counted_and_writing_is(rf):
    view = limited("essai", "2/h/ip")(a_view)
    request = rf.get("/")
    assert [view(request).status_code for _ in range(5)] == [200] * 5
    posts = []
    for _ in range(3):
        request = rf.post("/")
        request.user = AnonymousUser()
        posts.append(view(request).status_code)
    assert posts == [200, 200, 429]


def test_actions_are_counted_apart(rf):
    for action in ("un", "deux"):
        assert limited(action, "1/h/ip")(a_view)(rf.post("/")).status_code == 200


def test_a_mistyped_rate_fails_at_once():
    with pytest.raises(ValueError):
        limited("essai", "beaucoup")


def test_bare_and_with_roles():
    assert employer_required(a_view).__name__ == "a_view"
    assert employer_required(roles=EDITORS)(a_view).__name__ == "a_view"
