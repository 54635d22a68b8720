"""The catalogue: offers and their prices, the VAT of each zone, discount codes. Each with its history."""

from django import forms
from django.contrib.admin import SimpleListFilter
from django.db.models import Count, Q, QuerySet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList

from accounts.models import User
from billing.models import DiscountCode, Offer, Order, VatRule
from billing.money import euros
from reference.dates import paris_day

from .base import Adding, Changing, OfficeList, by_choice, column, day
from .history import KeepsHistory


class CatalogueList(OfficeList):
    """A list whose rows the office edits, and whose changes it can read again."""

    inspect_view_enabled = False
    history_view_enabled = True
    edit_view_class = KeepsHistory

    def row_buttons(self, obj, user: User) -> list[dict]:
        url = self.url_helper.get_action_url("history", obj.pk)
        title = f"Historique : {obj}"
        return [
            {
                "url": url,
                "label": "Historique",
                "title": title,
                "classname": "button button-small button-secondary",
            }
        ]


class OnSale(SimpleListFilter):
    title = "mise en vente"
    parameter_name = "vente"

    def lookups(self, request, model_admin):
        return [("oui", "En vente aujourd’hui"), ("non", "Retirées")]

    def queryset(self, request, queryset):
        if self.value() not in ("oui", "non"):
            return queryset
        on_sale = Offer.objects.on_sale(paris_day()).values("pk")
        return queryset.filter(pk__in=on_sale) if self.value() == "oui" else queryset.exclude(pk__in=on_sale)


class Offers(CatalogueList):
    model = Offer
    base_url_path = "commerce/offres"
    menu_label = "Offres"
    menu_icon = "clipboard-list"
    permission_helper_class = Adding
    add_label = "Nouvelle offre"
    empty = "Aucune offre : sans elles, les recruteurs n’ont rien à acheter. Ajoutez-en une."
    list_display = ("name", "kind", "amount", "gives", "sold")
    list_filter = (OnSale, by_choice("kind", "nature", Offer.Kind.choices))
    search_fields = ("name", "code", "description")
    ordering = ("kind", "position", "pk")
    panels = [
        HelpPanel(
            "Un nouveau prix vaut pour les commandes à venir. Les paniers en cours l’annoncent à leur acheteur ; "
            "devis, commandes et factures gardent le leur.",
        ),
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("code"), FieldPanel("kind"), FieldPanel("description")],
            heading="Offre",
        ),
        FieldRowPanel([FieldPanel("price"), FieldPanel("vat_rate")], heading="Prix"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("quantity", "print_format", "tier", "months", "ad_months")],
            heading="Ce qu’elle donne",
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("is_active", "sold_from", "sold_until", "position")],
            heading="Mise en vente",
        ),
    ]

    @column("prix HT", "price")
    def amount(self, offer: Offer) -> str:
        return euros(offer.price)

    @column("donne", "quantity")
    def gives(self, offer: Offer) -> str:
        if offer.gives_credits:
            return f"{offer.quantity} × {offer.ad_months} mois, valable {offer.months} mois"
        return f"{offer.months} mois"

    @column("en vente", "is_active")
    def sold(self, offer: Offer) -> str:
        today = paris_day()
        if not offer.is_active or (offer.sold_until and offer.sold_until < today):
            return "non"
        if offer.sold_from and offer.sold_from > today:
            return f"à partir du {day(offer.sold_from)}"
        return f"jusqu’au {day(offer.sold_until)}" if offer.sold_until else "oui"


class VatRules(CatalogueList):
    model = VatRule
    base_url_path = "commerce/tva"
    menu_label = "Règles de TVA"
    menu_icon = "globe"
    permission_helper_class = Changing
    empty = (
        "Aucune règle pour l’instant : la commande « load_offers » écrit celles de départ, qui valent déjà."
    )
    list_display = ("zone", "said_rate", "category", "mention")
    ordering = ("pk",)
    panels = [
        HelpPanel(
            "Ce que portent les lignes d’un client de cette zone, dès la prochaine commande. Devis, commandes et "
            "factures déjà faits gardent leur TVA.",
        ),
        FieldPanel("zone", read_only=True),
        FieldRowPanel([FieldPanel("rate"), FieldPanel("category")], heading="Taux"),
        MultiFieldPanel([FieldPanel("mention"), FieldPanel("exemption_code")], heading="Mention légale"),
    ]

    @column("taux", "rate")
    def said_rate(self, rule: VatRule) -> str:
        return "celui de l’offre" if rule.rate is None else f"{rule.rate.normalize():f} %".replace(".", ",")


class Capitals(forms.CharField):
    """A code as it is kept, however it is typed."""

    def to_python(self, value) -> str:
        return "".join(super().to_python(value).split()).upper()


class DiscountCodeForm(WagtailAdminModelForm):
    code = Capitals(
        label="Code",
        max_length=DiscountCode._meta.get_field("code").max_length,
        help_text="majuscules, chiffres et tirets",
    )


class CodeState(SimpleListFilter):
    title = "validité"
    parameter_name = "validite"

    def lookups(self, request, model_admin):
        return [("valables", "Valables aujourd’hui"), ("passes", "Passés ou retirés"), ("a-venir", "À venir")]

    def queryset(self, request, queryset):
        today = paris_day()
        later = Q(valid_from__gt=today, is_active=True)
        over = Q(is_active=False) | Q(valid_until__lt=today)
        if self.value() == "a-venir":
            return queryset.filter(later)
        if self.value() == "passes":
            return queryset.filter(over)
        return queryset.exclude(later | over) if self.value() == "valables" else queryset


class DiscountCodes(CatalogueList):
    model = DiscountCode
    base_url_path = "commerce/codes"
    menu_label = "Codes de remise"
    menu_icon = "tag"
    permission_helper_class = Adding
    add_label = "Nouveau code"
    empty = "Aucun code de remise pour l’instant. Ajoutez-en un, et donnez-le à vos clients."
    list_display = ("code", "label", "takes_off", "used", "valid")
    list_filter = (CodeState,)
    search_fields = ("code", "label")
    ordering = ("code",)
    edit_handler = ObjectList(
        [
            HelpPanel(
                "Le client tape ce code dans son panier. Une commande annulée rend l’utilisation ; une commande ou un "
                "devis déjà faits gardent leur remise.",
            ),
            FieldRowPanel([FieldPanel("code"), FieldPanel("label")], heading="Code"),
            FieldRowPanel([FieldPanel("percent"), FieldPanel("amount")], heading="Remise, en % ou en euros"),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")], heading="Validité"),
            FieldPanel("offers", widget=forms.CheckboxSelectMultiple),
            MultiFieldPanel(
                [FieldPanel("most_orders"), FieldPanel("once_an_employer"), FieldPanel("is_active")],
                heading="Utilisations",
            ),
        ],
        base_form_class=DiscountCodeForm,
    )

    def get_queryset(self, request) -> QuerySet:
        counted = ~Q(orders__state=Order.State.CANCELLED)
        return super().get_queryset(request).annotate(orders_made=Count("orders", filter=counted))

    @column("remise")
    def takes_off(self, code: DiscountCode) -> str:
        if code.percent is not None:
            return f"{code.percent.normalize():f} %".replace(".", ",")
        return f"{euros(code.amount)} HT"

    @column("utilisations", "orders_made")
    def used(self, code: DiscountCode) -> str:
        most = "" if code.most_orders is None else f" sur {code.most_orders}"
        return f"{code.orders_made}{most}"

    @column("valable", "valid_until")
    def valid(self, code: DiscountCode) -> str:
        today = paris_day()
        if not code.is_active:
            return "retiré"
        if code.valid_from and code.valid_from > today:
            return f"à partir du {day(code.valid_from)}"
        if code.valid_until:
            until = day(code.valid_until)
            return f"jusqu’au {until}" if code.valid_until >= today else f"échu le {until}"
        return "oui"
