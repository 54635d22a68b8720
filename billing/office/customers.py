"""The customers, with their whole story on one page, and the credits they hold."""

from allauth.mfa.models import Authenticator
from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from accounts.models import Employer, Membership, User
from billing import credits, terms
from billing.models import CreditLot, CreditMovement, Offer, Payment, PrintFormat, Transfer
from reference.dates import paris_day

from . import exports
from .base import ByCustomer, Changing, OfficeList, by_choice, column, day
from .filters import by_dates
from .history import KeepsHistory

#: Rows of each kind on a customer's page; the lists have the rest.
SHOWN = 20
ADMINISTRATOR = Membership.Role.ADMINISTRATOR
_MOVEMENTS = Prefetch("movements", CreditMovement.objects.select_related("by").order_by("pk"))


class PaysOnInvoice(SimpleListFilter):
    title = "paiement"
    parameter_name = "facture"

    def lookups(self, request, model_admin):
        return [("oui", "Paie sur facture")]

    def queryset(self, request, queryset):
        return queryset.filter(pays_on_invoice=True) if self.value() == "oui" else queryset


class WithoutAdministrator(SimpleListFilter):
    title = "équipe"
    parameter_name = "equipe"

    def lookups(self, request, model_admin):
        return [("sans-administrateur", "Sans administrateur")]

    def queryset(self, request, queryset):
        chosen = self.value() == "sans-administrateur"
        return queryset.filter(has_administrator=False) if chosen else queryset


class Customers(OfficeList):
    model = Employer
    base_url_path = "commerce/clients"
    menu_label = "Clients"
    menu_icon = "group"
    permission_helper_class = Changing
    edit_view_class = KeepsHistory
    history_view_enabled = True
    empty = "Aucun client pour l’instant : un recruteur en crée un quand il ouvre son espace."
    list_display = ("legal_name", "city", "siret", "payment", "team", "since")
    list_filter = (
        PaysOnInvoice,
        WithoutAdministrator,
        by_choice("legal_form", "statut", Employer.LegalForm.choices),
        by_dates("created_at", "d’inscription", moments=True),
    )
    search_fields = ("legal_name", "city", "postcode", "siret", "memberships__user__email")
    exports = exports.CUSTOMERS
    ordering = ("legal_name", "pk")
    inspect_template_name = "billing/office/customer.html"
    panels = [
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("legal_name", "legal_form", "siret", "vat_status", "vat_number", "finess")
            ],
            heading="Organisme",
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("public_body", "chorus_service_code", "chorus_engagement")],
            heading="Organisme public et Chorus Pro",
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("address", "address_2", "postcode", "city", "country", "phone")],
            heading="Adresse",
        ),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("postal_address", "postal_address_2", "postal_postcode", "postal_city")
            ],
            heading="Adresse postale, si elle n’est pas celle des factures",
        ),
        MultiFieldPanel(
            [FieldPanel("billing_email"), FieldPanel("pays_on_invoice")],
            heading="Facturation",
        ),
    ]

    @column("paiement", "pays_on_invoice")
    def payment(self, employer: Employer) -> str:
        return "sur facture" if employer.pays_on_invoice else "à la commande"

    def get_queryset(self, request):
        return super().get_queryset(request).with_administrator()

    @column("équipe")
    def team(self, employer: Employer) -> str:
        return "" if employer.has_administrator else "sans administrateur"

    @column("depuis le", "created_at")
    def since(self, employer: Employer) -> str:
        return day(employer.created_at)

    def sheet_title(self, employer: Employer) -> str:
        return "Client"

    def sheet_context(self, employer: Employer, user: User) -> dict:
        protected = Exists(Authenticator.objects.filter(user=OuterRef("user")))
        members = list(employer.memberships.select_related("user").annotate(is_protected=protected))
        lots = employer.credit_lots.select_related("order_line__order").prefetch_related(_MOVEMENTS)
        return {
            "members": members,
            "has_administrator": any(m.role == ADMINISTRATOR and m.user.is_active for m in members),
            "can_appoint": user.has_perm("accounts.appoint_administrator"),
            "can_reset": user.has_perm("accounts.reset_second_factor"),
            "balances": credits.balances(employer),
            "agreed": terms.terms_of(employer),
            "received": Transfer.objects.filter(order__employer=employer).select_related("order")[:SHOWN],
            "cards": Payment.objects.filter(order__employer=employer).select_related("order")[:SHOWN],
            "orders": employer.orders.all()[:SHOWN],
            "quotes": employer.quotes.select_related("order")[:SHOWN],
            "invoices": employer.invoices.select_related("refers_to")[:SHOWN],
            "lots": lots.order_by("-created_at", "-pk")[:SHOWN],
            "entitlements": employer.entitlements.select_related("order_line__order")[:SHOWN],
            "today": paris_day(),
            "now": timezone.now(),
            "shown": SHOWN,
            "can_order": user.has_perm("billing.add_order"),
            "can_quote": user.has_perm("billing.add_quote"),
            "can_terms": user.has_perm("billing.change_customerterms"),
            "limit": terms.limit_of(employer) if employer.pays_on_invoice else None,
            "owed": terms.outstanding(employer),
            "days": terms.days_to_pay(employer) if employer.pays_on_invoice else None,
            "can_grant": user.has_perm("billing.add_creditlot"),
            "can_edit": user.has_perm("accounts.change_employer"),
        }


class Validity(SimpleListFilter):
    title = "validité"
    parameter_name = "validite"

    def lookups(self, request, model_admin):
        return [("utilisables", "Utilisables"), ("epuises", "Épuisés"), ("expires", "Expirés")]

    def queryset(self, request, queryset):
        now = timezone.now()
        if self.value() == "utilisables":
            return queryset.filter(balance__gt=0, expires_at__gt=now)
        if self.value() == "epuises":
            return queryset.filter(balance=0, expires_at__gt=now)
        if self.value() == "expires":
            return queryset.filter(expires_at__lte=now)
        return queryset


class CreditLots(OfficeList):
    model = CreditLot
    base_url_path = "commerce/credits"
    menu_label = "Crédits"
    menu_icon = "tag"
    empty = "Aucun crédit pour l’instant : ils viennent des commandes livrées ou de l’équipe."
    list_display = ("lot", "customer", "balance", "source", "expires")
    list_filter = (
        Validity,
        by_choice(
            "kind", "nature", [(k.value, str(k.label)) for k in (Offer.Kind.WEB, Offer.Kind.WEB_PRINT)]
        ),
        by_choice("print_format", "format", PrintFormat.choices),
        by_dates("created_at", "d’attribution", moments=True),
        ByCustomer,
    )
    list_select_related = ("employer", "order_line__order")
    search_fields = ("employer__legal_name", "order_line__order__number", "movements__label")
    ordering = ("-created_at", "-pk")
    inspect_template_name = "billing/office/credit_lot.html"
    exports = exports.CREDITS

    @column("crédits")
    def lot(self, lot: CreditLot) -> str:
        return credits.describe(lot.kind, lot.print_format)

    @column("client", "employer__legal_name")
    def customer(self, lot: CreditLot) -> str:
        return lot.employer.legal_name

    @column("origine", "order_line__order__number")
    def source(self, lot: CreditLot) -> str:
        return f"Commande {lot.order_line.order.number}" if lot.order_line else "Attribués par l’équipe"

    @column("dernier jour", "expires_at")
    def expires(self, lot: CreditLot) -> str:
        return f"{lot.last_day:%d/%m/%Y}"

    def sheet_context(self, lot: CreditLot, user: User) -> dict:
        may_change = user.has_perm("billing.add_creditlot")
        return {
            "label": credits.describe(lot.kind, lot.print_format),
            "movements": lot.movements.select_related("by"),
            "returnable": credits.returnable(lot) if may_change else [],
            "can_correct": may_change,
            "last_day": lot.last_day,
            "expired": lot.expires_at <= timezone.now(),
        }
