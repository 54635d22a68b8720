"""Before there is an account: the entrance, signing up, the link in the mail."""

from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import returning, signup
from accounts.access import is_candidate
from accounts.forms import LinkAgainForm, SignUpForm
from accounts.middleware import current_employer
from accounts.ratelimits import allowed, limited

#: A stranger's address may be typed again and again: its owner gets no more mails than this.
MAILS_TO_ONE_ADDRESS = "4/h/key"


@require_GET
def recruiter_entrance(request: HttpRequest) -> HttpResponse:
    """ "Espace recruteur": log in, or create a space (G1). Who is logged in goes straight in."""
    if request.user.is_authenticated:
        return redirect("accounts:arrival")
    return render(request, "accounts/recruiter_entrance.html", {"next": returning.peek(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@limited("signup", "10/h/ip,40/d/ip")
def sign_up(request: HttpRequest, kind: str) -> HttpResponse:
    """The form of a new account (G4), the same for recruiters and candidates but for its words."""
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if _may_mail(request, data["email"]):
            signup.sign_up(kind, **data)
        request.session["signed_up_email"] = data["email"]
        return redirect("accounts:sign_up_sent")
    return render(request, "accounts/sign_up.html", {"form": form, "kind": kind})


@require_GET
def sign_up_sent(request: HttpRequest) -> HttpResponse:
    """ "Look into your mailbox": the same for new and known addresses."""
    email = request.session.get("signed_up_email")
    if not email:
        return redirect("accounts:recruiter_entrance")
    return render(request, "accounts/sign_up_sent.html", {"email": email})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("new_password1", "new_password2")
@limited("choose_password", "20/h/ip")
def choose_password(request: HttpRequest, key: str) -> HttpResponse:
    """The link of the sign-up mail: choose the password, and with it confirm the address (G5)."""
    address = signup.address_awaiting_password(key)
    if address is None:
        return _link_is_over(request)
    form = SetPasswordForm(address.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not signup.choose_first_password(request, address, form.cleaned_data["new_password1"]):
            return _link_is_over(request)
        request.session.pop("signed_up_email", None)
        messages.success(request, "Votre mot de passe est enregistré : vous pouvez vous connecter.")
        return redirect("account_login")
    return render(request, "accounts/choose_password.html", {"form": form, "email": address.email})


@require_POST
@limited("signup", "10/h/ip,40/d/ip")
def link_again(request: HttpRequest) -> HttpResponse:
    """Mail a new link. The answer is the same whether the address is known or not."""
    form = LinkAgainForm(request.POST)
    if not form.is_valid():
        return _link_is_over(request, form)
    email = form.cleaned_data["email"]
    if _may_mail(request, email):
        signup.send_link_again(email)
    request.session["signed_up_email"] = email
    return redirect("accounts:sign_up_sent")


@require_GET
def arrival(request: HttpRequest) -> HttpResponse:
    """Where a log-in leads: each to the place where its work is."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    if current_employer(request):
        return redirect(returning.take(request) or "recruiting:space")
    if request.user.is_office:
        return redirect("wagtailadmin_home")
    return redirect("recruiting:candidate_space" if is_candidate(request.user) else "accounts:organisation")


def _may_mail(request: HttpRequest, email: str) -> bool:
    return allowed(request, "signup_mail", MAILS_TO_ONE_ADDRESS, key=email.lower())


def _link_is_over(request: HttpRequest, form: LinkAgainForm | None = None) -> HttpResponse:
    context = {"form": form or LinkAgainForm()}
    return render(request, "accounts/link_is_over.html", context, status=400 if form else 410)
