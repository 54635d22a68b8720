from django import forms
from django.db import models, transaction
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import GroupApprovalTask


@register_setting(icon="clipboard-list", order=300)
class ReviewSettings(BaseSiteSetting):
    """Whose ads the office reads before the public does. The office edits it under "Réglages"."""

    class Required(models.TextChoices):
        NONE = "none", "Personne : les annonces paraissent tout de suite"
        NEW = "new", "Les nouveaux employeurs, jusqu’à leur première parution"
        ALL = "all", "Tous les employeurs"

    required_of = models.CharField(
        "relecture demandée à", max_length=4, choices=Required.choices, default=Required.NONE
    )

    class Meta:
        verbose_name = "relecture des annonces"


class ReasonForm(forms.Form):
    """Sending an ad back says why: the recruiter reads it and can mend it."""

    comment = forms.CharField(label="Motif", widget=forms.Textarea(attrs={"rows": 4}))


class ReviewTask(GroupApprovalTask):
    """The one step of "Relecture": the office approves, which publishes and spends the credit, or sends back."""

    class Meta:
        verbose_name = "relecture d’annonces"

    def get_form_for_action(self, action):
        return ReasonForm if action == "reject" else super().get_form_for_action(action)

    def get_actions(self, obj, user):
        words = {"reject": "Renvoyer avec un motif", "approve": "Approuver"}
        # Without the second "approve": its comment would reach nobody.
        return [
            (name, words[name], modal)
            for name, _, modal in super().get_actions(obj, user)
            if name == "reject" or not modal
        ]

    def on_action(self, task_state, user, action_name, **kwargs):
        """Approve or send back. An approval that the guard refuses leaves the ad in review and tells its author.

        Raises placements.PlacementRefused, in words for the office.
        """
        from pages import review

        with review.telling_of_refusal(task_state, user), transaction.atomic():
            super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls):
        return "L’équipe relit l’annonce avant sa parution"
