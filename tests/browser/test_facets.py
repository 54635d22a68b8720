"""Facets, chips, map and the empty list in a real Chromium, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from search import indexing
from tests.search import build

from .axe import check
from .conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.elasticsearch]


@pytest.fixture
def ads(elasticsearch):
    of = build.company(build.employer(credit=10))
    cdd = build.term(build.ContractType, "cdd")
    build.ad(of, pay_min=2000)
    build.ad(of, contract_type=cdd, pay_min=3000)
    build.ad(of, contract_type=cdd, place="Lille")
    indexing.rebuild("ads")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_choosing_at_a_desk(new_page, live_server, ads, scripts):
    page = new_page(DESK, java_script=scripts)
    page.goto("/annonces/")
    heading = page.get_by_role("heading", level=1)

    def choose(label):
        page.get_by_role("checkbox", name=re.compile(label)).check()
        if not scripts:
            page.get_by_role("button", name="Filtrer").click()

    choose("CDD")
    expect(heading).to_have_text("2 annonces")
    assert "contract=cdd" in page.url
    if scripts:
        assert page.url.endswith("/annonces/?contract=cdd")
        # The focus stays on what was chosen, what stood open stays open, and the address is one to go back to.
        expect(page.get_by_role("checkbox", name=re.compile("CDD"))).to_be_focused()
        expect(page.locator("#found")).to_have_text("2 annonces")
    page.locator("summary").filter(has_text="Département").click()
    choose("Nord")
    expect(heading).to_contain_text("1 annonce")
    assert page.locator("#fold-department").get_attribute("open") is not None
    page.get_by_label("De", exact=True).fill("2,5k")
    page.keyboard.press("Enter")
    expect(heading).to_contain_text("0 annonce")
    expect(
        page.get_by_role("link", name="Retirer le filtre À partir de 2 500 € brut par mois")
    ).to_be_visible()
    expect(page.get_by_role("heading", name="Aucune annonce ne correspond pour l’instant")).to_be_visible()
    if scripts:
        check(page)
    page.get_by_role("link", name=re.compile("Tous les salaires 1")).click()
    expect(heading).to_contain_text("1 annonce")
    page.get_by_role("link", name="Retirer le filtre Nord (59)").click()
    expect(heading).to_have_text("2 annonces")
    page.go_back()
    expect(heading).to_contain_text("1 annonce")
    page.get_by_role("link", name="Tout effacer").click()
    page.get_by_role("link", name="Carte").click()
    expect(heading).to_have_text("3 annonces")
    if scripts:
        check(page)
    page.locator(".map-land a path").filter(has_text="Nord (59)").click()
    expect(heading).to_have_text("1 annonce Nord (59)")
    page.get_by_role("link", name="Carte").click()
    page.get_by_role("link", name="Rhône (69)").click()
    expect(heading).to_have_text("3 annonces")
    assert page.url.endswith("/annonces/?department=59&department=69")


def test_filters_on_a_phone(new_page, live_server, ads):
    page = new_page(PHONE)
    check(page, "/annonces/carte/?contract=cdd")
    check(page, "/annonces/?pay_from=beaucoup")
    page.goto("/annonces/")
    filters = page.locator(".filters > summary")
    filters.click()
    page.get_by_role("checkbox", name=re.compile("CDD")).check()
    expect(page.get_by_role("button", name="Voir 2 annonces")).to_be_visible()
    expect(filters).to_have_text("Filtres (1)")
    check(page)
    page.get_by_role("button", name="Voir 2 annonces").click()
    expect(page.get_by_role("checkbox", name=re.compile("CDD"))).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 annonces")
