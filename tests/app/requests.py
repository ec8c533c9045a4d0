"""Requests without a network."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from hypothesis import strategies as st
from starlette.applications import Starlette

#: Whatever JSON can say, and Python reads from it: infinite and no numbers, too.
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda each: (
        st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=4), each, max_size=3)
    ),
    max_leaves=6,
)


class Client:
    """A browser that asks an application, without a network; it can leave."""

    def __init__(self, app, path, body=b"", query="", address="192.0.2.1"):
        self.gone = asyncio.Event()
        self.status, self.headers, self.body = 0, {}, b""
        self._body = [body]
        scope = {
            "type": "http",
            "method": "POST" if body else "GET",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [],
            "client": (address, 1),
            "server": ("test", 80),
            "scheme": "http",
            "http_version": "1.1",
        }
        self.task = asyncio.create_task(app(scope, self._receive, self._send))

    async def _receive(self):
        if self._body:
            return {"type": "http.request", "body": self._body.pop()}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message):
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        self.body += message.get("body", b"")

    async def answer(self, seconds=60):
        await asyncio.wait_for(asyncio.shield(self.task), seconds)
        return self.status


def run_all(play):
    """What a coroutine returns, in a thread of its own: a browser's loop may be running here."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, play).result()


def get(routes, path, query):
    async def ask():
        client = Client(Starlette(routes=routes), path, query=query)
        return await client.answer(), client.body

    return run_all(ask())
