"""Three engines behind one small face: open a page, ask it something, move the mouse.

Playwright brings its own builds of Firefox and WebKit, which are not what people have: here are the
system's own. Firefox speaks WebDriver BiDi by itself; WebKitGTK is driven through its WebDriver.
"""

import itertools
import json
import os
import shutil
import subprocess
import tempfile
import time
import warnings
from contextlib import ExitStack
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service
from websockets.sync.client import connect

from tests.server import free_port

#: What each engine's journeys need.
NEEDS = {
    "chromium": (),
    "firefox": ("firefox-esr",),
    "webkit": ("WebKitWebDriver", "Xvfb"),
}
SIZE = (1280, 900)
_BROWSERS = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser"


class Chromium:
    """Chromium by Playwright, as in all other journeys."""

    def __init__(self, browser):
        self._page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})

    def open(self, address):
        self._page.goto(address)

    def ask(self, function, *arguments):
        """What the JavaScript function says of the arguments; both go through JSON."""
        return json.loads(self._page.evaluate(_wrapped(function), json.dumps(arguments)))

    def press(self, x, y):
        self._page.mouse.move(x, y)
        self._page.mouse.down()

    def move(self, x, y):
        self._page.mouse.move(x, y, steps=4)

    def release(self):
        self._page.mouse.up()

    def close(self):
        self._page.close()


class Firefox:
    """Firefox by WebDriver BiDi (https://www.w3.org/TR/webdriver-bidi/)."""

    def __init__(self, _):
        port = free_port()
        self._profile = tempfile.mkdtemp()
        command = ["firefox-esr", "--headless", "--no-remote", "--profile", self._profile]
        size = [f"--width={SIZE[0]}", f"--height={SIZE[1]}"]
        self._process = subprocess.Popen(
            [*command, *size, "--remote-debugging-port", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._numbers = itertools.count(1)
        self._open = ExitStack()
        self._socket = _connected(self._open, f"ws://127.0.0.1:{port}/session")
        self._send("session.new", capabilities={})
        (tree, *_) = self._send("browsingContext.getTree")["contexts"]
        self._context = tree["context"]
        viewport = {"width": SIZE[0], "height": SIZE[1]}
        self._send("browsingContext.setViewport", context=self._context, viewport=viewport)

    def open(self, address):
        self._send("browsingContext.navigate", context=self._context, url=address, wait="complete")

    def ask(self, function, *arguments):
        """What the JavaScript function says of the arguments; both go through JSON."""
        found = self._send(
            "script.callFunction",
            functionDeclaration=_wrapped(function),
            arguments=[{"type": "string", "value": json.dumps(arguments)}],
            target={"context": self._context},
            awaitPromise=False,
        )
        if found["type"] != "success":
            raise RuntimeError(found["exceptionDetails"]["text"])
        return json.loads(found["result"]["value"])

    def press(self, x, y):
        self._mouse({"type": "pointerMove", "x": round(x), "y": round(y)})
        self._mouse({"type": "pointerDown", "button": 0})

    def move(self, x, y):
        self._mouse({"type": "pointerMove", "x": round(x), "y": round(y), "duration": 100})

    def release(self):
        self._mouse({"type": "pointerUp", "button": 0})

    def close(self):
        self._open.close()
        self._process.terminate()
        self._process.wait(30)
        shutil.rmtree(self._profile, ignore_errors=True)

    def _mouse(self, action):
        source = {"type": "pointer", "id": "mouse", "actions": [action]}
        self._send("input.performActions", context=self._context, actions=[source])

    def _send(self, method, **params):
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv(timeout=60))
            if answer.get("id") == number:
                if answer["type"] == "error":
                    raise RuntimeError(answer["message"])
                return answer["result"]


class Webkit:
    """WebKitGTK's small browser, on a screen that nobody sees."""

    def __init__(self, _):
        # It says which screen was free.
        reads, writes = os.pipe()
        self._screen = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writes), "-screen", "0", "1400x1000x24"],
            pass_fds=[writes],
            stderr=subprocess.DEVNULL,
        )
        os.close(writes)
        with os.fdopen(reads) as said:
            display = said.readline().strip()
        options = Options()
        options.binary_location = str(next(Path("/").glob(_BROWSERS.lstrip("/"))))
        options.add_argument("--automation")
        service = Service(
            shutil.which("WebKitWebDriver"), env=os.environ | {"DISPLAY": f":{display}"}
        )
        with warnings.catch_warnings():
            # Selenium warns of its own way to reach this driver.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._driver = webdriver.WebKitGTK(options=options, service=service)
        self._driver.set_window_size(*SIZE)

    def open(self, address):
        self._driver.get(address)

    def ask(self, function, *arguments):
        """What the JavaScript function says of the arguments; both go through JSON."""
        said = self._driver.execute_script(
            f"return ({_wrapped(function)})(arguments[0])", json.dumps(arguments)
        )
        return json.loads(said)

    def press(self, x, y):
        self._mouse(lambda mouse: mouse.move_to_location(round(x), round(y)).pointer_down())

    def move(self, x, y):
        self._mouse(lambda mouse: mouse.move_to_location(round(x), round(y)))

    def release(self):
        self._mouse(lambda mouse: mouse.pointer_up())

    def close(self):
        self._driver.quit()
        self._screen.terminate()
        self._screen.wait(30)

    def _mouse(self, act):
        actions = ActionBuilder(self._driver, duration=50)
        act(actions.pointer_action)
        actions.perform()


def _wrapped(function):
    return f"(given) => JSON.stringify(({function})(...JSON.parse(given)) ?? null)"


def _connected(opened, address, seconds=60):
    end = time.monotonic() + seconds
    while True:
        try:
            return opened.enter_context(connect(address, max_size=None))
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


ENGINES = {"chromium": Chromium, "firefox": Firefox, "webkit": Webkit}
