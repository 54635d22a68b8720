"""`import_accounts`: the publisher's accounts come in, with their password where Django can read it (G2)."""

import re
from io import StringIO

import bcrypt
import pytest
from allauth.account.models import EmailAddress
from argon2 import PasswordHasher
from django.conf import global_settings
from django.contrib.auth.hashers import make_password
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts import signup
from accounts.models import User
from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD
from tests.tools import deliver_mails, mails_to

pytestmark = pytest.mark.django_db

HEAD = "email;civilite;nom;prenom;mot_de_passe"
OLD = "Son-ancien-secret-1"
KINDS = ["pbkdf2", "scrypt", "argon2", "bcrypt of PHP", "argon2 of PHP"]


@pytest.fixture(autouse=True)
def _real_hashers(settings):
    settings.PASSWORD_HASHERS = [
        *global_settings.PASSWORD_HASHERS,
        "django.contrib.auth.hashers.BCryptPasswordHasher",
    ]


@pytest.fixture
def bring_in(tmp_path):
    """Runs the command on these lines; its output. A refusal is raised after it is written."""

    def run(*lines: str, head: str = HEAD, encoding: str = "utf-8", **options) -> str:
        file = tmp_path / "comptes.csv"
        file.write_text("\n".join([head, *lines]) + "\n", encoding=encoding)
        out = StringIO()
        run.out = out
        call_command("import_accounts", str(file), stdout=out, **options)
        return out.getvalue()

    return run


def log_in(client, email: str, password: str) -> bool:
    client.post(reverse("account_login"), {"login": email, "password": password})
    return "_auth_user_id" in client.session


def kept() -> dict[str, str]:
    """A hash of each kind that is kept, as it may stand in the file."""
    of_php = bcrypt.hashpw(OLD.encode(), bcrypt.gensalt(4)).decode()
    return {
        "pbkdf2": make_password(OLD, hasher="pbkdf2_sha256"),
        "scrypt": make_password(OLD, hasher="scrypt"),
        "argon2": make_password(OLD, hasher="argon2"),
        "bcrypt of PHP": of_php.replace("$2b$", "$2y$"),
        "argon2 of PHP": PasswordHasher(time_cost=1, memory_cost=1024).hash(OLD),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_hash_that_can_be_read_is_kept(client, bring_in, kind):
    out = bring_in(f"Lea@Test.example;Mme;Martin;Léa;{kept()[kind]}")
    assert "2\tlea@test.example\tcreated, password kept" in out
    user = User.objects.get()
    assert (user.email, user.civility, user.last_name, user.first_name) == (
        "lea@test.example",
        "mme",
        "Martin",
        "Léa",
    )
    assert not log_in(client, user.email, "pas le bon")
    assert log_in(client, user.email, OLD)
    user.refresh_from_db()
    assert user.password.startswith("pbkdf2_sha256$")
    assert not mails_to(user.email)


@pytest.mark.parametrize(
    "hash_", ["", "5f4dcc3b5aa765d61d8327deb882cf99", "$P$Babcdefghijklmnopqrstuvwxyz01234", "pbkdf2_sha256$x",
              "md5$sel$abc", "bcrypt$$2y$", "argon2$argon2id$", "x" * 500, "!"]
)  # fmt: skip
def test_else_a_first_password_comes_by_mail(client, bring_in, hash_):
    out = bring_in(f"lea@test.example;;Martin;Léa;{hash_}")
    assert "created, first password by mail" in out
    assert ("none that can be read" in out) is bool(hash_)
    assert not User.objects.get().has_usable_password()
    assert not EmailAddress.objects.get().verified
    (mail,) = mails_to("lea@test.example")
    path = re.search(r"https?://[^/]+(/creer-mon-mot-de-passe/\S+)", mail.body).group(1)
    client.post(path, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert log_in(client, "lea@test.example", PASSWORD)


def test_a_second_run_changes_nothing_and_mails_nobody(bring_in):
    lines = [f"lea@test.example;Mme;Martin;Léa;{kept()['pbkdf2']}", "zoe@test.example;Mme;Roy;Zoé;"]
    bring_in(*lines)
    before = list(User.objects.order_by("pk").values())
    sent = len(deliver_mails())
    out = bring_in(*lines)
    assert "lea@test.example\tthere already, left as it is" in out
    assert "zoe@test.example\tthere already, waits" in out
    assert list(User.objects.order_by("pk").values()) == before
    assert len(deliver_mails()) == sent == 1


def test_a_dry_run_only_tells(bring_in):
    out = bring_in(
        f"lea@test.example;M.;Martin;Léa;{kept()['pbkdf2']}", "zoe@test.example;;Roy;Zoé;", dry_run=True
    )
    assert "created, password kept" in out
    assert "Nothing was changed" in out
    assert not User.objects.exists()
    assert not deliver_mails()


def test_an_account_in_use_keeps_password_and_names(client, bring_in):
    user = UserFactory(email="lea@test.example", first_name="Avant")
    user.set_password(PASSWORD)
    user.save()
    bring_in(f"LEA@test.example;Mme;Martin;Après;{kept()['pbkdf2']}")
    user.refresh_from_db()
    assert user.first_name == "Avant"
    assert log_in(client, user.email, PASSWORD)


def test_a_sign_up_that_was_never_finished_is_completed(client, bring_in):
    signup.sign_up("recruiter", "lea@test.example", civility="mme", first_name="L.", last_name="M.")
    assert "completed, password kept" in bring_in(f"lea@test.example;Mme;Martin;Léa;{kept()['pbkdf2']}")
    assert User.objects.get().first_name == "Léa"
    assert log_in(client, "lea@test.example", OLD)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("pas une adresse;Mme;Martin;Léa;", "no e-mail address"),
        (";Mme;Martin;Léa;", "no e-mail address"),
        ("a@test.example;Docteur;Martin;Léa;", "civility"),
        ("a@test.example;Mme;;Léa;", "last_name is empty"),
        ("a@test.example;Mme;Martin", "first_name is empty"),
        ("a@test.example;Mme;Martin;https://piege.example;", "address or a link"),
        (f"a@test.example;Mme;{'x' * 151};Léa;", "longer"),
        ("ZOE@test.example;Mme;Roy;Zoé;", "twice"),
    ],
)
def test_a_wrong_line_is_refused_and_the_others_come_in(bring_in, line, why):
    with pytest.raises(CommandError, match="1 line"):
        bring_in("zoe@test.example;Mme;Roy;Zoé;", line, "", "ugo@test.example;M;Roy;Ugo;")
    refused = next(row for row in bring_in.out.getvalue().splitlines() if row.startswith("3\t"))
    assert "refused" in refused
    assert why in refused
    assert {user.email for user in User.objects.all()} == {"zoe@test.example", "ugo@test.example"}


def test_commas_quotes_other_heads_and_a_mark_at_the_start(bring_in):
    line = 'zoe@test.example,"Roy, épouse Le Goff",Zoé'
    bring_in(line, head="Adresse e-mail,Nom,Prénom", encoding="utf-8-sig")
    assert User.objects.get().last_name == "Roy, épouse Le Goff"


def test_a_file_of_windows_is_read_when_it_is_said(tmp_path):
    file = tmp_path / "comptes.csv"
    file.write_text("email;nom;prénom\nzoe@test.example;Roy;Zoé\n", encoding="cp1252")
    with pytest.raises(CommandError, match="codec"):
        call_command("import_accounts", str(file), stdout=StringIO())
    call_command("import_accounts", str(file), encoding="cp1252", stdout=StringIO())
    assert User.objects.get().first_name == "Zoé"


@pytest.mark.parametrize("content", ["", "adresse;qui\n", "email\nzoe@test.example\n"])
def test_a_file_without_its_head_is_refused_whole(tmp_path, content):
    file = tmp_path / "comptes.csv"
    file.write_text(content)
    with pytest.raises(CommandError, match="Columns are missing"):
        call_command("import_accounts", str(file), stdout=StringIO())


def test_no_file(tmp_path):
    with pytest.raises(CommandError, match="rien"):
        call_command("import_accounts", str(tmp_path / "rien.csv"), stdout=StringIO())


def test_a_hostile_line_stops_none_of_the_others(tmp_path):
    domain = ".".join(["a" * 60] * 4)
    lines = [
        "email;nom;prenom",
        f"a@test.example;{'x' * 200_000};Jean",
        "b@test.example;Du\x00pont;Jean",
        "c@test.example;Du\x1b[2Jpont;Jean",
        f"{'d' * 60}@{domain}.example;Dupont;Jean",
        "e@test.example;Dupont;Jean",
    ]
    file = tmp_path / "comptes.csv"
    file.write_text("\n".join(lines))
    with pytest.raises(CommandError, match="4 line"):
        call_command("import_accounts", str(file))
    assert list(User.objects.filter(last_name="Dupont").values_list("email", flat=True)) == ["e@test.example"]
