"""Lists of what went out, or did not: transmissions to the platform, mails that failed."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from post_office.models import STATUS, Email
from wagtail.admin import messages
from wagtail.log_actions import log

from accounts.models import User
from billing.models import Transmission
from billing.sheets import Column

from . import exports
from .actions import ask, office_action, posted
from .base import OfficeList, by_choice, column, day
from .filters import by_dates
from .forms import ConfirmForm

SENT_AGAIN = "billing.mail_sent"
_SMALL = "button button-small button-secondary"


class Transmissions(OfficeList):
    model = Transmission
    base_url_path = "commerce/transmissions"
    menu_label = "Transmissions"
    menu_icon = "upload"
    empty = "Aucune facture transmise pour l’instant\u202f: aucune plateforme n’est réglée, ou rien n’est facturé."
    list_display = ("number", "customer", "state", "sent", "message", "tries")
    list_filter = (
        by_choice("state", "état", Transmission.State.choices),
        by_dates("invoice__issued_on", "de facture"),
    )
    list_select_related = ("invoice",)
    search_fields = ("invoice__number", "invoice__buyer_name", "remote_id")
    ordering = ("-pk",)
    inspect_view_enabled = False
    exports = exports.TRANSMISSIONS

    @column("facture", "invoice__number")
    def number(self, row: Transmission) -> str:
        return row.invoice.number

    @column("client", "invoice__buyer_name")
    def customer(self, row: Transmission) -> str:
        return row.invoice.buyer_name

    @column("transmise le", "sent_at")
    def sent(self, row: Transmission) -> str:
        return day(row.sent_at)

    def row_buttons(self, row: Transmission, user: User) -> list[dict]:
        url = reverse("commerce_factures_modeladmin_inspect", args=[row.invoice_id])
        return [
            {"url": url, "label": "Facture", "title": f"Ouvrir {row.invoice.number}", "classname": _SMALL}
        ]


class FailedMails(OfficeList):
    """Only those that failed for good, and nothing of what they say: some let a person in."""

    model = Email
    base_url_path = "commerce/mails"
    menu_label = "E-mails en échec"
    menu_icon = "mail"
    empty = "Aucun e-mail en échec pour l’instant."
    list_display = ("recipients", "subject", "made", "why")
    list_filter = (by_dates("created", "d’écriture", moments=True),)
    search_fields = ("to", "subject")
    ordering = ("-created", "-pk")
    inspect_view_enabled = False
    exports = (
        Column("Destinataires", lambda mail: ", ".join(mail.to)),
        Column("Objet", "subject"),
        Column("Écrit le", "created"),
    )

    def get_queryset(self, request) -> QuerySet[Email]:
        return super().get_queryset(request).filter(status=STATUS.failed).prefetch_related("logs")

    @column("destinataire", "to")
    def recipients(self, mail: Email) -> str:
        return ", ".join(mail.to)

    @column("écrit le", "created")
    def made(self, mail: Email) -> str:
        return day(mail.created)

    @column("raison")
    def why(self, mail: Email) -> str:
        said = [entry.message for entry in mail.logs.all() if entry.message]
        return said[-1][:200] if said else "–"

    def row_buttons(self, mail: Email, user: User) -> list[dict]:
        if not user.has_perm("post_office.change_email"):
            return []
        url = reverse("billing_office_mail_again", args=[mail.pk])
        return [{"url": url, "label": "Renvoyer", "title": f"Renvoyer : {mail.subject}", "classname": _SMALL}]


@office_action("post_office.change_email")
def mail_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a mail that failed back into the queue."""
    mail = get_object_or_404(Email, pk=pk, status=STATUS.failed)
    back = reverse("commerce_mails_modeladmin_index")
    form = ConfirmForm(posted(request))
    if form.is_valid():
        # Once, if two people ask at the same time.
        again = Email.objects.filter(pk=mail.pk, status=STATUS.failed).update(
            status=STATUS.queued, number_of_retries=0, scheduled_time=None
        )
        if again:
            log(instance=request.user, action=SENT_AGAIN, user=request.user, data={"mail": mail.pk})
        messages.success(request, f"L’e-mail « {mail.subject} » repart dans la minute.")
        return redirect(back)
    return ask(
        request,
        form,
        title="Renvoyer l’e-mail",
        subtitle=mail.subject,
        explanation=f"À {', '.join(mail.to)}. Vérifiez d’abord que l’adresse est juste.",
        button="Renvoyer",
        back=back,
    )
