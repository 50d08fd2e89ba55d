import os
import shutil
from pathlib import Path

import hypothesis
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections, transaction

from tests import demo_copy, demo_server

hypothesis.settings.register_profile("house", deadline=None, derandomize=True)  # the same examples on every machine
hypothesis.settings.load_profile("house")

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
CHROMIUM_FLAGS += ["--disable-component-update", "--disable-sync"]


@pytest.fixture(autouse=True)
def _no_memory_of_other_tests():
    cache.clear()
    cache.set("data-version", "2026-01-01 00:00 UTC", None)  # else the first page of a test asks one query more


@pytest.fixture(scope="module")
def demo_content(django_db_setup, django_db_blocker):
    """The demo content in the test database for the module; taken back after it."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            with demo_copy.in_place():
                yield
            return
        with transaction.atomic():
            call_command("load_demo", verbosity=0)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")  # rows of an open transaction are never counted by themselves
            yield
            transaction.set_rollback(True)


@pytest.fixture(scope="session")
def demo_site():
    """Address of the demo site as readers get it: real gunicorn, hashed static files. One for all workers."""
    return demo_server.address()


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    flags = [*CHROMIUM_FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        found = found or playwright.chromium.executable_path
        if not Path(found).exists():
            pytest.fail(
                "No browser: install Chromium, or name one in CHROMIUM, or run `make test`, which looks for it."
            )
        browser = playwright.chromium.launch(executable_path=found, args=flags)
        yield browser
        browser.close()
        connections.close_all()  # while the browser's loop runs, Django keeps connections of its own for it


@pytest.fixture
def new_page(browser, demo_site):
    """Makes pages on the demo site: new_page(color_scheme="dark", viewport={…}, java_script_enabled=False).

    Whatever a page complains of (scripts that fail, policy violations) or asks of another host fails the test;
    a test that expects complaints empties `page.complaints` itself.
    """
    contexts, complaints = [], []

    def make(base_url=demo_site, **options):
        context = browser.new_context(base_url=base_url, **options)
        contexts.append(context)
        page = context.new_page()
        page.complaints = complaints
        page.on("console", lambda said: said.type in ("error", "warning") and complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request", lambda asked: asked.url.startswith((base_url, "data:", "blob:")) or complaints.append(asked.url)
        )
        return page

    yield make
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def page(new_page):
    return new_page()


def pytest_collection_modifyitems(items):
    for item in items:
        if {"browser", "page", "new_page"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
    # What drives a browser or walks the whole site takes longest: begun first, no worker is left alone with it.
    items.sort(
        key=lambda item: not (item.get_closest_marker("browser") or item.path.parent == item.config.rootpath / "tests")
    )


def pytest_sessionfinish(session):
    if not hasattr(session.config, "workerinput"):  # only where no other worker can still need it
        demo_server.stop()
