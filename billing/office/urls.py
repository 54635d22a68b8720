"""Addresses of the office's actions, registered in the admin beside the lists."""

from django.urls import path

from . import (
    accounting,
    credits,
    dashboard,
    invoices,
    people,
    quotes,
    sent,
    statements,
    terms,
    transfers,
    views,
)

urlpatterns = [
    path("commerce/", dashboard.dashboard, name="billing_office_dashboard"),
    path("commerce/ecritures-comptables/", accounting.accounting, name="billing_office_accounting"),
    path("commerce/ecritures-comptables/fichier/", accounting.fec_file, name="billing_office_fec"),
    path("commerce/tva-facturee/", accounting.vat, name="billing_office_vat"),
    path("commerce/factures/xml/<int:pk>/", invoices.invoice_xml, name="billing_office_invoice_xml"),
    path("commerce/factures/envoyer/<int:pk>/", invoices.invoice_send, name="billing_office_invoice_send"),
    path("commerce/factures/transmettre/<int:pk>/", invoices.transmit, name="billing_office_transmit"),
    path("commerce/mails/renvoyer/<int:pk>/", sent.mail_again, name="billing_office_mail_again"),
    path("commerce/commandes/virement/<int:pk>/", transfers.transfer, name="billing_office_transfer"),
    path("commerce/commandes/annuler/<int:pk>/", transfers.cancel, name="billing_office_cancel"),
    path("commerce/commandes/rendre/<int:pk>/", transfers.give_back, name="billing_office_give_back"),
    path("commerce/commandes/rouvrir/<int:pk>/", transfers.reopen, name="billing_office_reopen"),
    path("commerce/commandes/sur-facture/", terms.choose_customer, name="billing_office_choose_customer"),
    path(
        "commerce/commandes/sur-facture/<int:pk>/",
        terms.order_on_invoice,
        name="billing_office_order_on_invoice",
    ),
    path("commerce/factures/avoir/<int:pk>/", views.credit_note, name="billing_office_credit_note"),
    path("commerce/factures/pdf/<int:pk>/", views.invoice_pdf, name="billing_office_invoice_pdf"),
    path("commerce/devis/pdf/<int:pk>/", views.quote_pdf, name="billing_office_quote_pdf"),
    path("commerce/devis/envoyer/<int:pk>/", quotes.quote_send, name="billing_office_quote_send"),
    path("commerce/devis/nouveau/", terms.choose_customer, name="billing_office_quote_customer"),
    path("commerce/devis/nouveau/<int:pk>/", quotes.quote_for, name="billing_office_quote_for"),
    path("commerce/clients/conditions/<int:pk>/", terms.customer_terms, name="billing_office_terms"),
    path("commerce/releves/importer/", statements.upload, name="billing_office_statement"),
    path("commerce/rapprochement/", statements.reconcile, name="billing_office_reconcile"),
    path(
        "commerce/rapprochement/certaines/",
        statements.confirm_certain,
        name="billing_office_confirm_certain",
    ),
    path("commerce/rapprochement/<int:pk>/", statements.entry, name="billing_office_entry"),
    path(
        "commerce/rapprochement/<int:pk>/confirmer/",
        statements.confirm,
        name="billing_office_entry_confirm",
    ),
    path("commerce/rapprochement/<int:pk>/ecarter/", statements.ignore, name="billing_office_entry_ignore"),
    path(
        "commerce/rapprochement/<int:pk>/reprendre/",
        statements.take_up,
        name="billing_office_entry_take_up",
    ),
    path("commerce/clients/crediter/<int:pk>/", credits.grant, name="billing_office_grant"),
    path("commerce/credits/corriger/<int:pk>/", credits.correct, name="billing_office_correct_credits"),
    path("commerce/credits/rendre/<int:pk>/", credits.give_back, name="billing_office_return_credit"),
    path("commerce/clients/administrateur/<int:pk>/", people.appoint, name="billing_office_appoint"),
    path("comptes/second-facteur/<int:pk>/", people.second_factor, name="billing_office_second_factor"),
]
