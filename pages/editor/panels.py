"""Panels that the editors of ads and company pages share."""

from wagtail.admin.panels import FieldPanel, ObjectList, PublishingPanel
from wagtail.admin.widgets import AdminDateTimeInput


def office_tab() -> ObjectList:
    """Fields that `OwnPageForm` takes away from everybody else: the tab is then empty and not shown."""
    return ObjectList(
        [
            FieldPanel("slug"),
            FieldPanel("seo_title"),
            FieldPanel("search_description"),
        ],
        heading="Office",
    )


def schedule() -> PublishingPanel:
    """When the ad goes live. When it ends is the placement's to say."""
    attrs = {
        "data-controller": "w-action",
        "data-action": "w-dialog:hidden->w-action#reset",
        "data-w-dialog-target": "notify",
    }
    widget = AdminDateTimeInput(js_overlay_parent_selector="#schedule-publishing-dialog", attrs=attrs)
    return PublishingPanel(
        children=[FieldPanel("go_live_at", widget=widget, heading="Date de mise en ligne")]
    )
