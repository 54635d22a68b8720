"""Encrypts what second factors are worth; forgets choices of mails that can be chosen no more."""

from django.db import migrations

from accounts import factor_secrets


def encrypt(apps, schema_editor):
    _, unreadable = factor_secrets.encrypt_all(apps.get_model("mfa", "Authenticator"))
    if unreadable:
        raise factor_secrets.UnreadableSecretError(f"Authenticators {unreadable}: no key opens them.")


def decrypt(apps, schema_editor):
    factor_secrets.decrypt_all(apps.get_model("mfa", "Authenticator"))


def forget_choices(apps, schema_editor):
    apps.get_model("accounts", "NotificationChoice").objects.filter(
        kind__in=["news", "company_page"]
    ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_office_help"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.RunPython(encrypt, decrypt),
        migrations.RunPython(forget_choices, migrations.RunPython.noop),
    ]
