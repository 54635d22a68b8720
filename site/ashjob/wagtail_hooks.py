"""The office's first screen: what waits for somebody, each line a link to the list it is in."""

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component

from billing.models import Order
from pages.models import ContactMessage, PrintInsert


class Waiting(Component):
    """Counts what the person may see and has not been dealt with. One query a line."""

    name = "waiting"
    order = 10
    template_name = "wagtailadmin/waiting.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        orders = reverse("commerce_commandes_modeladmin_index")
        inserts = reverse("magazine_encarts_modeladmin_index")
        lines = [
            (
                "billing.view_order",
                "virement attendu,virements attendus",
                f"{orders}?suivi=virements",
                Order.objects.filter(state=Order.State.AWAITING_TRANSFER),
            ),
            (
                "billing.view_order",
                "facture à encaisser,factures à encaisser",
                f"{orders}?suivi=factures",
                Order.objects.filter(state=Order.State.ON_INVOICE),
            ),
            (
                "pages.view_contactmessage",
                "message sans réponse,messages sans réponse",
                reverse("messages_modeladmin_index"),
                ContactMessage.objects.filter(handled_at=None),
            ),
            (
                "pages.view_printinsert",
                "encart à mettre en page,encarts à mettre en page",
                f"{inserts}?state={PrintInsert.State.READY}",
                PrintInsert.objects.filter(state=PrintInsert.State.READY),
            ),
            (
                "pages.view_printinsert",
                "encart sans texte,encarts sans texte",
                f"{inserts}?state={PrintInsert.State.TEXT_MISSING}",
                PrintInsert.objects.filter(state=PrintInsert.State.TEXT_MISSING),
            ),
        ]
        return {
            "lines": [
                {"words": words, "url": url, "count": rows.count()}
                for permission, words, url, rows in lines
                if user.has_perm(permission)
            ]
        }


@hooks.register("construct_homepage_panels", order=-1)
def what_waits(request, panels):
    # Before the hook of `pages` that empties the home of recruiters.
    panels.append(Waiting())
