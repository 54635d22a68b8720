"""The catalogue: offers and their prices."""

from django.contrib.admin import SimpleListFilter
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel

from billing.models import Offer
from reference.dates import paris_day

from .base import Adding, OfficeList, by_choice, column, day, euros


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


class Offers(OfficeList):
    model = Offer
    base_url_path = "commerce/offres"
    menu_label = "Offres"
    menu_icon = "clipboard-list"
    permission_helper_class = Adding
    inspect_view_enabled = False
    history_view_enabled = True
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
