"""The mails one wants, a copy of one's data, the end of one's account."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts import deletion, exports
from accounts.forms.deletion import DeletionForm
from accounts.forms.notifications import NotificationsForm
from accounts.models import DataExport
from accounts.ratelimits import limited

from .me import frame


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("account", "60/h/user")
def notifications(request: HttpRequest) -> HttpResponse:
    """A box for each kind of mail."""
    form = NotificationsForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, "Vos choix sont enregistrés.")
        return redirect("accounts:notifications")
    return render(request, "accounts/notifications.html", frame(request) | {"form": form})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("data_export", "5/d/user")
def my_data(request: HttpRequest) -> HttpResponse:
    """The copies that are there; a POST asks for one."""
    if request.method == "POST":
        exports.ask(request.user)
        messages.success(request, "Votre copie se prépare\u00a0: un e-mail vous dira quand elle est prête.")
        return redirect("accounts:my_data")
    rows = DataExport.objects.filter(user=request.user.pk, expires_at__gt=timezone.now())
    context = {"exports": rows, "is_waiting": any(row.ready_at is None for row in rows)}
    return render(request, "accounts/my_data.html", frame(request) | context)


@never_cache
@login_required
@require_GET
def download(request: HttpRequest, public_id) -> FileResponse:
    """One's own copy, while it is kept."""
    found = DataExport.objects.filter(
        user=request.user.pk, expires_at__gt=timezone.now(), ready_at__isnull=False
    )
    export = get_object_or_404(found, public_id=public_id)
    try:
        file = export.file.open("rb")
    except FileNotFoundError as absent:
        raise Http404 from absent
    response = FileResponse(
        file,
        as_attachment=True,
        filename=f"mes-donnees-ash-job-{export.ready_at:%Y-%m-%d}.zip",
        content_type="application/zip",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("delete_account", "10/h/user")
def delete_account(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, or what must be done first; with the password, do it."""
    user = request.user
    obstacles = deletion.obstacles(user)
    form = DeletionForm(user, request.POST if request.method == "POST" else None)
    if form.is_bound and not obstacles and form.is_valid():
        try:
            deletion.delete_account(user)
        except deletion.DeletionRefused as refusal:
            obstacles = refusal.sentences
        else:
            logout(request)
            messages.success(request, "Votre compte est supprimé. Un e-mail le confirme.")
            return redirect("/")
    context = {"form": form, "obstacles": obstacles}
    return render(request, "accounts/delete_account.html", frame(request) | context)
