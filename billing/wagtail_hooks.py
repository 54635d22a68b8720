"""The office's screens of commerce in the Wagtail admin."""

from wagtail import hooks
from wagtail_modeladmin.options import ModelAdminGroup, modeladmin_register

from .office.catalogue import Offers
from .office.customers import CreditLots, Customers
from .office.sales import Invoices, Orders, Quotes
from .office.urls import urlpatterns


class Commerce(ModelAdminGroup):
    menu_label = "Commerce"
    menu_icon = "tag"
    menu_order = 200
    items = (Customers, Orders, Invoices, Quotes, CreditLots, Offers)


modeladmin_register(Commerce)


@hooks.register("register_admin_urls")
def office_actions():
    return urlpatterns


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action("billing.credit_note", "Établir un avoir", "Avoir établi")
