"""Lists of what the bank told: its statements, their entries; and of money that is to be given back."""

from django.contrib.admin import SimpleListFilter
from django.db.models import Count, QuerySet
from django.urls import reverse

from accounts.models import User
from billing.models import BankEntry, BankStatement, Transfer
from billing.money import euros

from . import exports
from .base import OfficeList, by_choice, column, day
from .filters import by_dates


class Entries(OfficeList):
    model = BankEntry
    base_url_path = "commerce/ecritures"
    menu_label = "Écritures bancaires"
    menu_icon = "download"
    empty = "Aucune écriture pour l’instant\u202f: importez le relevé de votre banque."
    list_display = ("booked", "amount_in", "payer", "wording", "state", "became")
    list_filter = (by_choice("state", "état", BankEntry.State.choices), by_dates("booked_on", "d’opération"))
    exports = exports.BANK_ENTRIES
    list_select_related = ("transfer__order",)
    search_fields = ("payer", "wording", "bank_reference", "transfer__order__number")
    ordering = ("-booked_on", "-pk")
    inspect_view_enabled = False

    @column("date", "booked_on")
    def booked(self, entry: BankEntry) -> str:
        return day(entry.booked_on)

    @column("montant", "amount")
    def amount_in(self, entry: BankEntry) -> str:
        return euros(entry.amount)

    @column("suite")
    def became(self, entry: BankEntry) -> str:
        if entry.transfer:
            return f"Commande {entry.transfer.order.number}"
        return entry.note or "–"

    def list_actions(self, user: User) -> list[dict]:
        return [{"url": reverse("billing_office_reconcile"), "label": "Rapprocher"}]

    def row_buttons(self, entry: BankEntry, user: User) -> list[dict]:
        return [
            {
                "url": reverse("billing_office_entry", args=[entry.pk]),
                "label": "Ouvrir",
                "title": f"Ouvrir l’écriture du {day(entry.booked_on)}",
                "classname": "button button-small button-secondary",
            }
        ]


class Statements(OfficeList):
    model = BankStatement
    base_url_path = "commerce/releves"
    menu_label = "Relevés"
    menu_icon = "doc-full"
    empty = "Aucun relevé pour l’instant\u202f: importez-en un pour rapprocher les virements des commandes."
    list_display = ("name", "format", "imported", "imported_by", "entries_in")
    list_filter = (by_choice("format", "format", BankStatement.Format.choices),)
    list_select_related = ("imported_by",)
    search_fields = ("name",)
    ordering = ("-imported_at", "-pk")
    inspect_view_enabled = False

    def get_queryset(self, request) -> QuerySet[BankStatement]:
        return super().get_queryset(request).annotate(entry_count=Count("entries"))

    @column("importé le", "imported_at")
    def imported(self, statement: BankStatement) -> str:
        return day(statement.imported_at)

    @column("écritures", "entry_count")
    def entries_in(self, statement) -> int:
        return statement.entry_count

    def list_actions(self, user: User) -> list[dict]:
        if not user.has_perm("billing.add_bankstatement"):
            return []
        return [{"url": reverse("billing_office_statement"), "label": "Importer un relevé"}]


class Origin(SimpleListFilter):
    title = "origine"
    parameter_name = "origine"

    def lookups(self, request, model_admin):
        return [("releve", "Relevé de banque"), ("main", "Saisi à la main")]

    def queryset(self, request, queryset):
        if self.value() not in ("releve", "main"):
            return queryset
        return queryset.filter(entry__isnull=self.value() == "main")


class Transfers(OfficeList):
    model = Transfer
    base_url_path = "commerce/virements"
    menu_label = "Virements reçus"
    menu_icon = "arrow-down"
    empty = "Aucun virement reçu pour l’instant."
    list_display = ("received", "amount_in", "customer", "order", "bank_reference", "origin")
    list_filter = (Origin, by_dates("received_on", "de réception"))
    exports = exports.TRANSFERS
    list_select_related = ("order__employer", "entry", "recorded_by")
    search_fields = ("order__number", "order__buyer_name", "bank_reference")
    ordering = ("-received_on", "-pk")
    inspect_view_enabled = False

    @column("reçu le", "received_on")
    def received(self, transfer: Transfer) -> str:
        return day(transfer.received_on)

    @column("montant", "amount")
    def amount_in(self, transfer: Transfer) -> str:
        return euros(transfer.amount)

    @column("client", "order__buyer_name")
    def customer(self, transfer: Transfer) -> str:
        return transfer.order.buyer_name

    @column("origine")
    def origin(self, transfer: Transfer) -> str:
        return (
            "relevé"
            if hasattr(transfer, "entry")
            else f"saisi par {transfer.recorded_by or 'un ancien compte'}"
        )

    def row_buttons(self, transfer: Transfer, user: User) -> list[dict]:
        return [
            {
                "url": reverse("commerce_commandes_modeladmin_inspect", args=[transfer.order_id]),
                "label": "Commande",
                "title": f"Ouvrir la commande {transfer.order.number}",
                "classname": "button button-small button-secondary",
            }
        ]
