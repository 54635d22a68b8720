"""How Django draws forms on this site."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Draws `{{ form }}` and `{{ field.as_field_group }}` with the site's own components.

    Widgets keep Django's templates, so that the Wagtail editor's own widgets are left alone.
    """

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
