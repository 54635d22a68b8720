"""How allauth behaves here: our mails, our words, our sign-up."""

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from . import emails, factor_secrets
from .second_factor import must_keep
from .wording import ERRORS, MESSAGES, NOTICES


def _name(template: str) -> str:
    """ "account/messages/logged_in.txt" → "logged_in"."""
    return template.rsplit("/", 1)[-1].removesuffix(".txt")


def _at_home(url: str) -> str:
    return emails.absolute(urlsplit(url).path)


class AccountAdapter(DefaultAccountAdapter):
    """allauth's log-in, passwords and second factor; signing up is ours (`accounts.signup`)."""

    error_messages = DefaultAccountAdapter.error_messages | ERRORS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(
        self, request, level, message_template=None, message_context=None, extra_tags="", message=None
    ):
        if message is None and message_template:
            sentence = MESSAGES.get(_name(message_template), "")
            if not sentence:
                return
            message = sentence.format(**(message_context or {}))
        super().add_message(request, level, message=message, extra_tags=extra_tags)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:me")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At the site's own address, whatever host the request named: it was perhaps a stranger's request."""
        return _at_home(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request, emailconfirmation) -> str:
        """As above."""
        return _at_home(super().get_email_confirmation_url(request, emailconfirmation))

    def send_confirmation_mail(self, request, emailconfirmation, signup) -> None:
        """Someone without a password yet gets the link that lets choose it; any other the plain confirmation."""
        address = emailconfirmation.email_address
        if not address.user.has_usable_password():
            emails.choose_password(address)
            return
        emails.confirm_address(
            address.user, address.email, self.get_email_confirmation_url(request, emailconfirmation)
        )

    def send_password_reset_mail(self, user, email, context) -> None:
        """Who never confirmed the address gets the sign-up's link again: it confirms and sets the password in one."""
        pending = EmailAddress.objects.filter(user=user, email__iexact=email, verified=False).first()
        if pending and not user.has_usable_password():
            emails.choose_password(pending)
        else:
            emails.password_reset(user, email, context["password_reset_url"])

    def send_account_already_exists_mail(self, email: str) -> None:
        address = EmailAddress.objects.filter(email__iexact=email).select_related("user").first()
        if address:
            emails.already_registered(address.user, email, "recruiter")

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Whatever allauth sends beside: notices of security, and the answer to an unknown address."""
        name = _name(template_prefix)
        if name == "unknown_account":
            emails.unknown_account(email)
        elif name in NOTICES:
            emails.security_notice(email, NOTICES[name])
        else:
            super().send_mail(template_prefix, email, context)


class MFAAdapter(DefaultMFAAdapter):
    """The second factor's words, how its secrets are kept, and who may not do without."""

    error_messages = DefaultMFAAdapter.error_messages | ERRORS

    def encrypt(self, text: str) -> str:
        return factor_secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return factor_secrets.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not must_keep(authenticator)

    def generate_authenticator_name(self, user, type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return "Clé d’accès" if number == 1 else f"Clé d’accès {number}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": settings.MFA_TOTP_ISSUER}
