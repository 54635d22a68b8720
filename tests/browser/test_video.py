"""The video of a company page: nothing reaches its provider before somebody asks for it, with a mouse or a keyboard."""

import pytest
from playwright.sync_api import expect

from tests.pages.test_company_tiers import give, write_brand

from .conftest import DESK, PHONE
from .people import link

pytestmark = pytest.mark.browser

PROVIDER = "https://www.youtube-nocookie.com/"
PLAYER = "<!doctype html><html lang='fr'><title>Lecteur</title><button>Pause</button></html>"


@pytest.fixture
def company_page(ormeaux):
    write_brand(ormeaux.company_page)
    give(ormeaux)
    return ormeaux.company_page


class Provider:
    """Stands for the provider's server, which lies outside the machine: answers, and keeps what it was asked."""

    def __init__(self, page):
        self.asked: list[str] = []
        self.referrers: list[str | None] = []
        page.context.route("**/*youtube*/**", self._answer)

    def _answer(self, route) -> None:
        self.asked.append(route.request.url)
        self.referrers.append(route.request.headers.get("referer"))
        route.fulfill(content_type="text/html", body=PLAYER)


def opened(page, company_page) -> tuple:
    provider = Provider(page)
    page.goto(company_page.get_url())
    film = link(page, "Lire la vidéo")
    film.scroll_into_view_if_needed()
    return provider, film


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_click_puts_the_player_in_the_place_of_the_picture(new_page, live_server, company_page, viewport):
    page = new_page(viewport)
    provider, film = opened(page, company_page)
    expect(page.locator("figure.video figcaption")).to_contain_text("rien n’en est chargé")
    assert provider.asked == []
    place = film.bounding_box()
    film.click()
    frame = page.locator("figure.video iframe")
    expect(frame).to_have_attribute("title", "Une journée")
    expect(page.frame_locator("figure.video iframe").get_by_role("button", name="Pause")).to_be_visible()
    assert [address.startswith(PROVIDER) for address in provider.asked] == [True]
    assert provider.referrers == [f"{live_server.url}/"], "the provider learns the site, not the page"
    assert film.count() == 0
    assert page.url.endswith(company_page.get_url()), "the reader stays on the page"
    # Nothing below it jumps, and it is no wider than the page.
    assert frame.bounding_box()["height"] == pytest.approx(place["height"], abs=2)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.context.cookies() == []


def test_the_keyboard_reaches_it_starts_it_and_leaves_it(new_page, live_server, company_page):
    page = new_page()
    provider, film = opened(page, company_page)
    film.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(film).to_be_focused()
    outline = film.evaluate(
        "node => getComputedStyle(node).outlineStyle + getComputedStyle(node).outlineWidth"
    )
    assert outline not in ("none0px", "none3px"), "a keyboard's user sees where they are"
    page.keyboard.press("Enter")
    expect(page.locator("figure.video iframe")).to_be_focused()
    expect(page.frame_locator("figure.video iframe").get_by_role("button", name="Pause")).to_be_visible()
    assert len(provider.asked) == 1
    # Through the player, and out of it to what follows.
    transcript = page.get_by_text("Lire la transcription")
    for _ in range(4):
        page.keyboard.press("Tab")
        if transcript.evaluate("node => document.activeElement === node"):
            break
    expect(transcript).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("On entend la cour.")).to_be_visible()


def test_another_tab_and_a_page_without_script_lead_to_the_provider_s_own_page(
    new_page, live_server, company_page
):
    page = new_page()
    provider, film = opened(page, company_page)
    # The click is left to the browser. Seen here and stopped: another tab would ask the network before we can answer.
    page.evaluate(
        "document.addEventListener('click', event => { window.left = !event.defaultPrevented;"
        " event.preventDefault() }, { once: true })"
    )
    film.click(modifiers=["Control"])
    page.wait_for_function("window.left !== undefined")
    assert page.evaluate("window.left")
    assert page.locator("iframe").count() == 0
    expect(film).to_be_visible()
    plain = new_page(java_script=False)
    provider, film = opened(plain, company_page)
    film.click()
    plain.wait_for_url("https://www.youtube.com/watch?v=aqz-KE-bpKQ")
    assert len(provider.asked) == 1
