"""Opening an account (G1, G4, G5): the form, the mail, the link, the password."""

import re

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.urls import reverse

from accounts.models import User
from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD
from tests.tools import mails_to

pytestmark = pytest.mark.django_db

NEW = "lea.martin@test.example"
FORM = {"email": NEW, "civility": "mme", "last_name": "Martin", "first_name": "Léa"}
SIGN_UP = "/recruteurs/creer-mon-espace/"


def link_in(message) -> str:
    """The path of the link that lets choose a password."""
    return re.search(r"https?://[^/]+(/creer-mon-mot-de-passe/\S+)", message.body).group(1)


@pytest.fixture
def link(client) -> str:
    """A recruiter just signed up; the link in its mail."""
    client.post(SIGN_UP, FORM)
    return link_in(mails_to(NEW)[-1])


def test_the_entrance_offers_both_ways(client):
    page = client.get(reverse("accounts:recruiter_entrance")).content.decode()
    assert "Se connecter" in page
    assert "Créer mon espace recruteur" in page
    assert reverse("accounts:recruiter_signup") in page


def test_from_the_form_to_the_first_login(client, link):
    assert not User.objects.get(email=NEW).has_usable_password()
    assert client.get(link).status_code == 200

    answer = client.post(link, {"new_password1": PASSWORD, "new_password2": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("account_login")
    assert "vous pouvez vous connecter" in answer.content.decode()
    assert EmailAddress.objects.get(email=NEW).verified

    answer = client.post(reverse("account_login"), {"login": NEW, "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("accounts:organisation")


def test_the_mail_says_what_to_do(client, link):
    message = mails_to(NEW)[-1]
    assert message.subject == "Créez votre mot de passe"
    assert "Madame Martin" in message.body
    assert link in message.alternatives[0][0]


def test_the_first_screen_does_not_tell_whether_the_address_is_known(client):
    UserFactory(email=NEW)
    known = client.post(SIGN_UP, FORM, follow=True)
    unknown = client.post(SIGN_UP, FORM | {"email": "autre@test.example"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain

    def screen(answer, email):
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()).replace(
            email, "…"
        )

    assert screen(known, NEW) == screen(unknown, "autre@test.example")


def test_an_address_with_an_account_gets_a_mail_that_says_so(client):
    user = UserFactory(email=NEW, first_name="Avant")
    client.post(SIGN_UP, FORM)
    (message,) = mails_to(NEW)
    assert "déjà un compte" in message.subject
    user.refresh_from_db()
    assert user.first_name == "Avant"
    assert User.objects.count() == 1


def test_capitals_do_not_make_a_second_account(client):
    UserFactory(email=NEW)
    client.post(SIGN_UP, FORM | {"email": NEW.upper()})
    assert User.objects.count() == 1


def test_signing_up_twice_makes_one_account_and_the_newer_names(client, link):
    client.post(SIGN_UP, FORM | {"first_name": "Lea-Marie"})
    assert User.objects.get(email=NEW).first_name == "Lea-Marie"
    assert EmailAddress.objects.filter(email=NEW).count() == 1
    assert len(mails_to(NEW)) == 2


def test_a_used_link_says_so_and_offers_another(client, link):
    client.post(link, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    for answer in (client.get(link), client.post(link, {"new_password1": "x", "new_password2": "x"})):
        assert answer.status_code == 410
        assert "Ce lien ne fonctionne plus" in answer.content.decode()
        assert reverse("accounts:link_again") in answer.content.decode()
    assert User.objects.get(email=NEW).check_password(PASSWORD)


def test_an_unknown_link_says_so(client):
    answer = client.get("/creer-mon-mot-de-passe/n-importe-quoi/")
    assert answer.status_code == 410
    assert "Ce lien ne fonctionne plus" in answer.content.decode()


def test_a_link_ends_after_seven_days(client, link, settings):
    settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = -1
    assert client.get(link).status_code == 410


@pytest.mark.permissions
def test_the_link_of_a_changed_address_does_not_open_the_account(client):
    """It goes to a mailbox that may be a stranger's: a mistyped address must not give the account away."""
    user = UserFactory()
    address = EmailAddress.objects.create(user=user, email="faute.de.frappe@test.example")
    key = EmailConfirmationHMAC.create(address).key
    answer = client.post(
        reverse("accounts:choose_password", args=[key]),
        {"new_password1": "Un-tout-autre-secret-1", "new_password2": "Un-tout-autre-secret-1"},
    )
    assert answer.status_code == 410
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ("court", "court", "trop court"),
        ("motdepasse123", "motdepasse124", "ne correspondent pas"),
        ("123456789012", "123456789012", "entièrement numérique"),
        ("lea.martin@test", "lea.martin@test", "trop semblable"),
    ],
)
def test_a_weak_password_is_refused_beside_its_field(client, link, first, second, sentence):
    answer = client.post(link, {"new_password1": first, "new_password2": second})
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not User.objects.get(email=NEW).has_usable_password()
    assert client.get(link).status_code == 200


@pytest.mark.parametrize("missing", ["email", "civility", "last_name", "first_name"])
def test_every_field_is_compulsory(client, missing):
    answer = client.post(SIGN_UP, {k: v for k, v in FORM.items() if k != missing})
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {missing}
    assert not User.objects.exists()


def test_a_wrong_address_is_refused(client):
    answer = client.post(SIGN_UP, FORM | {"email": "lea.martin@"})
    assert "adresse" in answer.content.decode()
    assert not User.objects.exists()


def test_asking_for_a_new_link(client, link):
    client.post(reverse("accounts:link_again"), {"email": NEW})
    newer = link_in(mails_to(NEW)[-1])
    assert client.get(newer).status_code == 200


@pytest.mark.parametrize("email", ["inconnue@test.example", "connue@test.example"])
def test_asking_for_a_link_answers_alike_for_all(client, email):
    UserFactory(email="connue@test.example")
    answer = client.post(reverse("accounts:link_again"), {"email": email})
    assert answer.url == reverse("accounts:sign_up_sent")
    assert len(mails_to(email)) == 1


def test_nobody_can_flood_a_mailbox(client):
    for _ in range(7):
        answer = client.post(SIGN_UP, FORM)
        assert answer.status_code == 302
    assert len(mails_to(NEW)) == 4


def test_too_many_signups_from_one_place_are_refused_in_french(client):
    for n in range(10):
        client.post(SIGN_UP, FORM | {"email": f"robot{n}@test.example"})
    answer = client.post(SIGN_UP, FORM | {"email": "robot10@test.example"})
    assert answer.status_code == 429
    assert "Attendez quelques minutes" in answer.content.decode()
    assert User.objects.count() == 10


def test_a_candidate_gets_a_profile_with_the_account(client):
    client.post("/candidats/creer-mon-compte/", FORM)
    assert User.objects.get(email=NEW).candidate
    path = link_in(mails_to(NEW)[-1])
    client.post(path, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    answer = client.post(reverse("account_login"), {"login": NEW, "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("recruiting:candidate_space")


def test_a_recruiter_gets_no_candidate_profile(client, link):
    assert not hasattr(User.objects.get(email=NEW), "candidate")


def test_a_stranger_cannot_give_an_account_a_candidate_profile(client):
    user = UserFactory(email=NEW)
    client.post("/candidats/creer-mon-compte/", FORM)
    assert not hasattr(User.objects.get(pk=user.pk), "candidate")


@pytest.mark.parametrize(
    "name", ["Gagné https://piege.example", "piege.example", "www.piege", "a@piege", "<b>Léa"]
)
def test_a_name_carries_no_link_into_a_strangers_mailbox(client, name):
    for field in ("last_name", "first_name"):
        page = client.post(SIGN_UP, FORM | {field: name}).text
        assert "sans adresse ni lien" in page
    assert not mails_to(NEW)


@pytest.mark.parametrize("name", ["D’Aboville-Le Goff", "Saint-Exupéry (de)", "J.-P.", "Mc Kay, épouse Roy"])
def test_names_of_people_are_accepted(client, name):
    assert client.post(SIGN_UP, FORM | {"last_name": name}).status_code == 302
