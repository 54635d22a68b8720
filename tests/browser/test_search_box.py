"""The search bar in a real browser: suggestions by keyboard and mouse, "autour de moi", and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from search import indexing, remembered
from tests.browser import axe
from tests.browser.conftest import PHONE
from tests.browser.people import button, press, search
from tests.search import build

pytestmark = [pytest.mark.browser, pytest.mark.elasticsearch, pytest.mark.django_db(transaction=True)]
BRON = {"latitude": 45.7361, "longitude": 4.9120}


@pytest.fixture
def ads(elasticsearch):
    """Two ads of one employer, in Lyon and in Lille."""
    company = build.company(build.employer("Association Les Tilleuls"))
    build.ad(company, title="Éducatrice spécialisée en IME", place="Lyon")
    build.ad(company, title="Éducateur spécialisé en MECS", place="Lille")
    indexing.rebuild("ads")
    indexing.rebuild("companies")
    remembered.forget()


def options(page, name):
    return page.get_by_role("listbox", name=name).get_by_role("option")


@axe.both_widths
def test_names_are_proposed_and_chosen_by_keyboard(ads, new_page, viewport):
    page = new_page(viewport)
    page.goto("/")
    words, where = page.get_by_role("combobox", name="Métier"), page.get_by_role("combobox", name="Où")
    expect(words).to_have_attribute("aria-expanded", "false")

    words.press_sequentially("éduc sp")
    expect(options(page, "Suggestions").first).to_contain_text("Éducateur spécialisé")
    expect(words).to_have_attribute("aria-expanded", "true")
    words.press("ArrowDown")
    chosen = options(page, "Suggestions").first
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(words).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    axe.check(page)
    words.press("Enter")  # takes the name, and stays on the page
    expect(words).to_have_value("Éducateur spécialisé")
    expect(words).to_have_attribute("aria-expanded", "false")

    where.press_sequentially("lyo")
    options(page, "Lieux").first.click()
    expect(where).to_have_value("Lyon (69)")
    where.press("Backspace")
    expect(options(page, "Lieux").first).to_be_visible()
    where.press("Escape")
    expect(page.get_by_role("listbox", name="Lieux")).to_be_hidden()
    with page.expect_navigation():
        where.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("à moins de 30 km de Lyon (69)")
    expect(page.get_by_role("link", name="Éducatrice spécialisée en IME")).to_be_visible()
    axe.check(page)


def test_an_employer_a_place_in_the_words_and_the_way_back(ads, new_page):
    page = new_page()
    page.goto("/annonces/")
    words = page.get_by_role("combobox", name="Métier")
    words.press_sequentially("tileuls")
    expect(options(page, "Suggestions")).to_contain_text(["Association Les Tilleuls"])
    words.fill("")
    words.press_sequentially("mecs lill")
    options(page, "Suggestions").filter(has_text="Lille (59)").click()
    expect(words).to_have_value("mecs")
    expect(page.get_by_role("combobox", name="Où")).to_have_value("Lille (59)")

    page.goto("/annonces/?q=éducateur+lille")
    expect(page.get_by_text("Lieu compris dans vos mots")).to_contain_text("Lille (59), rayon de 30 km")
    press(page.get_by_role("link", name="partout"))
    expect(page.get_by_role("combobox", name="Métier")).to_have_value("éducateur lille")
    expect(page.get_by_text("Lieu compris")).to_have_count(0)


def test_around_me_is_asked_for_and_rounded(ads, new_page):
    page = new_page(PHONE)
    page.goto("/annonces/")
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(BRON)
    where = page.get_by_role("combobox", name="Où")
    expect(where).to_have_value("")
    button(page, "Autour de moi").click()
    expect(where).to_have_value("Autour de moi (45.74, 4.91)")
    expect(page.get_by_role("status").filter(has_text="arrondie au kilomètre")).to_be_visible()
    press(button(page, "Rechercher"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("à moins de 30 km de votre position")
    expect(page.get_by_role("link", name="en IME")).to_be_visible()
    axe.check(page)
    page.context.clear_permissions()


def test_everything_works_without_javascript(ads, new_page):
    page = new_page(java_script=False)
    page.goto("/")
    expect(button(page, "Autour de moi")).to_be_hidden()
    search(page, "educ spé lyon")
    expect(page.get_by_text("Lieu compris dans vos mots")).to_contain_text("Lyon (69)")
    expect(page.get_by_role("link", name="en IME")).to_be_visible()
    page.goto("/annonces/?place=saint+denis")
    press(page.get_by_role("list", name="Autres lieux de ce nom").get_by_role("link").first)
    expect(page.locator("[name=place]:not([type=hidden])")).to_have_value(re.compile("Saint-Denis"))
    page.goto("/entreprises/")
    search(page, "tilleuls", "Villeurbanne")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 entreprise")
