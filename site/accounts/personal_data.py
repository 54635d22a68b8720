"""What accounts and the platform below it keep about a person: for the copy of its data, and for its erasure.

The layers above add theirs by signals. `tests/accounts/test_personal_data.py` walks every model that refers to a
person, and fails for one that neither is given out or erased nor has a reason why not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import ForeignObjectRel, Q
from post_office.models import Email
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    APIToken,
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    Revision,
    TaskState,
    UploadedFile,
    WorkflowState,
)
from wagtail.users.models import UserProfile

from . import notifications
from .models import Invitation, TeamEvent, User

if TYPE_CHECKING:
    from .exports import Archive


def addresses_of(user: User) -> list[str]:
    """The addresses that are the person's, in small letters: the one it logs in with, and others it confirmed.

    None that was only typed: whoever typed it would be given, or would erase, what is another's.
    """
    rows = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return sorted({address.lower() for address in (user.email, *rows)})


# --- The copy ---------------------------------------------------------------------------------------------------------


def export(user: User, archive: Archive) -> None:
    """Write all of it. No password, no key of a second factor, no token, no key of a session."""
    archive.add("compte", _account(user))
    _export_security(user, archive)
    _export_team(user, archive)
    _export_writing(user, archive)
    archive.add(
        "emails_recus",
        Email.objects.filter(to__in=addresses_of(user)).order_by("pk").values("subject", "created"),
    )


def _account(user: User) -> dict:
    return {
        "identifiant": user.public_id,
        "civilite": user.get_civility_display(),
        "prenom": user.first_name,
        "nom": user.last_name,
        "adresse_email": user.email,
        "telephone": user.phone,
        "inscription": user.date_joined,
        "derniere_connexion": user.last_login,
        "groupes": [group.name for group in user.groups.order_by("name")],
        "adresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "emails_choisis": {kind.label: wanted for kind, wanted in notifications.choices_of(user).items()},
        "choix_d_emails": list(user.notification_choices.values("kind", "wanted", "updated_at")),
        "copies_demandees": list(user.data_exports.values("asked_at", "ready_at")),
    }


def _export_security(user: User, archive: Archive) -> None:
    archive.add(
        "appareils",
        UserSession.objects.filter(user=user).values("ip", "user_agent", "created_at", "last_seen_at"),
    )
    archive.add(
        "seconds_facteurs",
        [
            {
                "nature": factor.get_type_display(),
                "nom": factor.data.get("name", ""),
                "ajoute_le": factor.created_at,
                "dernier_usage": factor.last_used_at,
            }
            for factor in Authenticator.objects.filter(user=user).order_by("pk")
        ],
    )
    archive.add(
        "comptes_lies",
        SocialAccount.objects.filter(user=user).values(
            "provider", "uid", "extra_data", "date_joined", "last_login"
        ),
    )
    archive.add(
        "jetons_api",
        APIToken.objects.filter(user=user).values("name", "created", "revoked_at", "last_used_at"),
    )


def _export_team(user: User, archive: Archive) -> None:
    archive.add(
        "organisations",
        [
            {"organisation": m.employer.legal_name, "role": m.get_role_display(), "depuis": m.created_at}
            for m in user.memberships.select_related("employer")
        ],
    )
    what = (
        "employer__legal_name",
        "role",
        "created_at",
        "sent_at",
        "expires_at",
        "accepted_at",
        "revoked_at",
    )
    archive.add("invitations_envoyees", Invitation.objects.filter(invited_by=user).values("email", *what))
    archive.add("invitations_recues", Invitation.objects.filter(email__in=addresses_of(user)).values(*what))
    events = TeamEvent.objects.filter(Q(actor=user) | Q(person=user) | Q(email__in=addresses_of(user)))
    archive.add(
        "historique_des_equipes",
        [
            {
                "organisation": event.employer.legal_name,
                "quoi": event.get_kind_display(),
                "par_vous": event.actor_id == user.pk,
                "vous_concerne": event.person_id == user.pk,
                "adresse_invitee": event.email,
                "ancien_role": event.get_old_role_display(),
                "nouveau_role": event.get_new_role_display(),
                "motif": event.reason,
                "le": event.created_at,
            }
            for event in events.select_related("employer")
        ],
    )


def _export_writing(user: User, archive: Archive) -> None:
    """What the person did in the editor. The pages themselves are the employer's: their titles, and when."""
    archive.add(
        "reglages_de_l_editeur",
        UserProfile.objects.filter(user=user).values(
            "preferred_language", "current_time_zone", "theme", "contrast", "avatar"
        ),
    )
    archive.add("pages_creees", Page.objects.filter(owner=user).values("title", "first_published_at"))
    archive.add("versions_ecrites", Revision.objects.filter(user=user).values("object_str", "created_at"))
    archive.add(
        "actions",
        [
            row
            for log in (PageLogEntry, ModelLogEntry)
            for row in log.objects.filter(user=user).order_by("pk").values("label", "action", "timestamp")
        ],
    )
    archive.add("actions_sur_le_compte", _log_about(user).values("action", "timestamp", "data"))
    archive.add(
        "images_deposees",
        get_image_model().objects.filter(uploaded_by_user=user).values("title", "created_at"),
    )
    archive.add(
        "documents_deposes",
        get_document_model().objects.filter(uploaded_by_user=user).values("title", "created_at"),
    )
    archive.add("commentaires", Comment.objects.filter(user=user).values("page__title", "text", "created_at"))
    archive.add(
        "reponses_aux_commentaires", CommentReply.objects.filter(user=user).values("text", "created_at")
    )
    archive.add(
        "relectures_demandees", WorkflowState.objects.filter(requested_by=user).values("created_at", "status")
    )
    archive.add(
        "relectures_faites", TaskState.objects.filter(finished_by=user).values("finished_at", "comment")
    )


# --- The erasure ------------------------------------------------------------------------------------------------------


def erase(user: User) -> None:
    """Take away whatever would go with the account's row, its sessions, the mails to its addresses, its names in logs.

    Call it before the account is emptied: it looks for the addresses. Raises nothing of its own.
    """
    addresses = addresses_of(user)
    Email.objects.filter(to__in=addresses).delete()
    Invitation.objects.filter(email__in=addresses).delete()
    TeamEvent.objects.filter(email__in=addresses).update(email="")
    TeamEvent.objects.filter(person=user).update(reason="")
    _log_about(user).update(label="", data={})
    for session in UserSession.objects.filter(user=user):
        session.end()
    for profile in UserProfile.objects.filter(user=user).exclude(avatar=""):
        profile.avatar.delete(save=False)
    for upload in UploadedFile.objects.filter(uploaded_by_user=user):
        upload.delete()
    # A page that nobody else may unlock would stay shut.
    Page.objects.filter(locked_by=user).update(locked=False, locked_by=None, locked_at=None)
    for relation in User._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and relation.on_delete is models.CASCADE:
            relation.field.model._base_manager.filter(**{relation.field.name: user}).delete()


def _log_about(user: User) -> models.QuerySet:
    """What the office did to the account (its second factor, its rights)."""
    kind = ContentType.objects.get_for_model(User)
    return ModelLogEntry.objects.filter(content_type=kind, object_id=str(user.pk))
