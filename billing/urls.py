"""Addresses of the shop."""

from django.urls import include, path

from .platform import webhook
from .views import checkout, credits, documents, orders, paying, shop, webhooks

app_name = "billing"

_cart = [
    path("", shop.cart, name="cart"),
    path("ajouter/", shop.cart_add, name="cart_add"),
    path("ligne/<int:pk>/", shop.cart_line, name="cart_line"),
    path("choix/<slug:code>/", shop.cart_chosen, name="cart_chosen"),
    path("code/", shop.cart_code, name="cart_code"),
    path("prix/", shop.cart_accept, name="cart_accept"),
]

_checkout = [
    path("informations/", checkout.information, name="checkout_information"),
    path("expedition/", checkout.delivery, name="checkout_delivery"),
    path("verification/", checkout.review, name="checkout_review"),
    path("<uuid:public_id>/paiement/", paying.order_pay, name="order_pay"),
    path("<uuid:public_id>/merci/", paying.order_paid, name="order_paid"),
    path("<uuid:public_id>/paiement-refuse/", paying.order_payment_failed, name="order_payment_failed"),
]

_space = [
    path("commandes/", orders.orders, name="orders"),
    path("commandes/<uuid:public_id>/", orders.order, name="order"),
    path("commandes/<uuid:public_id>/annuler/", orders.order_cancel, name="order_cancel"),
    path("commandes/<uuid:public_id>/par-virement/", paying.order_by_transfer, name="order_by_transfer"),
    path("factures/<uuid:public_id>.pdf", documents.invoice_pdf, name="invoice_pdf"),
    path("credits/", credits.ledger, name="ledger"),
    path("credits/releve.csv", credits.ledger_csv, name="ledger_csv"),
    path("devis/", documents.quote_list, name="quotes"),
    path("devis/<uuid:public_id>/", documents.quote, name="quote"),
    path("devis/<uuid:public_id>/commander/", documents.quote_order, name="quote_order"),
    path("devis/<uuid:public_id>/panier/", documents.quote_to_cart, name="quote_to_cart"),
    path("devis/<uuid:public_id>.pdf", documents.quote_pdf, name="quote_pdf"),
]

urlpatterns = [
    path("offres/", shop.offers, name="offers"),
    path("panier/", include(_cart)),
    path("commande/", include(_checkout)),
    path("espace-recruteur/", include(_space)),
    path("plateforme/etats/", webhook.platform_status, name="platform_status"),
    path("paiement/stripe/", webhooks.stripe_webhook, name="stripe_webhook"),
]
