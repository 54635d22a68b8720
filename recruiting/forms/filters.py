from __future__ import annotations

from django import forms
from django.db.models import Q, QuerySet

from accounts.models import Employer
from recruiting.models import Application

SORTS = {
    "recentes": ("Les plus récentes", ["-sent_at", "-pk"]),
    "anciennes": ("Les plus anciennes", ["sent_at", "pk"]),
    "nom": ("Par nom", ["last_name", "first_name", "pk"]),
    "statut": ("Par statut", ["state", "-sent_at", "-pk"]),
}
SPONTANEOUS = "spontanees"


class ApplicationFilters(forms.Form):
    """What a recruiter asks of the list of applications. A value that makes no sense filters nothing."""

    q = forms.CharField(label="Nom ou e-mail", required=False, max_length=100)
    annonce = forms.ChoiceField(label="Annonce", required=False)
    statut = forms.ChoiceField(
        label="Statut",
        required=False,
        choices=[("", "Tous"), ("sans-reponse", "Sans réponse"), *Application.State.choices],
    )
    tri = forms.ChoiceField(
        label="Classer", required=False, choices=[(key, label) for key, (label, _) in SORTS.items()]
    )

    def __init__(self, data, employer: Employer):
        super().__init__(data)
        # Titles as they were when people applied: the ad itself may be gone.
        ads = (
            employer.applications.filter(ad__isnull=False)
            .order_by("ad_title")
            .values_list("ad_id", "ad_title")
            .distinct()
        )
        titles = {str(pk): title for pk, title in ads}
        self.fields["annonce"].choices = [
            ("", "Toutes"),
            (SPONTANEOUS, "Candidatures spontanées"),
            *titles.items(),
        ]

    def apply(self, applications: QuerySet[Application]) -> QuerySet[Application]:
        """The applications asked for, in the order asked for."""
        self.full_clean()
        asked = self.cleaned_data
        if words := asked.get("q", "").split():
            for word in words:
                applications = applications.filter(
                    Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word)
                )
        if asked.get("annonce") == SPONTANEOUS:
            applications = applications.filter(is_spontaneous=True)
        elif asked.get("annonce"):
            applications = applications.filter(ad_id=asked["annonce"])
        if asked.get("statut") == "sans-reponse":
            applications = applications.unanswered()
        elif asked.get("statut"):
            applications = applications.filter(state=asked["statut"])
        return applications.order_by(*SORTS[asked.get("tri") or "recentes"][1])

    @property
    def is_active(self) -> bool:
        """Whether anything is filtered."""
        return any(self.cleaned_data.get(name) for name in ("q", "annonce", "statut"))
