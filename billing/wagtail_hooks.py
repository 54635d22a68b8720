"""The office's screens of commerce in the Wagtail admin."""

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail_modeladmin.options import ModelAdminGroup, modeladmin_register

from accounts import office_help

from .office import accounting, exporting, invoices, quotes, sent
from .office.bank import Entries, Statements, Transfers
from .office.catalogue import DiscountCodes, Offers, VatRules
from .office.customers import CreditLots, Customers
from .office.history import ACTION, ChangeFormatter
from .office.payments import Payments
from .office.rates import PenaltyRates
from .office.sales import Invoices, Orders, Quotes
from .office.sent import FailedMails, Transmissions
from .office.urls import urlpatterns


class Screen(MenuItem):
    """A screen that is no list, shown to those who may open it."""

    permission = ""

    def is_shown(self, request) -> bool:
        return request.user.has_perm(f"billing.{self.permission}")


def screen(label: str, name: str, icon: str, permission: str) -> Screen:
    """The line of the menu for one of our own screens."""
    item = Screen(label, reverse(f"billing_office_{name}"), name=f"commerce-{name}", icon_name=icon, order=-1)
    item.permission = permission
    return item


class Commerce(ModelAdminGroup):
    menu_label = "Commerce"
    menu_icon = "tag"
    menu_order = 200
    items = (Customers, Orders, Invoices, Quotes, CreditLots, Offers, DiscountCodes, VatRules, PenaltyRates)

    def get_submenu_items(self):
        return [screen("Tableau de bord", "dashboard", "view", "view_invoice"), *super().get_submenu_items()]


modeladmin_register(Commerce)


class Bank(ModelAdminGroup):
    menu_label = "Banque"
    menu_icon = "download"
    menu_order = 210
    items = (Payments, Transfers, Entries, Statements)


modeladmin_register(Bank)


class Accounting(ModelAdminGroup):
    menu_label = "Comptabilité"
    menu_icon = "list-ol"
    menu_order = 220
    items = (Transmissions, FailedMails)

    def get_submenu_items(self):
        return [
            screen("Écritures", "accounting", "list-ol", "export_accounting"),
            screen("TVA facturée", "vat", "globe", "export_accounting"),
            *super().get_submenu_items(),
        ]


modeladmin_register(Accounting)


@hooks.register("register_admin_urls")
def office_actions():
    return urlpatterns


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action(ACTION)(ChangeFormatter)
    actions.register_action("billing.credit_note", "Établir un avoir", "Avoir établi")
    actions.register_action("billing.credits_granted", "Attribuer des crédits", "Crédits attribués")
    actions.register_action("billing.credits_corrected", "Corriger un lot de crédits", "Crédits corrigés")
    actions.register_action("billing.credit_given_back", "Rendre un crédit", "Crédit rendu")
    actions.register_action(exporting.ACTION)(exporting.ExportFormatter)
    actions.register_action(accounting.ACTION, "Exporter les écritures", "Écritures exportées")
    actions.register_action(invoices.SENT_AGAIN, "Envoyer à nouveau", "Envoyée à nouveau par e-mail")
    actions.register_action(quotes.SENT_AGAIN, "Envoyer à nouveau", "Envoyé à nouveau par e-mail")
    actions.register_action(invoices.TRANSMITTED, "Transmettre", "Transmise à nouveau à la plateforme")
    actions.register_action(sent.SENT_AGAIN, "Renvoyer un e-mail", "E-mail renvoyé")
    actions.register_action("billing.terms", "Changer les conditions", "Conditions de paiement changées")
    actions.register_action(
        office_help.RESET, "Réinitialiser le second facteur", "Second facteur réinitialisé"
    )


@hooks.register("register_user_listing_buttons")
def second_factor_button(user, request_user):
    """Beside each account, for those who manage accounts."""
    if office_help.may_reset(request_user, user):
        url = reverse("billing_office_second_factor", args=[user.pk])
        yield Button("Réinitialiser le second facteur", url, icon_name="key", priority=40)
