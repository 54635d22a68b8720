from django import forms
from django.db import models, transaction
from django.urls import reverse
from django.utils.html import format_html
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.locks import WorkflowLock
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

    comment = forms.CharField(
        label="Motif",
        help_text="L’employeur le lit dans son espace et par e-mail.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CommentForm(forms.Form):
    """Approving may say something to the recruiter."""

    comment = forms.CharField(
        label="Commentaire",
        help_text="L’employeur le lit dans son espace et par e-mail.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReviewLock(WorkflowLock):
    """While it is read, an ad is its reviewers'. Wagtail's sentences are for pages of any gender."""

    def get_message(self, user):
        if not self.for_user(user):
            return None
        if user.is_office:
            return "Cette annonce est en relecture\u00a0: seuls ses relecteurs peuvent la modifier."
        return format_html(
            "Cette annonce est en relecture\u00a0: pour la modifier, retirez-la d’abord de la relecture, "
            '<a href="{}">sur sa page</a>.',
            reverse("recruiting:ad", args=[self.object.pk]),
        )

    def get_locked_by(self, user, can_lock=False):
        return "Déverrouillée" if can_lock else "En relecture"

    def get_description(self, user, can_lock=False):
        if can_lock:
            return "Verrouillez-la pour être le seul de l’équipe à pouvoir la modifier."
        return "Seuls les relecteurs peuvent la modifier et l’approuver."


class ReviewTask(GroupApprovalTask):
    """The one step of "Relecture": the office approves, which publishes and spends the credit, or sends back."""

    lock_class = ReviewLock

    class Meta:
        verbose_name = "relecture d’annonces"

    def get_form_for_action(self, action):
        return ReasonForm if action == "reject" else CommentForm

    def get_actions(self, obj, user):
        words = {
            ("reject", True): "Renvoyer avec un motif",
            ("approve", False): "Approuver",
            ("approve", True): "Approuver avec un commentaire",
        }
        return [(name, words[name, modal], modal) for name, _, modal in super().get_actions(obj, user)]

    def on_action(self, task_state, user, action_name, **kwargs):
        """Approve or send back. An approval that the guard refuses leaves the ad in review and tells who can mend it.

        Raises placements.PlacementRefused, in words for the office, also for a refusal without a reason and for a
        second verdict. Locks the ad and its review.
        """
        from pages import review

        if action_name == "reject":
            # The editor hands over what its window collected without asking a form again.
            review.refuse_without_reason(task_state, kwargs.get("comment", ""))
        with review.telling_of_refusal(task_state), transaction.atomic():
            review.hold(task_state)
            if action_name == "approve":
                review.refuse_unlawful(task_state)
            super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls):
        return "L’équipe relit l’annonce avant sa parution"
