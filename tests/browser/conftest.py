"""A real Chromium on the real site, with the worker at its side."""

import os
import threading
import uuid

import pytest
from django.db import connections
from playwright.sync_api import expect, sync_playwright

from search import index, indexing
from tests.tools import run_tasks

# Playwright's synchronous interface keeps an event loop in this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A person's browser does not say that it has no head; the site's statistics leave robots out.
PERSON = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def chromium(browser_path):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium, live_server):
    """`new_page()` opens a page with cookies of its own, in French, that fails the test on a script error.

    With BROWSER_SHOTS=folder every page's last look is kept there as a picture.
    """
    contexts = []
    errors: list[str] = []

    def make(viewport=DESK, java_script=True):
        context = chromium.new_context(
            base_url=live_server.url,
            viewport=viewport,
            locale="fr-FR",
            java_script_enabled=java_script,
            user_agent=PERSON,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    expect.set_options(timeout=10_000)
    yield make
    for number, context in enumerate(contexts):
        if shots := os.environ.get("BROWSER_SHOTS"):
            context.pages[0].screenshot(path=f"{shots}/{number}.png", full_page=False, timeout=5000)
        context.close()
    assert not errors, errors


@pytest.fixture
def worker(transactional_db):
    """The worker, in a thread: tasks run and mails are sent while the browser looks on."""
    stop = threading.Event()
    failures: list[BaseException] = []

    def work() -> None:
        try:
            while not stop.wait(0.2):
                run_tasks()
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=work, name="worker")
    thread.start()
    yield
    stop.set()
    thread.join()
    assert not failures, failures


@pytest.fixture
def elasticsearch(settings, transactional_db):
    """Elasticsearch with indices of this test's own, empty."""
    settings.ELASTICSEARCH_PREFIX = f"test-{uuid.uuid4().hex[:10]}"
    for kind in index.KINDS:
        indexing.rebuild(kind)
    yield
    for kind in index.KINDS:
        index.drop(kind)


@pytest.fixture
def engine(request, settings, transactional_db):
    """The search engine that the test names."""
    if request.param == "elasticsearch":
        request.getfixturevalue("elasticsearch")
    else:
        settings.ELASTICSEARCH_URL = ""
    return request.param
