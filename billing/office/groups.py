"""What the office's groups may do in commerce. Rights that somebody added by hand are left as they are."""

from django.contrib.auth.models import Group, Permission

#: Made by `pages.setup` with its rights on pages; its rights on commerce are given here.
SALES = "Commercial"
#: Reads everything, exports, closes months, sets legal mentions and delays; sells nothing and moves no money.
ACCOUNTING = "Comptabilité"

_READ = [
    "view_offer",
    "view_vatrule",
    "view_penaltyrate",
    "view_discountcode",
    "view_order",
    "view_invoice",
    "view_quote",
    "view_creditlot",
    "view_creditmovement",
    "view_entitlement",
    "view_payment",
    "view_transfer",
    "view_transferreturn",
    "view_bankstatement",
    "view_bankentry",
    "view_customerterms",
    "view_transmission",
    "export_lists",
    "change_invoicepdf",  # mail an invoice again
    "change_transmission",  # hand an invoice over to the platform again
]
_SELL = [
    "add_offer",
    "change_offer",
    "change_vatrule",
    "add_penaltyrate",
    "change_penaltyrate",
    "add_discountcode",
    "change_discountcode",
    "add_order",  # order on invoice for a customer
    "change_order",  # cancel
    "add_transfer",  # mark a transfer as received
    "change_payment",  # refund a card payment, put one aside
    "add_transferreturn",  # note that money was sent back
    "add_bankstatement",  # import a statement
    "change_bankentry",  # match its entries
    "add_quote",  # quote for a customer, mail one again
    "change_customerterms",
    "add_invoice",  # issue a credit note
    "add_creditlot",  # grant credits
]
#: Mails that failed: whom they were for, and sending them again.
_MAILS = ["view_email", "change_email"]
#: Entries of a month, VAT, the accounts' numbers; what documents say of the seller, how long is waited for money.
_ACCOUNT = [
    "export_accounting",
    "change_accountingsettings",
    "change_sellersettings",
    "change_delaysettings",
]
#: Customer service. What opens doors is logged and told to whom it concerns (`accounts.office_help`).
_SERVE = ["view_employer", "change_employer", "appoint_administrator", "reset_second_factor"]


def ensure_groups() -> None:
    """Give the office's groups their rights on billing's models and on employers. Safe to run at each deployment."""
    sales, _ = Group.objects.get_or_create(name=SALES)
    accounting, _ = Group.objects.get_or_create(name=ACCOUNTING)
    sales.permissions.add(*_permissions("billing", [*_READ, *_SELL]))
    sales.permissions.add(*_permissions("accounts", _SERVE))
    accounting.permissions.add(*_permissions("billing", [*_READ, *_ACCOUNT]))
    for group in (sales, accounting):
        group.permissions.add(*_permissions("post_office", _MAILS))
    accounting.permissions.add(*_permissions("accounts", ["view_employer"]))
    accounting.permissions.add(*_permissions("wagtailadmin", ["access_admin"]))


def _permissions(app_label: str, codenames: list[str]) -> list[Permission]:
    return list(Permission.objects.filter(content_type__app_label=app_label, codename__in=codenames))
