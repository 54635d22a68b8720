"""The rate of the late penalties, half-year by half-year. Documents already issued keep the text they had."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel

from billing.models import PenaltyRate

from .base import Adding, column, day
from .catalogue import CatalogueList


class PenaltyRates(CatalogueList):
    model = PenaltyRate
    base_url_path = "commerce/penalites"
    menu_label = "Taux des pénalités"
    menu_icon = "calendar"
    permission_helper_class = Adding
    add_label = "Nouveau semestre"
    empty = "Aucun taux pour l’instant : les factures disent la formule (BCE + 10 points, + 8 au public) sans chiffre."
    list_display = ("since", "ecb", "private", "public")
    ordering = ("-valid_from",)
    panels = [
        HelpPanel(
            "Ajoutez chaque semestre le taux de refinancement de la BCE au 1er janvier ou au 1er juillet. Sans taux "
            "du semestre en cours, les factures disent la formule sans chiffre. Celles déjà émises ne changent pas.",
        ),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("ecb_rate")], heading="Taux"),
    ]

    @column("à partir du", "valid_from")
    def since(self, rate: PenaltyRate) -> str:
        return day(rate.valid_from)

    @column("taux de la BCE", "ecb_rate")
    def ecb(self, rate: PenaltyRate) -> str:
        return _percent(rate, 0)

    @column("pénalités, clients privés")
    def private(self, rate: PenaltyRate) -> str:
        return _percent(rate, 10)

    @column("pénalités, clients publics")
    def public(self, rate: PenaltyRate) -> str:
        return _percent(rate, 8)


def _percent(rate: PenaltyRate, points: int) -> str:
    return f"{rate.ecb_rate + points:.2f} %".replace(".", ",")
