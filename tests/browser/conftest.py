from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.steps import PATIENCE
from tests.server import ROOT, serving

# A busy machine is no failure: how quick the page is, tests/bench measures.
expect.set_options(timeout=1000 * PATIENCE)

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


@pytest.fixture(scope="session")
def busy():
    """The address of a server that is slow."""
    with serving(Path(__file__).with_name("slow_app.py")) as (_, port):
        yield f"http://127.0.0.1:{port}/"


class Tabs:
    """A tab each in browsers of their own (their own cookies), used again by the next test.

    What a tab holds of Streamlit and Plotly need not be fetched and compiled for each: in a new tab
    a load takes three times as long.
    """

    def __init__(self, chromium, address):
        self._chromium = chromium
        # An empty page of the same server.
        self._rest = f"{address}_stcore/health"
        self._contexts = []
        self._taken = []

    def take(self, *, fresh, **options):
        """A tab of a browser with these options, in which nothing but an empty page is open."""
        for made, context in self._contexts:
            if made == options and context not in self._taken:
                break
        else:
            context = self._chromium.new_context(**options)
            self._contexts.append((options, context))
        self._taken.append(context)
        if fresh:
            for page in context.pages:
                page.close()
        return _tab(context)

    def give_back(self):
        for context in self._taken:
            context.set_offline(False)
            context.clear_cookies()
            page = _tab(context)
            page.unroute_all(behavior="ignoreErrors")
            page.mouse.up()
            page.mouse.move(0, 0)
            page.goto(self._rest)
            page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
            session = context.new_cdp_session(page)
            session.send("Page.resetNavigationHistory")
            session.detach()
        self._taken = []


def _tab(context):
    return context.pages[0] if context.pages else context.new_page()


@pytest.fixture(scope="session")
def _tabs(chromium, address):
    return Tabs(chromium, address)


@pytest.fixture
def open_page(_tabs, address):
    """Opens a page in a browser of its own, which must ask nobody else and log no error.

    ``quiet=False``: the journey itself cuts a line, of which the browser tells; its tab is not used
    again. ``fresh``: in a tab that has held nothing before, for what is seen of a first load.
    ``at``: the page of another server.
    """
    wrong = []
    listening = []
    cut = []

    def open_(
        query="",
        quiet=True,
        viewport=None,
        color_scheme="light",
        fresh=False,
        at=address,
        **options,
    ):
        said = wrong if quiet else []
        page = _tabs.take(fresh=fresh, **options)
        page.set_viewport_size(viewport or {"width": 1280, "height": 900})
        page.emulate_media(color_scheme=color_scheme)
        page.set_default_timeout(1000 * PATIENCE)
        heard = {
            "console": lambda message: (
                said.append(message.text) if message.type == "error" else None
            ),
            "pageerror": lambda error: wrong.append(str(error)),
            "request": lambda request: _foreign(request.url, at, wrong),
            "response": lambda answer: _not_there(answer, wrong),
        }
        for event, hear in heard.items():
            page.on(event, hear)
            listening.append((page, event, hear))
        if not quiet:
            page.add_init_script(KEEP_SOCKETS)
            cut.append(page)
        page.goto(at + query)
        return page

    yield open_
    for page, event, hear in listening:
        page.remove_listener(event, hear)
    for page in cut:
        page.close()
    _tabs.give_back()
    assert wrong == []


def _foreign(url, address, wrong):
    local = ("blob:", "data:", address, address.replace("http", "ws"))
    if not url.startswith(local):
        wrong.append(f"asked for {url}")


def _not_there(answer, wrong):
    """Streamlit answers what it does not know with its page."""
    is_page = "text/html" in answer.headers.get("content-type", "")
    if is_page and answer.request.resource_type != "document":
        wrong.append(f"not there: {answer.url}")
