"""What the office does for the people of a customer: a page that asks for a reason, a POST that calls one service."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from wagtail.admin import messages

from accounts import office_help
from accounts.models import Employer, Membership, User
from accounts.team import TeamError

from .actions import ask, customer_page, office_action, posted
from .people_forms import AdministratorForm, ReasonForm


@office_action("accounts.appoint_administrator")
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Name an administrator for a customer that has none left."""
    employer, actor = get_object_or_404(Employer, pk=pk), cast(User, request.user)
    form = AdministratorForm(posted(request), employer=employer)
    if form.is_valid():
        email, reason = form.cleaned_data["email"], form.cleaned_data["reason"]
        try:
            done = office_help.appoint_administrator(employer, actor, email, reason)
        except TeamError as refusal:
            form.add_error(None, refusal)
        else:
            sentence = f"Une invitation à administrer {employer} est partie à {email}."
            if isinstance(done, Membership):
                sentence = f"{done.user} administre maintenant {employer}."
            messages.success(request, sentence)
            return redirect(customer_page(employer))
    return ask(
        request,
        form,
        title="Nommer un administrateur",
        subtitle=employer,
        explanation=(
            "À faire après avoir vérifié, en rappelant l’organisme, que la personne y travaille. Un membre de l’équipe "
            "devient administrateur tout de suite ; une autre personne reçoit une invitation, valable sept jours. "
            "Toute l’équipe en est prévenue, et le motif s’inscrit dans son historique."
        ),
        button="Nommer cet administrateur",
        back=customer_page(employer),
    )


@office_action("accounts.reset_second_factor")
def second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Let in again somebody who lost telephone and recovery codes. The office's own people: administrators only."""
    person, actor = get_object_or_404(User, pk=pk), cast(User, request.user)
    if not office_help.may_reset(actor, person):
        raise PermissionDenied
    back = _page_of(person, actor)
    form = ReasonForm(posted(request))
    if form.is_valid():
        try:
            office_help.reset_second_factor(person, actor, form.cleaned_data["reason"])
        except TeamError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request, f"Le second facteur de {person} est réinitialisé. Un e-mail l’en prévient."
            )
            return redirect(back)
    return ask(
        request,
        form,
        title="Réinitialiser le second facteur",
        subtitle=f"{person} ({person.email})",
        explanation=(
            "À faire après avoir rappelé la personne à un numéro que vous connaissiez déjà. Son application, ses clés "
            "d’accès et ses codes de secours ne serviront plus, ses connexions seront fermées : son mot de passe "
            "suffira à la prochaine. Elle en est prévenue par e-mail, motif compris."
        ),
        button="Réinitialiser",
        is_grave=True,
        back=back,
    )


def _page_of(person: User, reader: User) -> str:
    """Where the reader came from: the person's customer, else the list of accounts, else the admin."""
    employer = Employer.objects.of(person).first()
    if employer and reader.has_perm("accounts.view_employer"):
        return customer_page(employer)
    if reader.is_superuser:
        return reverse("wagtailusers_users:edit", args=[person.pk])
    return reverse("wagtailadmin_home")
