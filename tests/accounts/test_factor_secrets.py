"""What a second factor is worth lies encrypted; keys change without anybody losing theirs."""

import importlib
import io

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.apps import apps
from django.core.cache import cache
from django.core.management import CommandError, call_command

from accounts import factor_secrets

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def rotate() -> str:
    out = io.StringIO()
    call_command("rotate_encryption", stdout=out)
    return out.getvalue()


@pytest.fixture
def factors(recruiter) -> tuple[TOTP, RecoveryCodes]:
    return TOTP.activate(recruiter, SECRET), RecoveryCodes.activate(recruiter)


def stored() -> str:
    return repr(list(Authenticator.objects.order_by("pk").values_list("data", flat=True)))


def works(recruiter) -> bool:
    """Whether the application's code and a recovery code are accepted, from what the database holds."""
    cache.clear()
    totp = Authenticator.objects.get(user=recruiter, type=Authenticator.Type.TOTP).wrap()
    codes = Authenticator.objects.get(user=recruiter, type=Authenticator.Type.RECOVERY_CODES).wrap()
    return totp.validate_code(code_of(SECRET)) and codes.validate_code(codes.get_unused_codes()[0])


def test_the_database_holds_no_secret_in_clear_text(recruiter, factors):
    _, codes = factors
    seed = factor_secrets.decrypt(codes.instance.data["seed"])
    for text in (SECRET, seed, *codes.get_unused_codes()):
        assert text not in stored()
    assert works(recruiter)


def test_the_same_secret_never_looks_the_same():
    assert factor_secrets.encrypt(SECRET) != factor_secrets.encrypt(SECRET)
    assert factor_secrets.decrypt(factor_secrets.encrypt("é" * 500)) == "é" * 500


def test_another_key_reads_nothing(recruiter, factors, settings):
    settings.SECRET_KEY = "another"
    with pytest.raises(factor_secrets.UnreadableSecretError, match="ENCRYPTION_KEY_FALLBACKS"):
        works(recruiter)
    with pytest.raises(CommandError, match="2 unreadable"):
        rotate()


@pytest.mark.parametrize("fallbacks", ["SECRET_KEY_FALLBACKS", "ENCRYPTION_KEY_FALLBACKS"])
def test_a_key_changes_and_the_former_one_goes(recruiter, factors, settings, fallbacks):
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    setattr(settings, fallbacks, [former])
    assert works(recruiter), "the former key still reads"
    assert "2 written" in rotate()
    setattr(settings, fallbacks, [])
    assert works(recruiter)


def test_a_key_of_its_own_outlives_the_site_s(recruiter, factors, settings):
    settings.ENCRYPTION_KEY = "its own"
    rotate()
    settings.SECRET_KEY = "another"
    assert works(recruiter)


def test_rows_of_before_are_encrypted_by_the_migration_and_back(recruiter):
    totp = Authenticator.objects.create(
        user=recruiter, type=Authenticator.Type.TOTP, data={"secret": SECRET, "kept": 1}
    )
    codes = Authenticator.objects.create(
        user=recruiter,
        type=Authenticator.Type.RECOVERY_CODES,
        data={"seed": "ab" * 40, "used_mask": 1, "migrated_codes": None},
    )
    passkey = Authenticator.objects.create(
        user=recruiter, type=Authenticator.Type.WEBAUTHN, data={"name": "Clé", "credential": {"id": "x"}}
    )
    before = {row.pk: row.data for row in (totp, codes, passkey)}
    migration = importlib.import_module("accounts.migrations.0007_factor_secrets")
    migration.encrypt(apps, None)
    assert SECRET not in stored() and "ab" * 40 not in stored()
    assert works(recruiter)
    passkey.refresh_from_db()
    assert passkey.data == before[passkey.pk]
    migration.decrypt(apps, None)
    rows = {row.pk: row.data for row in Authenticator.objects.all()}
    assert rows[totp.pk] == before[totp.pk]
    assert rows[codes.pk]["seed"] == "ab" * 40


def test_codes_taken_over_from_elsewhere_are_encrypted_too(recruiter):
    row = Authenticator.objects.create(
        user=recruiter,
        type=Authenticator.Type.RECOVERY_CODES,
        data={"migrated_codes": ["12345678", "87654321"]},
    )
    rotate()
    assert "12345678" not in stored()
    row.refresh_from_db()
    assert row.wrap().validate_code("12345678")
    row.refresh_from_db()
    assert row.wrap().get_unused_codes() == ["87654321"]
