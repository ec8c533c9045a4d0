import gc
import os
import shutil

import pytest
from hypothesis import is_hypothesis_test, settings
from playwright.sync_api import Error, sync_playwright

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A busy machine is no failure: deadlines are off. CI draws the same examples every time.
settings.register_profile("default", deadline=None, max_examples=60)
settings.register_profile("ci", deadline=None, max_examples=200, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


def pytest_collection_modifyitems(config, items):
    """Journeys and fits first: two processes that share what is left then end together.

    The examples that are written down must reach every line: they alone are watched for coverage,
    which drawn ones would make several times slower.
    """
    slow = {item for item in items if any(map(item.get_closest_marker, ("browser", "keras")))}
    items.sort(key=lambda item: item not in slow)
    # With --no-cov, pytest-cov stumbles over its own marker.
    for item in items if not config.getoption("no_cov") else []:
        if item in slow or is_hypothesis_test(item.obj):
            item.add_marker("no_cover")


@pytest.fixture(scope="module", autouse=True)
def _quick_collections():
    """Keeps what is loaded by now out of the garbage collector's way.

    Streamlit collects after every run of a page: with TensorFlow, the tests' oracle, in the
    process, that would take longer than the page.
    """
    gc.collect()
    gc.freeze()


def find_browser() -> str | None:
    """A browser on the PATH; None: whatever Playwright has installed."""
    return shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        except Error:
            if os.environ.get("CI"):
                raise
            pytest.skip("no chromium, google-chrome or Playwright browser on this machine")
        yield browser
        browser.close()
