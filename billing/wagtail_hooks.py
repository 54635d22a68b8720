"""The office's screens of commerce in the Wagtail admin."""

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail_modeladmin.options import ModelAdminGroup, modeladmin_register

from accounts import office_help

from .office.bank import Entries, Statements, Transfers
from .office.catalogue import DiscountCodes, Offers, VatRules
from .office.customers import CreditLots, Customers
from .office.history import ACTION, ChangeFormatter
from .office.rates import PenaltyRates
from .office.sales import Invoices, Orders, Quotes
from .office.urls import urlpatterns


class Commerce(ModelAdminGroup):
    menu_label = "Commerce"
    menu_icon = "tag"
    menu_order = 200
    items = (Customers, Orders, Invoices, Quotes, CreditLots, Offers, DiscountCodes, VatRules, PenaltyRates)


modeladmin_register(Commerce)


class Bank(ModelAdminGroup):
    menu_label = "Banque"
    menu_icon = "download"
    menu_order = 210
    items = (Transfers, Entries, Statements)


modeladmin_register(Bank)


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
