"""The office's list of contact messages."""

from wagtail.admin.panels import FieldPanel

from billing.office.base import Changing, OfficeList, by_choice

from .models import ContactMessage


class Messages(OfficeList):
    """Messages come from the contact form; the office reads them and notes that they are dealt with."""

    model = ContactMessage
    base_url_path = "messages"
    menu_label = "Messages"
    menu_icon = "mail"
    menu_order = 320
    list_display = ("sent_at", "name", "organisation", "subject", "handled_at")
    list_filter = (by_choice("subject", "sujet", ContactMessage.Subject.choices),)
    search_fields = ("name", "organisation", "email", "body")
    permission_helper_class = Changing
    inspect_view_enabled = False
    empty = "Aucun message pour l’instant : ils viennent du formulaire de contact."
    panels = [
        FieldPanel("name", read_only=True),
        FieldPanel("email", read_only=True),
        FieldPanel("phone", read_only=True),
        FieldPanel("organisation", read_only=True),
        FieldPanel("subject", read_only=True),
        FieldPanel("body", read_only=True),
        FieldPanel("handled_at"),
    ]
