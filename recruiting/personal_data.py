"""What recruiting keeps about a person: into the copy of its data, and away with its account."""

from __future__ import annotations

from django.db.models import Q
from django.dispatch import receiver

from accounts.exports import Archive
from accounts.models import User
from accounts.personal_data import addresses_of
from accounts.signals import account_erased, data_exported

from . import cvs, library
from .models import Application, ApplicationMove, Candidate, CvAccess, Message


@receiver(data_exported, dispatch_uid="recruiting.data_exported")
def export(user: User, archive: Archive, **kwargs) -> None:
    """Profile, CVs with their files, applications with their conversations, who opened the CV, messages written."""
    archive.add(
        "messages_ecrits",
        Message.objects.filter(author=user).values("application__ad_title", "body", "sent_at"),
    )
    archive.add(
        "candidatures_suivies",
        ApplicationMove.objects.filter(by=user).values(
            "application__ad_title", "from_state", "to_state", "at"
        ),
    )
    archive.add(
        "cv_consultes", CvAccess.objects.filter(user=user).values("employer__legal_name", "at", "downloaded")
    )
    # Also those sent under the same address before, or without, being logged in.
    own = Application.objects.filter(
        Q(candidate__user=user) | Q(candidate=None, email__in=addresses_of(user))
    )
    archive.add("candidatures", [_application(row) for row in own.select_related("employer").order_by("pk")])
    candidate = Candidate.objects.select_related("profession", "commune").filter(user=user).first()
    if candidate is None:
        return
    archive.add("profil_candidat", _profile(candidate))
    archive.add("consultations_du_cv", candidate.accesses.values("employer__legal_name", "at", "downloaded"))
    for number, cv in enumerate(candidate.cvs.order_by("pk"), start=1):
        try:
            with cv.file.open("rb") as file:
                archive.add_file(f"cv-{number}.pdf", file)
        except FileNotFoundError:
            continue


def _profile(candidate: Candidate) -> dict:
    return {
        "metier": str(candidate.profession or ""),
        "commune": str(candidate.commune or ""),
        "rayon_km": candidate.radius_km,
        "experience": candidate.get_experience_display(),
        "diplomes": [str(diploma) for diploma in candidate.diplomas.all()],
        "publics": [str(public) for public in candidate.publics.all()],
        "contrats": [str(contract) for contract in candidate.contract_types.all()],
        "disponible_le": candidate.available_on,
        "titre": candidate.headline,
        "presentation": candidate.presentation,
        "accord_cvtheque": candidate.library_consent_at,
        "version_de_l_accord": candidate.library_consent_wording,
        "mis_a_jour": candidate.refreshed_at,
    }


def _application(application: Application) -> dict:
    return {
        "employeur": application.employer.legal_name,
        "annonce": application.ad_title,
        "envoyee_le": application.sent_at,
        "statut": application.get_state_display(),
        "prenom": application.first_name,
        "nom": application.last_name,
        "adresse_email": application.email,
        "telephone": application.phone,
        "lettre": application.letter,
        "reponses": application.answers,
        "messages": list(application.messages.values("from_candidate", "body", "sent_at")),
    }


@receiver(account_erased, dispatch_uid="recruiting.account_erased")
def erase(user: User, **kwargs) -> None:
    """Out of the CV library, CV files away; what an application carries stays with the employer who received it."""
    candidate = Candidate.objects.filter(user=user).first()
    if candidate is None:
        return
    library.withdraw_consent(candidate)
    for cv in candidate.cvs.all():
        cvs.discard(cv)
    candidate.delete()
