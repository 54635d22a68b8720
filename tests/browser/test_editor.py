"""The editor in a browser: what its scripts promise."""

import pytest
from playwright.sync_api import expect

from tests.factories import CreditLotFactory, JobAdFactory

from .people import button, log_in, publish, tab

pytestmark = pytest.mark.browser


def test_publishing_waits_for_the_draft_that_saves_itself(new_page, worker, recruiter, ormeaux):
    """Else the page that comes back refuses every later save as somebody else's, and its button opens a warning."""
    CreditLotFactory(employer=ormeaux)
    ad = JobAdFactory(employer=ormeaux, pay_min=2000)
    page = new_page()
    sent, held = [], []

    def hold_the_first_autosave(route):
        if "json" not in route.request.headers["accept"]:
            sent.append(route.request.post_data)
        elif not held:
            held.append(route)
            return
        route.continue_()

    # The editor looks for changes from two seconds after it has opened: what was typed before counts as there already.
    # Another form of the page says the same of itself, and may say it first.
    page.add_init_script(
        "addEventListener('w-unsaved:watch-edits', (event) => {"
        " window.watched ||= event.target.matches('[data-edit-form]') })"
    )
    log_in(page, recruiter.email)
    page.goto(f"/gestion/pages/{ad.pk}/edit/")
    page.route(
        "**/edit/",
        lambda route: hold_the_first_autosave(route) if route.request.method == "POST" else route.continue_(),
    )
    page.wait_for_function("window.watched")
    tab(page, "3. Les conditions")
    with page.expect_request(lambda request: request.method == "POST" and request.url.endswith("/edit/")):
        page.locator("input[name=pay_max]").fill("1")
    button(page, "Publier l’annonce").first.click()
    expect(page.locator("button[name=action-publish]").first).to_be_disabled()
    assert not sent
    with page.expect_navigation():
        held[0].continue_()
    assert "action-publish" in sent[0]
    expect(page.locator("body")).to_contain_text("il reste à compléter")
    tab(page, "3. Les conditions")
    with page.expect_response(
        lambda response: response.request.method == "POST" and "edit" in response.url
    ) as saved:
        page.locator("input[name=pay_max]").fill("3000")
    assert saved.value.ok, saved.value.text()
    publish(page, "Publier l’annonce")
    ad.refresh_from_db()
    assert ad.live, page.locator("main").inner_text()
