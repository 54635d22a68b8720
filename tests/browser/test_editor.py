"""The editor in a browser: what its scripts promise."""

import pytest
from playwright.sync_api import expect

from tests.factories import CreditLotFactory, JobAdFactory

from .people import button, log_in, publish, tab, until

pytestmark = pytest.mark.browser

CONDITIONS = "3. Les conditions"


class Autosaves:
    """The drafts that save themselves: the first is held until it is let go. `sent` is what a person sends."""

    def __init__(self, page):
        self.sent, self.held = [], []
        page.route("**/edit/", self._on_the_way)

    def _on_the_way(self, route):
        if route.request.method == "POST" and "json" not in route.request.headers["accept"]:
            self.sent.append(route.request.post_data)
        elif route.request.method == "POST" and not self.held:
            self.held.append(route)
            return
        route.continue_()

    def let_go(self):
        self.held[0].continue_()


@pytest.fixture
def editor(new_page, worker, recruiter, ormeaux):
    """The editor of an ad that can be paid for and published, just opened; the page counts its saves in `saves`."""
    CreditLotFactory(employer=ormeaux)
    ad = JobAdFactory(employer=ormeaux, pay_min=2000)
    page = new_page()
    page.add_init_script("saves = 0; addEventListener('w-autosave:success', () => { saves += 1 })")
    log_in(page, recruiter.email)
    autosaves = Autosaves(page)
    page.goto(f"/gestion/pages/{ad.pk}/edit/")
    return page, ad, autosaves


def write_pay(page, amount: str):
    """Into the ad's highest pay, whatever the editor is doing."""
    tab(page, CONDITIONS)
    page.locator("input[name=pay_max]").fill(amount)


def first_save_with(page, autosaves, amount: str):
    """Written as soon as the editor has opened, which is before it looks for changes."""
    write_pay(page, amount)
    until(lambda: autosaves.held, "a draft that saves itself", page=page)


def until_the_draft_says(page, ad, amount: int):
    def draft():
        ad.refresh_from_db()
        return ad.get_latest_revision_as_object().pay_max == amount

    until(draft, f"a draft that pays up to {amount}", page=page)


def be_refused(page):
    with page.expect_navigation():
        button(page, "Publier l’annonce").first.click()
    expect(page.locator("body")).to_contain_text("il reste à compléter")


def test_publishing_waits_for_the_draft_that_saves_itself(editor):
    """Else the page that comes back refuses every later save as somebody else's, and its button opens a warning."""
    page, ad, autosaves = editor
    first_save_with(page, autosaves, "1")
    button(page, "Publier l’annonce").first.click()
    expect(page.locator("button[name=action-publish]").first).to_be_disabled()
    assert not autosaves.sent
    with page.expect_navigation():
        autosaves.let_go()
    assert "action-publish" in autosaves.sent[0]
    expect(page.locator("body")).to_contain_text("il reste à compléter")
    write_pay(page, "3000")
    until_the_draft_says(page, ad, 3000)
    publish(page, "Publier l’annonce")
    ad.refresh_from_db()
    assert ad.live, page.locator("main").inner_text()


def test_what_is_typed_while_a_draft_is_being_saved_is_saved_after_it(editor):
    page, ad, autosaves = editor
    first_save_with(page, autosaves, "2500")
    write_pay(page, "2600")
    autosaves.let_go()
    until_the_draft_says(page, ad, 2600)


def test_a_refused_form_goes_on_saving_its_draft(editor):
    """The editor saves a refused form once, by itself, and then no more."""
    page, ad, autosaves = editor
    first_save_with(page, autosaves, "1")
    autosaves.let_go()
    page.wait_for_function("saves")
    be_refused(page)
    page.wait_for_function("saves")
    for amount in (3000, 3100):
        write_pay(page, str(amount))
        until_the_draft_says(page, ad, amount)
