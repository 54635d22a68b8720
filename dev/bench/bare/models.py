"""Page types of the same fields and panels as ours, and nothing else: what Wagtail itself costs.

They are made from ours field by field, so that a field added there is measured on both sides. They have no
migrations, their tables are made after those of the site; no site ever installs this application.
"""

from django.apps import apps
from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.models import Orderable, Page

from pages.editor.forms import OFFICE_FIELDS
from pages.models import CompanyPage, JobAd

#: What a recruiter's editor of a web ad does not show either: the office's fields, and the magazine's.
NOT_SHOWN = {*OFFICE_FIELDS, "print_text"}
GROUPS = (FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface)


def copies(model: type[models.Model], without: set[str]) -> dict:
    """The model's own fields, as new ones without a way back to them."""
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return {f.name: copy_of(f) for f in fields if f.name not in without and not f.primary_key}


def copy_of(field: models.Field) -> models.Field:
    if not field.is_relation:
        return field.clone()
    # A relation is taken apart by hand: Django does so only once all models are there.
    said = {name: getattr(field, name) for name in ("verbose_name", "help_text", "blank")} | {
        "related_name": "+"
    }
    target = field.remote_field.model
    if field.many_to_many:
        return ParentalManyToManyField(target, **said)
    return models.ForeignKey(target, field.remote_field.on_delete, null=field.null, **said)


def panels_of(panel, inline: set[str]):
    """The same tree of Wagtail's own panels; ours stand for nothing in it. `inline`: relation names that exist."""
    if isinstance(panel, GROUPS):
        kind = next(cls for cls in type(panel).__mro__ if cls in GROUPS)
        children = [panels_of(child, inline) for child in panel.children]
        return kind([child for child in children if child], heading=panel.heading)
    if isinstance(panel, PublishingPanel):
        return PublishingPanel()
    if isinstance(panel, InlinePanel):
        if panel.relation_name not in inline:
            return None
        return InlinePanel(panel.relation_name, heading=panel.heading, label=panel.label)
    if isinstance(panel, FieldPanel) and panel.field_name not in NOT_SHOWN:
        return FieldPanel(panel.field_name, widget=getattr(panel, "widget", None), heading=panel.heading)
    return None


def page_type(name: str, original: type[Page], attributes: dict) -> type[Page]:
    inline = {key.remote_field.related_name: key for key in keys_to(original)}
    attributes |= {
        "__module__": __name__,
        "edit_handler": panels_of(original.edit_handler, set(inline)),
        **copies(original, without={"page_ptr", "employer"}),
    }
    made = type(name, (Page,), attributes)
    for accessor, key in inline.items():
        row = copies(key.model, without={key.name, "sort_order"})
        row |= {
            "__module__": __name__,
            key.name: ParentalKey(made, on_delete=models.CASCADE, related_name=accessor),
        }
        type(f"{name}{key.model.__name__}", (Orderable,), row)
    return made


def keys_to(original: type[Page]) -> list[ParentalKey]:
    """From the rows that are written in the page's own editor."""
    rows = apps.all_models["pages"].values()
    keys = [f for row in rows for f in row._meta.local_fields if isinstance(f, ParentalKey)]
    return [key for key in keys if key.remote_field.model is original]


BareCompany = page_type("BareCompany", CompanyPage, {"subpage_types": ["bare.BareAd"]})
BareAd = page_type("BareAd", JobAd, {"parent_page_types": ["bare.BareCompany"], "subpage_types": []})
