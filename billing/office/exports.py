"""The columns of each list as a file. A path through a relation is one that the list selects with its rows."""

from datetime import timedelta

from billing import credits
from billing.models import Invoice
from billing.money import to_cent
from billing.sheets import Column

_BUYER = (
    Column("Client", "employer.legal_name"),
    Column("Raison sociale sur le document", "buyer_name"),
    Column("SIRET", "buyer_siret"),
    Column("N° de TVA", "buyer_vat_number"),
    Column("Code postal", "buyer_postcode"),
    Column("Ville", "buyer_city"),
    Column("Pays", "buyer_country"),
    Column("Zone de TVA", "get_zone_display"),
    Column("N° de commande de l’acheteur", "purchase_order_number"),
)
_TOTALS = (
    Column("Total HT", "total_excl_vat"),
    Column("TVA", "total_vat"),
    Column("Total TTC", "total_incl_vat"),
)


def _signed(name: str):
    """A credit note's amounts are taken off."""

    def value(invoice: Invoice):
        amount = getattr(invoice, name)
        return -amount if invoice.kind == Invoice.Kind.CREDIT_NOTE else amount

    return value


def _transmission(invoice: Invoice) -> str:
    row = getattr(invoice, "transmission", None)
    return row.get_state_display() if row else ""


ORDERS = (
    Column("Numéro", "number"),
    Column("Passée le", "placed_at"),
    Column("État", "get_state_display"),
    Column("Mode de paiement", "get_method_display"),
    *_BUYER,
    *_TOTALS,
    Column("Reçu par virement", lambda order: to_cent(order.received)),
    Column("Reste à payer", lambda order: to_cent(order.left)),
    Column("À rendre", lambda order: to_cent(order.excess)),
    Column("À payer au plus tard le", "pay_by"),
    Column("Relances", "reminders"),
    Column("Payée le", "paid_at"),
    Column("Justificatif à envoyer à", "proof_address"),
)
INVOICES = (
    Column("Numéro", "number"),
    Column("Nature", "get_kind_display"),
    Column("Date", "issued_on"),
    Column("Échéance", "due_on"),
    Column("Payée le", "paid_on"),
    Column("Commande", "order.number"),
    Column("État de la commande", "order.get_state_display"),
    Column("Mode de paiement", "get_payment_method_display"),
    Column("Annule la facture", "refers_to.number"),
    *_BUYER,
    Column("Nature du client", "get_buyer_kind_display"),
    Column("Code service Chorus Pro", "chorus_service_code"),
    Column("Total HT", _signed("total_excl_vat")),
    Column("TVA", _signed("total_vat")),
    Column("Total TTC", _signed("total_incl_vat")),
    Column("Transmission", _transmission),
)
QUOTES = (
    Column("Numéro", "number"),
    Column("Émis le", "issued_at"),
    Column("Valable jusqu’au", "valid_until"),
    Column("Commande", "order.number"),
    *_BUYER,
    *_TOTALS,
)
CUSTOMERS = (
    Column("Raison sociale", "legal_name"),
    Column("Statut juridique", "get_legal_form_display"),
    Column("SIRET", "siret"),
    Column("N° de TVA", "vat_number"),
    Column("Régime de TVA", "get_vat_status_display"),
    Column("FINESS", "finess"),
    Column("Organisme public", "public_body"),
    Column("Adresse", "address"),
    Column("Complément", "address_2"),
    Column("Code postal", "postcode"),
    Column("Ville", "city"),
    Column("Pays", lambda employer: str(employer.country)),
    Column("Téléphone", "phone"),
    Column("E-mail de facturation", "billing_email"),
    Column("Paie sur facture", "pays_on_invoice"),
    Column("Client depuis le", "created_at"),
)
CREDITS = (
    Column("Client", "employer.legal_name"),
    Column("Crédits", lambda lot: credits.describe(lot.kind, lot.print_format)),
    Column("Solde", "balance"),
    Column("Commande", "order_line.order.number"),
    Column("Créés le", "created_at"),
    Column("Dernier jour", lambda lot: lot.expires_at - timedelta(microseconds=1)),
)
BANK_ENTRIES = (
    Column("Date", "booked_on"),
    Column("Montant", "amount"),
    Column("Donneur d’ordre", "payer"),
    Column("Libellé", "wording"),
    Column("Référence", "bank_reference"),
    Column("État", "get_state_display"),
    Column("Commande", "transfer.order.number"),
    Column("Note", "note"),
)
TRANSFERS = (
    Column("Reçu le", "received_on"),
    Column("Montant", "amount"),
    Column("Commande", "order.number"),
    Column("Client", "order.buyer_name"),
    Column("Référence", "bank_reference"),
    Column("Saisi le", "recorded_at"),
)
PAYMENTS = (
    Column("Ouvert le", "created"),
    Column("Commande", "order.number"),
    Column("Client", "order.buyer_name"),
    Column("Montant", "total"),
    Column("Encaissé", "captured_amount"),
    Column("État", "get_status_display"),
    Column("Inattendu", "get_unexpected_display"),
    Column("Contestation", "get_dispute_display"),
    Column("Référence du prestataire", "transaction_id"),
)
TRANSMISSIONS = (
    Column("Facture", "invoice.number"),
    Column("Date", "invoice.issued_on"),
    Column("Client", "invoice.buyer_name"),
    Column("Plateforme", "platform"),
    Column("État", "get_state_display"),
    Column("Identifiant", "remote_id"),
    Column("Message", "message"),
    Column("Essais", "tries"),
    Column("Transmise le", "sent_at"),
)
