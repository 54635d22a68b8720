"""The office's screens of the search in the Wagtail admin."""

from typing import Any

from django.urls import path
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from search.office import SearchNotice, Upkeep
from search.views import vocabulary
from search.vocabulary.office import Vocabulary

register_snippet(Vocabulary)
modeladmin_register(Upkeep)


@hooks.register("register_admin_urls")
def vocabulary_screens():
    return [
        path("recherche/tester/", vocabulary.tester, name="search_office_tester"),
        path("recherche/appliquer/", vocabulary.apply, name="search_office_apply"),
    ]


@hooks.register("register_log_actions")
def log_vocabulary(actions):
    actions.register_action(vocabulary.ACTION, "Appliquer le vocabulaire", "Vocabulaire appliqué")


@hooks.register("construct_homepage_panels", order=-1)
def how_the_search_does(request: Any, panels: list[Any]) -> None:
    # Before the hook of `pages` that empties the home of recruiters.
    panels.append(SearchNotice())
