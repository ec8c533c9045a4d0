import pytest
from playwright.sync_api import expect

from tests.server import ROOT, serving

# A busy machine is no failure: how quick the page is, tests/bench measures.
expect.set_options(timeout=20_000)

# So that a journey can close them.
KEEP_SOCKETS = """
window.lrvizSockets = [];
window.WebSocket = class extends WebSocket {
    constructor(...all) { super(...all); window.lrvizSockets.push(this); }
};
"""


@pytest.fixture(scope="session")
def address():
    with serving(ROOT / "app.py") as (_, port):
        yield f"http://127.0.0.1:{port}/"


class Profiles:
    """Browsers of their own (their own cookies), used again by the next test: what they hold of
    Streamlit and Plotly need not be fetched and compiled for each."""

    def __init__(self, chromium, address):
        self._chromium, self._address = chromium, address
        self._made = []
        self._taken = []

    def take(self, **options):
        for made, context in self._made:
            if made == options and context not in self._taken:
                break
        else:
            context = self._chromium.new_context(**options)
            self._made.append((options, context))
        self._taken.append(context)
        return context

    def give_back(self):
        for context in self._taken:
            for page in context.pages:
                page.close()
            context.set_offline(False)
            context.clear_cookies()
            # An empty page of the same server; its scripts are not wanted.
            page = context.new_page()
            page.goto(f"{self._address}_stcore/health")
            page.evaluate("() => localStorage.clear()")
            page.close()
        self._taken = []


@pytest.fixture(scope="session")
def _profiles(chromium, address):
    return Profiles(chromium, address)


@pytest.fixture
def open_page(_profiles, address):
    """Opens a page in a browser of its own, which must ask nobody else and log no error."""
    wrong = []

    def open_(query="", quiet=True, viewport=None, color_scheme="light", **options):
        # Where the journey itself cuts a line, the browser says so.
        said = wrong if quiet else []
        page = _profiles.take(**options).new_page()
        page.set_viewport_size(viewport or {"width": 1280, "height": 900})
        page.emulate_media(color_scheme=color_scheme)
        page.set_default_timeout(30_000)
        page.on(
            "console",
            lambda message: said.append(message.text) if message.type == "error" else None,
        )
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: _foreign(request.url, address, wrong))
        if not quiet:
            page.add_init_script(KEEP_SOCKETS)
        page.goto(address + query)
        return page

    yield open_
    _profiles.give_back()
    assert wrong == []


def _foreign(url, address, wrong):
    local = ("blob:", "data:", address, address.replace("http", "ws"))
    if not url.startswith(local):
        wrong.append(f"asked for {url}")
