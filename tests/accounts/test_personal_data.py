"""Every model that refers to a person is in the copy of its data and goes with its account, or has a reason why not.

A new relation to a person fails the first tests here until it is named; the others make a row of each and look.
"""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.db import models
from django.test import Client
from django.test.utils import isolate_apps
from django.utils import timezone
from post_office.models import Email
from wagtail.admin.models import EditingSession, FormState
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.log_actions import log
from wagtail.models import (
    APIToken,
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageSubscription,
    TaskState,
    UploadedFile,
    WorkflowState,
)
from wagtail.users.models import UserProfile

from accounts import deletion, exports, notifications
from accounts.models import DataExport, Invitation, Membership, TeamEvent, User
from billing import carts, quotes
from billing.models import CreditMovement, OrderMove
from pages.models import AdModel, ContactMessage
from pages.review import workflow
from recruiting.models import ApplicationMove, CvAccess, Message
from tests.billing.shop import fill, order_of
from tests.factories import (
    ApplicationFactory,
    CandidateFactory,
    CreditLotFactory,
    CvFactory,
    JobAdFactory,
    MembershipFactory,
)
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db

#: In which file of the copy each relation is found.
EXPORTED = {
    "recruiting.Candidate.user": "profil_candidat",
    "recruiting.CvAccess.user": "cv_consultes",
    "recruiting.ApplicationMove.by": "candidatures_suivies",
    "recruiting.Message.author": "messages_ecrits",
    "pages.JobAd_notified.user": "annonces_dont_vous_etes_prevenu",
    "pages.AdModel.created_by": "modeles",
    "billing.Order.placed_by": "commandes",
    "billing.OrderMove.by": "suivi_des_commandes",
    "billing.CreditMovement.by": "credits_utilises",
    "billing.Quote.requested_by": "devis",
    "accounts.Membership.user": "organisations",
    "accounts.DataExport.user": "compte",
    "accounts.Invitation.invited_by": "invitations_envoyees",
    "accounts.NotificationChoice.user": "compte",
    "accounts.TeamEvent.actor": "historique_des_equipes",
    "accounts.TeamEvent.person": "historique_des_equipes",
    "accounts.User_groups.user": "compte",
    "wagtailusers.UserProfile.user": "reglages_de_l_editeur",
    "wagtaildocs.Document.uploaded_by_user": "documents_deposes",
    "wagtailimages.Image.uploaded_by_user": "images_deposees",
    "wagtailcore.APIToken.user": "jetons_api",
    "wagtailcore.ModelLogEntry.user": "actions",
    "wagtailcore.PageLogEntry.user": "actions",
    "wagtailcore.Revision.user": "versions_ecrites",
    "wagtailcore.WorkflowState.requested_by": "relectures_demandees",
    "wagtailcore.TaskState.finished_by": "relectures_faites",
    "wagtailcore.Page.owner": "pages_creees",
    "wagtailcore.Comment.user": "commentaires",
    "wagtailcore.CommentReply.user": "reponses_aux_commentaires",
    "account.EmailAddress.user": "compte",
    "mfa.Authenticator.user": "seconds_facteurs",
    "usersessions.UserSession.user": "appareils",
    "socialaccount.SocialAccount.user": "comptes_lies",
}
_OFFICE = (
    "an act of the office's, on a customer's record: the record is the customer's, the name that of a job"
)
_PASSING = "a trace of a screen that is open, gone within a day"
NOT_EXPORTED = {
    "pages.InsertMove.by": _OFFICE,
    "billing.Transfer.recorded_by": _OFFICE,
    "billing.TransferReturn.recorded_by": _OFFICE,
    "billing.BankStatement.imported_by": _OFFICE,
    "billing.BankEntry.settled_by": _OFFICE,
    "billing.TransmissionMove.by": _OFFICE,
    "billing.PaymentEvent.by": _OFFICE,
    "accounts.User_user_permissions.user": "rights are given by groups, which are in the copy; nobody has others",
    "wagtailadmin.EditingSession.user": _PASSING,
    "wagtailadmin.FormState.user": _PASSING,
    "wagtailcore.UploadedFile.uploaded_by_user": "a picture on its way in; once in, it is an image and in the copy",
    "wagtailcore.Page.locked_by": "the state of a page, and what was done to it is in the actions",
    "wagtailcore.Comment.resolved_by": "the state of another's comment",
    "wagtailcore.PageSubscription.user": "a setting of a page's comments, which says nothing of the person",
}
#: Rows that go with the account.
ERASED = {
    "recruiting.Candidate.user", "pages.JobAd_notified.user", "accounts.Membership.user", "accounts.DataExport.user",
    "accounts.NotificationChoice.user", "accounts.User_groups.user", "accounts.User_user_permissions.user",
    "wagtailusers.UserProfile.user", "wagtailadmin.EditingSession.user", "wagtailadmin.FormState.user",
    "wagtailcore.APIToken.user", "wagtailcore.UploadedFile.uploaded_by_user", "wagtailcore.Page.locked_by",
    "wagtailcore.Comment.user", "wagtailcore.CommentReply.user", "wagtailcore.PageSubscription.user",
    "account.EmailAddress.user", "mfa.Authenticator.user", "usersessions.UserSession.user",
    "socialaccount.SocialAccount.user",
}  # fmt: skip
_LEDGER = "a ledger or an order, which the law has kept: it refers to the emptied account, that names nobody"
_EMPLOYER_S = "the employer's work and its history: it refers to the emptied account, that names nobody"
NOT_ERASED = {
    "recruiting.CvAccess.user": "the candidate's right to know which employer opened its CV",
    "recruiting.ApplicationMove.by": _EMPLOYER_S,
    "recruiting.Message.author": "the other side of the conversation keeps what it was written",
    "pages.InsertMove.by": _EMPLOYER_S,
    "pages.AdModel.created_by": _EMPLOYER_S,
    "billing.Order.placed_by": _LEDGER,
    "billing.OrderMove.by": _LEDGER,
    "billing.CreditMovement.by": _LEDGER,
    "billing.Quote.requested_by": _LEDGER,
    "billing.Transfer.recorded_by": _LEDGER,
    "billing.TransferReturn.recorded_by": _LEDGER,
    "billing.BankStatement.imported_by": _LEDGER,
    "billing.BankEntry.settled_by": _LEDGER,
    "billing.TransmissionMove.by": _LEDGER,
    "billing.PaymentEvent.by": _LEDGER,
    "accounts.Invitation.invited_by": "the invited person's; it is forgotten ninety days after its end",
    "accounts.TeamEvent.actor": "the team's history, for three years, without name or address",
    "accounts.TeamEvent.person": "the team's history, for three years, without name or address",
    "wagtaildocs.Document.uploaded_by_user": _EMPLOYER_S,
    "wagtailimages.Image.uploaded_by_user": _EMPLOYER_S,
    "wagtailcore.ModelLogEntry.user": _EMPLOYER_S,
    "wagtailcore.PageLogEntry.user": _EMPLOYER_S,
    "wagtailcore.Revision.user": _EMPLOYER_S,
    "wagtailcore.WorkflowState.requested_by": _EMPLOYER_S,
    "wagtailcore.TaskState.finished_by": _EMPLOYER_S,
    "wagtailcore.Page.owner": _EMPLOYER_S,
    "wagtailcore.Comment.resolved_by": _EMPLOYER_S,
}
#: The office's alone: no recruiter and no candidate ever has such a row.
OFFICE_ONLY = {
    "pages.InsertMove.by", "billing.Transfer.recorded_by", "billing.TransferReturn.recorded_by",
    "billing.BankStatement.imported_by", "billing.BankEntry.settled_by", "billing.TransmissionMove.by",
    "billing.PaymentEvent.by", "wagtaildocs.Document.uploaded_by_user", "accounts.User_user_permissions.user",
}  # fmt: skip
#: Apps of the tests alone.
NOT_OURS = {"allauth_idp_oidc"}


def relations(registry=apps) -> dict[str, models.Field]:
    """Every field of every table that refers to a person, once: "accounts.Membership.user"."""
    return {
        f"{model._meta.label}.{field.name}": field
        for model in registry.get_models(include_auto_created=True)
        if model._meta.app_label not in NOT_OURS
        for field in model._meta.local_fields
        if field.is_relation and field.related_model in (User, "accounts.User")
    }


def rows(name: str, user: User):
    field = relations()[name]
    return field.model._base_manager.filter(**{field.name: user})


def test_every_relation_to_a_person_is_in_the_copy_or_says_why_not():
    assert set(relations()) == set(EXPORTED) | set(NOT_EXPORTED)
    assert not set(EXPORTED) & set(NOT_EXPORTED) and all(NOT_EXPORTED.values())


def test_every_relation_to_a_person_is_erased_or_says_why_not():
    assert set(relations()) == ERASED | set(NOT_ERASED)
    assert not ERASED & set(NOT_ERASED) and all(NOT_ERASED.values())


@isolate_apps("accounts")
def test_a_new_relation_is_noticed():
    class Diary(models.Model):
        writer = models.ForeignKey(User, models.CASCADE, related_name="+")

        class Meta:
            app_label = "accounts"

    assert list(relations(Diary._meta.apps)) == ["accounts.Diary.writer"]


@pytest.fixture
def everything(ormeaux, recruiter, colleague, sales):
    """A row of each relation for one person: a recruiter who is a candidate too."""
    person = colleague
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    candidate = CandidateFactory(user=person)
    CvFactory(candidate=candidate)
    ad = JobAdFactory(employer=ormeaux, live=True, owner=person)
    _recruiting(person, candidate, ad)
    _commerce(person, ormeaux)
    _account(person, ormeaux, recruiter, sales)
    _editor(person, ad, ormeaux)
    return person


def _recruiting(person, candidate, ad) -> None:
    application = ApplicationFactory(ad=ad, candidate=candidate, email=person.email)
    Message.objects.create(application=application, author=person, body="Un message")
    ApplicationMove.objects.create(application=application, to_state="entretien", by=person)
    CvAccess.objects.create(candidate=CandidateFactory(), employer=ad.employer, user=person)
    ad.notified.add(person)
    ad.save()
    AdModel.objects.create(employer=ad.employer, name="Un modèle", created_by=person)
    ContactMessage.objects.create(
        name="Moi", email=person.email.upper(), subject="autre", body="Une question"
    )


def _commerce(person, employer) -> None:
    order = order_of(employer, person)
    OrderMove.objects.create(order=order, to_state=order.state, by=person)
    lot = CreditLotFactory(employer=employer)
    CreditMovement.objects.create(
        lot=lot, kind="correction", quantity=1, reference="essai", by=person, at=timezone.now()
    )
    fill(employer, "web-3")
    quotes.request_quote(employer, carts.cart_of(employer).key, person)


def _account(person, employer, recruiter, sales) -> None:
    client = Client()
    client.post("/connexion/", {"login": person.email, "password": PASSWORD})
    TOTP.activate(person, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(person)
    SocialAccount.objects.create(user=person, provider="editeur", uid="42", extra_data={"name": "Chez eux"})
    notifications.choose(person, {notifications.TEAM: False})
    DataExport.objects.create(user=person, expires_at=timezone.now() + timedelta(days=1))
    soon = timezone.now() + timedelta(days=7)
    for email, by in (("tiers@test.example", person), (person.email, recruiter)):
        Invitation.objects.create(
            employer=employer, email=email, role="lecteur", invited_by=by, expires_at=soon
        )
    TeamEvent.objects.create(employer=employer, kind="invitation", actor=person, email="tiers@test.example")
    TeamEvent.objects.create(
        employer=employer,
        kind="nomination",
        actor=sales,
        person=person,
        email=person.email,
        reason="Un motif",
    )
    log(instance=person, action="accounts.second_factor_reset", user=sales, data={"reason": "Perdu"})
    Email.objects.create(from_email="a@b.example", to=[person.email], subject="Un e-mail", message="…")


def _editor(person, ad, employer) -> None:
    page = Page.objects.get(pk=ad.pk)
    image = get_image_model()(
        title="Façade", file=get_test_image_file(), collection=employer.collection, uploaded_by_user=person
    )
    image.save()
    UploadedFile.objects.create(
        file=ContentFile(b"x", name="en-route.png"),
        uploaded_by_user=person,
        for_content_type=ContentType.objects.get_for_model(image),
    )
    UserProfile.objects.update_or_create(
        user=person, defaults={"avatar": ContentFile(get_test_image_file().read(), name="moi.png")}
    )
    ad.save_revision(user=person, clean=False, log_action=True)
    log(instance=image, action="wagtail.edit", user=person)
    comment = Comment.objects.create(page=page, user=person, text="Un commentaire", contentpath="title")
    other = employer.memberships.exclude(user=person).first().user
    Comment.objects.create(page=page, user=other, text="Réglé", contentpath="title", resolved_by=person)
    CommentReply.objects.create(comment=comment, user=person, text="Une réponse")
    PageSubscription.objects.create(page=page, user=person, comment_notifications=True)
    state = WorkflowState.objects.create(
        content_type=ContentType.objects.get_for_model(ad),
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=str(ad.pk),
        workflow=workflow(),
        requested_by=person,
    )
    TaskState.objects.create(
        workflow_state=state,
        revision=ad.get_latest_revision(),
        task=workflow().tasks.first(),
        finished_by=person,
        content_type=ContentType.objects.get_for_model(TaskState),
    )
    kind = ContentType.objects.get_for_model(ad)
    EditingSession.objects.create(
        user=person, content_type=kind, object_id=str(ad.pk), last_seen_at=timezone.now()
    )
    FormState.objects.create(
        user=person, content_type=kind, object_id=str(ad.pk), data="title=x", last_updated_at=timezone.now()
    )
    APIToken.create_token(user=person, name="Mon outil")
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=person, locked_at=timezone.now())


def copy_of(user: User) -> dict[str, object]:
    DataExport.objects.filter(user=user).delete()
    export = exports.ask(user)
    exports.make(export.pk)
    export.refresh_from_db()
    with export.file.open("rb") as file, zipfile.ZipFile(io.BytesIO(file.read())) as archive:
        return {name: archive.read(name).decode(errors="replace") for name in archive.namelist()}


def test_the_person_has_a_row_of_each(everything):
    """Without this the two tests below could pass on nothing."""
    without = {name for name in relations() if not rows(name, everything).exists()}
    assert without == OFFICE_ONLY


def test_the_copy_holds_each(everything):
    files = copy_of(everything)
    expected = {f"{name}.json" for key, name in EXPORTED.items() if key not in OFFICE_ONLY}
    expected |= {"emails_recus.json", "invitations_recues.json", "actions_sur_le_compte.json"}
    expected |= {"messages_de_contact.json", "candidatures.json", "annonces.json"}
    assert expected <= set(files), expected - set(files)
    account = json.loads(files["compte.json"])
    assert account["adresses"] and account["choix_d_emails"] and account["groupes"]
    assert json.loads(files["comptes_lies.json"])[0]["extra_data"] == {"name": "Chez eux"}
    assert {row["nature"] for row in json.loads(files["seconds_facteurs.json"])}
    assert "Un motif" in files["historique_des_equipes.json"]


def test_the_copy_gives_no_secret_away(everything):
    secrets = [everything.password, "JBSWY3DPEHPK3PXP"]
    secrets += [value for row in Authenticator.objects.all() for value in row.data.values() if value]
    secrets += [row.key_hash for row in APIToken.objects.all()]
    secrets += [row.session_key for row in UserSession.objects.all()]
    text = "".join(copy_of(everything).values())
    assert not [secret for secret in map(str, secrets) if len(secret) > 5 and secret in text]


def test_the_copy_tells_nothing_of_others(everything, stranger):
    everything_s = "".join(copy_of(everything).values())
    assert stranger.email not in everything_s
    files = copy_of(stranger)
    assert set(files) <= {
        "LISEZ-MOI.txt", "compte.json", "organisations.json", "pages_creees.json", "versions_ecrites.json",
        "actions.json", "emails_recus.json",
    }  # fmt: skip


def test_an_address_that_was_only_typed_gives_and_erases_nothing(everything, stranger):
    """Or else: add somebody's address, never confirm it, ask for the copy, or close the account."""
    EmailAddress.objects.create(user=stranger, email=everything.email.upper(), verified=False)
    files = copy_of(stranger)
    assert "messages_de_contact.json" not in files and "invitations_recues.json" not in files
    MembershipFactory(employer=stranger.memberships.get().employer, role=Membership.Role.ADMINISTRATOR)
    deletion.delete_account(stranger)
    assert ContactMessage.objects.exists() and Invitation.objects.filter(email=everything.email).exists()


def test_the_account_takes_with_it_what_it_must(everything, commit):
    email, name = everything.email, everything.last_name
    avatar = UserProfile.objects.get(user=everything).avatar
    sessions = list(UserSession.objects.filter(user=everything).values_list("session_key", flat=True))
    kept = {key for key in NOT_ERASED if key not in OFFICE_ONLY}
    with commit():
        deletion.delete_account(everything)
    left = {key for key in ERASED if rows(key, everything).exists()}
    assert not left
    assert {key for key in kept if rows(key, everything).exists()} == kept, "what is kept, is kept"
    user = User.objects.get(pk=everything.pk)
    assert name not in str(user) and not user.is_active
    assert not Session.objects.filter(session_key__in=sessions).exists()
    assert not avatar.storage.exists(avatar.name)
    assert not Page.objects.filter(locked=True).exists()
    assert not ContactMessage.objects.exists() and not Invitation.objects.filter(email=email).exists()
    assert not TeamEvent.objects.filter(email=email).exists()
    assert not TeamEvent.objects.exclude(reason="").exists()
    about = ModelLogEntry.objects.get(action="accounts.second_factor_reset")
    assert (about.label, about.data) == ("", {})
    assert [row.subject for row in Email.objects.all() if email in row.to] in (
        [], ["Votre compte ASH Job est supprimé"],
    )  # fmt: skip
