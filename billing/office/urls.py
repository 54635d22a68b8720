"""Addresses of the office's actions, registered in the admin beside the lists."""

from django.urls import path

from . import people, views

urlpatterns = [
    path("commerce/commandes/virement/<int:pk>/", views.transfer, name="billing_office_transfer"),
    path("commerce/commandes/annuler/<int:pk>/", views.cancel, name="billing_office_cancel"),
    path("commerce/commandes/sur-facture/", views.choose_customer, name="billing_office_choose_customer"),
    path(
        "commerce/commandes/sur-facture/<int:pk>/",
        views.order_on_invoice,
        name="billing_office_order_on_invoice",
    ),
    path("commerce/factures/avoir/<int:pk>/", views.credit_note, name="billing_office_credit_note"),
    path("commerce/factures/pdf/<int:pk>/", views.invoice_pdf, name="billing_office_invoice_pdf"),
    path("commerce/devis/pdf/<int:pk>/", views.quote_pdf, name="billing_office_quote_pdf"),
    path("commerce/clients/crediter/<int:pk>/", views.grant, name="billing_office_grant"),
    path("commerce/clients/administrateur/<int:pk>/", people.appoint, name="billing_office_appoint"),
    path("comptes/second-facteur/<int:pk>/", people.second_factor, name="billing_office_second_factor"),
]
