"""The office's list of contact messages."""

from wagtail.admin.panels import FieldPanel
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin

from .models import ContactMessage


class Received(PermissionHelper):
    """Messages come from the contact form; the office reads them and notes that they are dealt with."""

    def user_can_create(self, user) -> bool:
        return False

    def user_can_delete_obj(self, user, obj) -> bool:
        return False


class Messages(ModelAdmin):
    model = ContactMessage
    base_url_path = "messages"
    menu_label = "Messages"
    menu_icon = "mail"
    menu_order = 320
    list_display = ("sent_at", "name", "organisation", "subject", "handled_at")
    list_filter = ("subject",)
    search_fields = ("name", "organisation", "email", "body")
    list_per_page = 50
    permission_helper_class = Received
    panels = [
        FieldPanel("name", read_only=True),
        FieldPanel("email", read_only=True),
        FieldPanel("phone", read_only=True),
        FieldPanel("organisation", read_only=True),
        FieldPanel("subject", read_only=True),
        FieldPanel("body", read_only=True),
        FieldPanel("handled_at"),
    ]
