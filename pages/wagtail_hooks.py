"""The editor as recruiters see it, and the office's lists."""

from django.contrib.messages import get_messages
from django.db.models import Q
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.admin.staticfiles import versioned_static
from wagtail.log_actions import LogFormatter
from wagtail_modeladmin.options import modeladmin_register

from . import own_objects, wordings
from .editor import action_menu
from .editor.choosers import commune_chooser
from .editor.employer import employer_item, follow
from .magazine import editor_views as insert_views
from .magazine import views as magazine_views
from .magazine.office import Magazine
from .models import CompanyPage, JobAd
from .office import Messages
from .words import published_sentence

modeladmin_register(Magazine)
modeladmin_register(Messages)


@hooks.register("register_admin_urls")
def magazine_urls():
    return magazine_views.urlpatterns


@hooks.register("register_admin_urls")
def urls_of_the_ad_editor():
    return insert_views.urlpatterns


@hooks.register("register_admin_viewset")
def communes():
    return commune_chooser


class SpaceItem(MenuItem):
    """A way back to the recruiter's own screens; the office has none."""

    def is_shown(self, request):
        return _is_outsider(request)


def _is_outsider(request) -> bool:
    return not own_objects.is_office(request.user)


@hooks.register("construct_main_menu")
def no_menu_for_recruiters(request, menu_items):
    """Their menu is the space's; the side bar of the editor leads back there."""
    if _is_outsider(request):
        menu_items[:] = [item for item in menu_items if item.name in {"employeur", "espace", "annonces"}]


@hooks.register("register_admin_menu_item")
def for_whom():
    return employer_item()


@hooks.register("before_edit_page")
def for_the_pages_employer(request, page):
    follow(request, page)


@hooks.register("register_admin_menu_item")
def back_to_the_space():
    return SpaceItem("Mon espace", own_objects.SPACE, icon_name="home", name="espace", order=1)


@hooks.register("register_admin_menu_item")
def back_to_the_ads():
    return SpaceItem("Mes annonces", own_objects.ADS, icon_name="list-ul", name="annonces", order=2)


class SiteSearch(SearchArea):
    """Wagtail searches everybody's pages; recruiters search what the public finds."""

    def is_shown(self, request):
        return _is_outsider(request)


@hooks.register("register_admin_search_area")
def search_the_site():
    # First of the areas: the side bar's field belongs to the first.
    return SiteSearch("Annonces du site", "/annonces/", name="site", icon_name="search", order=-1)


@hooks.register("construct_explorer_page_queryset")
@hooks.register("construct_page_chooser_queryset")
def own_pages(*args):
    """Pages that a recruiter sees in lists, should one be opened: its employers' own."""
    request = args[-1]
    pages = args[-2]
    if not _is_outsider(request):
        return pages
    employers = own_objects.employers_of(request.user)
    companies = CompanyPage.objects.filter(employer__in=employers).values("pk")
    ads = JobAd.objects.filter(employer__in=employers).order_by().values("pk")
    return pages.filter(Q(pk__in=companies) | Q(pk__in=ads))


@hooks.register("construct_image_chooser_queryset")
def own_images(images, request):
    """Without this a recruiter also sees what lies in collections above its own, and where it only reads."""
    if not _is_outsider(request):
        return images
    # By the keys themselves: the chooser's search filters by nothing that needs a join.
    return images.filter(collection__in=own_objects.collections_of(request.user))


@hooks.register("construct_homepage_summary_items")
def no_summary_for_recruiters(request, summary_items):
    if _is_outsider(request):
        summary_items.clear()


@hooks.register("construct_homepage_panels")
def no_panels_for_recruiters(request, panels):
    if _is_outsider(request):
        panels.clear()


@hooks.register("construct_wagtail_userbar")
def no_userbar_for_recruiters(request, items, page):
    if _is_outsider(request):
        items.clear()


@hooks.register("insert_editor_js")
def submit_after_the_autosave():
    return format_html('<script src="{}"></script>', versioned_static("js/editor-submit.js"))


@hooks.register("insert_editor_js")
def save_what_is_typed_while_nobody_looks():
    return format_html('<script src="{}"></script>', versioned_static("js/editor-unsaved.js"))


@hooks.register("insert_editor_js")
def say_what_is_missing_in_an_ad():
    return format_html('<script src="{}" defer></script>', versioned_static("js/ad-editor.js"))


@hooks.register("construct_page_action_menu")
def next_step_first(menu_items, request, context):
    page = context.get("page")
    if not isinstance(page, (JobAd, CompanyPage)):
        return
    if not _is_outsider(request):
        action_menu.for_reviewers(menu_items)
        return
    label = "Publier l’annonce" if isinstance(page, JobAd) else "Publier la page"
    action_menu.for_recruiters(menu_items, label)


@hooks.register("after_edit_page")
def sent_to_review(request, page):
    """Wagtail's sentence has links of the office's screens; the space says it in ours."""
    if not isinstance(page, JobAd) or not _is_outsider(request) or not request.POST.get("action-submit"):
        return None
    # Read, they are gone.
    list(get_messages(request))
    messages.success(
        request,
        f"«\u00a0{page.title}\u00a0» est envoyée à la relecture. Vous serez prévenu par e-mail de la réponse.",
    )
    return redirect("recruiting:ad", pk=page.pk)


@hooks.register("after_edit_page")
def said_of_a_review(request, page):
    """What became of the ad, and on to the next that waits."""
    if not isinstance(page, JobAd) or "action-workflow-action" not in request.POST:
        return None
    sentence = action_menu.SAID.get(request.POST.get("workflow-action-name", ""))
    if sentence is None or _is_outsider(request):
        return None
    list(get_messages(request))
    messages.success(request, sentence.format(title=page.title))
    return redirect("wagtailadmin_home")


@hooks.register("after_publish_page")
def to_the_space(request, page):
    """What became of the page, in a sentence, back in the space."""
    if not isinstance(page, (JobAd, CompanyPage)) or not _is_outsider(request):
        return None
    messages.success(request, published_sentence(page, timezone.now()))
    return redirect(own_objects.ADS if isinstance(page, JobAd) else own_objects.SPACE)


@hooks.register("after_unpublish_page")
def to_the_space_again(request, page):
    if not isinstance(page, (JobAd, CompanyPage)) or not _is_outsider(request):
        return None
    messages.success(request, f"«\u00a0{page.title}\u00a0» n’est plus en ligne.")
    return redirect(own_objects.ADS if isinstance(page, JobAd) else own_objects.SPACE)


@hooks.register("after_delete_page")
def to_the_ads(request, page):
    if not isinstance(page, JobAd) or not _is_outsider(request):
        return None
    messages.success(request, f"Le brouillon «\u00a0{page.title}\u00a0» est supprimé.")
    return redirect(own_objects.ADS)


@hooks.register("register_log_actions")
def what_the_history_says(actions):
    @actions.register_action(wordings.LOGGED)
    class PublishedWithWarnings(LogFormatter):
        label = "Mentions à relire"

        def format_message(self, log_entry):
            words = ", ".join(f"«\u00a0{words}\u00a0»" for words in log_entry.data.get("words", []))
            return f"Publiée avec des mentions à relire, que personne n’a confirmées\u00a0: {words}"
