"""The editors of the employers' pages, in numbered steps. Fields of the last tab are the office's alone."""

from django import forms
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.widgets import AdminDateTimeInput

from .choosers import CommuneWidget
from .forms import JobAdForm


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


AD_EDITOR = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel(
                    "title",
                    heading="Intitulé du poste",
                    help_text="par exemple « Éducateur spécialisé F/H en IME »",
                ),
                FieldPanel("profession"),
                FieldPanel("structure_type"),
                FieldPanel("commune", widget=CommuneWidget(show_edit_link=False)),
                FieldPanel("remote"),
                FieldPanel("lede"),
                FieldPanel("missions"),
            ],
            heading="1. Le poste",
        ),
        ObjectList(
            [
                FieldPanel("profile"),
                FieldPanel("publics", widget=forms.CheckboxSelectMultiple),
                FieldPanel("diplomas", widget=forms.CheckboxSelectMultiple),
                FieldPanel("experience"),
                FieldPanel("driving_licence"),
            ],
            heading="2. Le profil",
        ),
        ObjectList(
            [
                FieldRowPanel([FieldPanel("contract_type"), FieldPanel("contract_length")]),
                FieldRowPanel([FieldPanel("working_time"), FieldPanel("hours")]),
                FieldPanel("starts_on"),
                FieldPanel("agreement"),
                FieldRowPanel([FieldPanel("pay_min"), FieldPanel("pay_max"), FieldPanel("pay_period")]),
                FieldPanel("benefits"),
            ],
            heading="3. Les conditions",
        ),
        ObjectList(
            [FieldPanel("apply_mode"), FieldPanel("apply_url"), schedule()], heading="4. Les candidatures"
        ),
        ObjectList(
            [
                FieldPanel(
                    "print_text",
                    help_text="Le texte de l’encart : 600 signes au plus. L’intitulé et votre nom s’y ajoutent.",
                )
            ],
            heading="5. Le magazine",
        ),
        office_tab(),
    ],
    base_form_class=JobAdForm,
)
