"""Every address of the site, made from the resolver, and who may reach it.

An address that is in no list here fails a test: say who may reach it before it is reached.
"""

import re
import uuid
from dataclasses import dataclass, field

from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

ADMIN, API = "gestion/", "api/v3/"

#: Anybody, also without an account. What they show of an object is public.
PUBLIC = {
    "health", "accounts:recruiter_entrance", "accounts:recruiter_signup", "accounts:candidate_signup",
    "accounts:sign_up_sent", "accounts:link_again", "account_login", "account_signup", "account_inactive",
    "account_email_verification_sent", "account_logout", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key_done", "mfa_authenticate", "mfa_login_webauthn", "socialaccount_login_cancelled",
    "socialaccount_login_error", "openid_connect_login", "openid_connect_callback",
    "billing:offers", "billing:cart_chosen", "search:ads", "search:ads_json", "search:map",
    "search:places", "search:suggestions",
    "search:cvs", "pages:contact", "pages:no_second_login", "pages:robots", "pages:sitemap",
    "pages:ad_by_number", "recruiting:apply",
    "recruiting:apply_spontaneous", "billing:stripe_webhook", "wagtailcore_authenticate_with_password",
    "wagtailcore_login", "wagtail_serve", "",
}  # fmt: skip
#: By a secret in the address: who has it is let in, a wrong one answers 404 (or says that the link is used up).
SECRET = {
    "accounts:choose_password", "accounts:invitation", "accounts:refuse_mails",
    "account_reset_password_from_key", "account_confirm_email",
    "recruiting:conversation",
    "recruiting:applied", "recruiting:conversation_withdraw", "billing:platform_status",
}  # fmt: skip
#: Anybody with an account, for their own account.
ACCOUNT = {
    "accounts:notifications", "accounts:my_data", "accounts:data_export", "accounts:delete_account",
    "accounts:arrival", "accounts:me", "accounts:security", "accounts:second_factor_needed", "accounts:end_session",
    "mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn", "socialaccount_connections",
    # One passkey of one's own; another's answers as none: tests/accounts/test_passkeys.py.
    "mfa_edit_webauthn", "mfa_remove_webauthn",
    "accounts:organisation", "accounts:organisation_new", "accounts:switch_employer",
    "account_reauthenticate", "account_email", "account_change_password", "account_set_password", "mfa_index",
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes", "mfa_reauthenticate", "usersessions_list",
}  # fmt: skip
#: Recruiters, for the employer they act for.
SPACE = {
    "accounts:establishments", "accounts:establishment_new",
    "accounts:employers", "accounts:team", "accounts:team_history", "accounts:team_hand_over", "accounts:team_leave",
    "billing:cart_add", "billing:cart_code", "billing:checkout_information",
    "billing:checkout_delivery", "billing:checkout_review", "billing:orders", "billing:ledger", "billing:ledger_csv",
    "billing:quotes", "recruiting:applications", "recruiting:space",
    "recruiting:company_page", "recruiting:company_page_create",
    "recruiting:ads", "recruiting:ad_new", "recruiting:ad_models",
    "recruiting:ads_bulk", "recruiting:statistics", "recruiting:statistics_csv",
}  # fmt: skip
#: Recruiters, for one object of their employer's; another's answers 404 as one that is not.
SPACE_OBJECT = {
    "accounts:establishment", "accounts:establishment_remove", "accounts:establishment_restore",
    "accounts:team_role", "accounts:team_remove", "accounts:team_send_again", "accounts:team_revoke",
    "billing:order_pay", "billing:order_paid", "billing:order_payment_failed", "billing:order",
    "billing:order_cancel", "billing:order_by_transfer", "billing:invoice_pdf", "billing:quote", "billing:quote_order",
    "billing:quote_pdf", "billing:quote_to_cart",
    "recruiting:application", "recruiting:application_move", "recruiting:application_cv",
    "recruiting:ad", "recruiting:ad_edit", "recruiting:ad_unpublish", "recruiting:ad_filled", "recruiting:ad_reopen",
    "recruiting:ad_statistics", "recruiting:ad_renew", "recruiting:ad_back_online", "recruiting:ad_delete",
    "recruiting:ad_withdraw",
    "recruiting:company_photo", "recruiting:ad_statistics_csv", "recruiting:ad-duplicate",
    "recruiting:ad-save-as-model", "recruiting:ad_model", "recruiting:ad_model_use", "recruiting:ad_model_delete",
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

#: What a member who only reads may open (nothing of it changes anything), and what one who does the bills may.
#: Any other address of the space refuses them: name it here if it should not.
READERS_OPEN = {
    "accounts:employers", "accounts:team",
    "accounts:establishments",
    "billing:order_paid", "billing:order_payment_failed", "billing:orders", "billing:order", "billing:invoice_pdf",
    "billing:ledger", "billing:ledger_csv", "billing:quotes", "billing:quote", "billing:quote_pdf",
    "recruiting:applications",
    "recruiting:application", "recruiting:application_cv", "recruiting:space", "recruiting:company_page",
    "recruiting:ads", "recruiting:ad", "recruiting:ad_statistics", "recruiting:ad_statistics_csv",
    "recruiting:statistics", "recruiting:statistics_csv",
}  # fmt: skip
BILLING_OPEN = READERS_OPEN - {
    "recruiting:applications", "recruiting:application", "recruiting:application_cv",
} | {
    "billing:cart", "billing:cart_line", "billing:cart_accept", "billing:cart_code", "billing:checkout_information",
    "billing:checkout_delivery", "billing:checkout_review", "billing:order_pay", "billing:order_cancel",
    "billing:order_by_transfer", "billing:quote_order", "billing:quote_to_cart",
}  # fmt: skip
#: What a member who only reads may send: it leads elsewhere and changes nothing (tried where these screens are tested).
READERS_SEND = {"accounts:team", "billing:cart_add", "recruiting:application"}
BILLING_SEND = BILLING_OPEN | {"billing:cart_add"}

#: Every member may leave, and is then none any more: tried with the team.
LEAVING = {"accounts:team_leave"}

#: Addresses that cannot be made from their name: the page tree's own, and those of tokens and files.
NAMELESS = {
    "media/<path:path>",
    "^((?:[\\w\\-]+/)*)$",
}  # fmt: skip
#: They are asked by machines, or know nobody by a cookie: no CSRF token can be asked of them.
NO_CSRF = {"billing:stripe_webhook", "accounts:refuse_mails", "billing:platform_status"}

#: One's own cart; a visitor's is the basket of the session.
CART = {"billing:cart", "billing:cart_accept"}
#: A line of one's own cart. One that went in another tab, or never was one's own, leads back to the cart.
CART_LINE = {"billing:cart_line"}

KNOWN = (
    CART
    | CART_LINE
    | PUBLIC
    | SECRET
    | ACCOUNT
    | SPACE
    | SPACE_OBJECT
    | LIBRARY
    | CANDIDATE
    | CANDIDATE_OBJECT
)


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
