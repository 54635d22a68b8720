"""Keeps recruiters to their own objects, and turns a refused publication into a message in the editor."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.defaults import page_not_found
from wagtail.admin import messages
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.api.v3.errors import problem_response
from wagtail.models import Page

from accounts.access import EDITORS

from . import own_objects
from .permissions import WRITES_FOR
from .placements import PlacementRefused

ADMIN = f"/{settings.WAGTAIL_ADMIN_URL_PREFIX}/"
API = "/api/v3/"


class OwnObjectsMiddleware:
    """In admin and API an outsider finds its own pages and images; all else answers 404, absent or somebody's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if request.path.startswith(ADMIN):
            return _admin(request, view_kwargs)
        if request.path.startswith(API):
            return _api(request, view_kwargs)
        return None


def _admin(request: HttpRequest, kwargs: dict) -> HttpResponse | None:
    user, name = request.user, request.resolver_match.view_name
    if not user.is_authenticated or own_objects.is_office(user) or name in own_objects.OPEN:
        return None
    writes_for = frozenset(m.employer_id for m in request.memberships if m.role in EDITORS)
    # What the testers of this request's pages need not ask again: its person is read anew by the next one.
    setattr(user, WRITES_FOR, writes_for)
    if not writes_for:
        return _no_page(request)
    if name in own_objects.LED and _explores_its_own(user, kwargs):
        return redirect(own_objects.LED[name])
    if name not in own_objects.ALLOWED or not own_objects.ids_are_own(request, name, kwargs):
        return _no_page(request)
    return None


def _explores_its_own(user, kwargs: dict) -> bool:
    parent = kwargs.get("parent_page_id")
    return parent is None or own_objects.may_edit_page(user, parent)


def _no_page(request: HttpRequest) -> HttpResponse:
    return page_not_found(request, "", template_name="wagtailadmin/404.html")


def _api(request: HttpRequest, kwargs: dict) -> HttpResponse | None:
    if any("\0" in value for values in request.GET.lists() for value in values[1]):
        # PostgreSQL takes none, and answers with an error of ours.
        return problem_response(status=422, detail="Un paramètre contient un caractère nul.")
    # The API knows people by their token alone, never by the session.
    name = request.resolver_match.url_name
    if not BearerTokenAuth()(request):
        is_open = name in own_objects.API_PUBLIC
        return None if is_open else problem_response(status=401, detail="Authentication required")
    if own_objects.is_office(request.user):
        return None
    pages = [kwargs["page_id"]] if "page_id" in kwargs else []
    if name == "list_pages" and request.method == "POST":
        pages.append(_parent_in(request))
    if not all(own_objects.may_edit_page(request.user, pk) for pk in pages):
        return problem_response(status=404, detail="Not found")
    if name not in own_objects.API_ALLOWED or not own_objects.writes_for_an_employer(request.user):
        return problem_response(status=403, detail="Cette action est réservée à l’équipe d’ASH Job.")
    return None


def _parent_in(request: HttpRequest) -> object:
    """The page under which a creation asks to stand."""
    try:
        return json.loads(request.body)["meta"]["parent_id"]
    except (ValueError, KeyError, TypeError):
        return None


class PlacementRefusedMiddleware:
    """A publication that the guard refused in the admin: say why, back in the editor; nothing typed is lost.

    The revision was saved before the guard was asked, so the editor opens with it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, PlacementRefused):
            return None
        sentence = _which(request, exception.ad_id) + " ".join(exception.messages)
        if not request.accepts("text/html"):
            body = {"success": False, "error_code": exception.code, "error_message": sentence}
            return JsonResponse(body, status=422)
        offers = messages.button(reverse("billing:offers"), "Voir nos offres")
        buttons = [offers] if exception.code == "no_credit" else []
        messages.error(request, sentence, buttons=buttons)
        return redirect(_back(request, exception.ad_id))


def _which(request: HttpRequest, ad_id: int | None) -> str:
    """Before the sentence, the ad's name where several were chosen: it is the first that was refused."""
    if not ad_id or not request.resolver_match or request.resolver_match.view_name != "wagtail_bulk_action":
        return ""
    title = Page.objects.filter(pk=ad_id).values_list("draft_title", flat=True).first()
    return f"«\u00a0{title}\u00a0» n’est pas publiée, ni ce qui la suivait dans la sélection. "


def _back(request: HttpRequest, ad_id: int | None) -> str:
    """The editor of the ad, or where the person came from (a bulk action)."""
    match = request.resolver_match
    if ad_id and match and match.view_name.startswith("wagtailadmin_pages:"):
        return reverse("wagtailadmin_pages:edit", args=[ad_id])
    came_from = request.POST.get("next") or request.META.get("HTTP_REFERER", "")
    if url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        return came_from
    return reverse("wagtailadmin_home")
