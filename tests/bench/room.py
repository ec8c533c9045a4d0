"""A class in one room, by Streamlit's own protocol: ``python -m tests.bench.room [students]``.

Each student is a websocket that does what the browser does: it runs the page, waits for news by
HTTP, and runs the page again when there are some. The teacher is one more, and goes through a
lesson. It is measured how long after the teacher's click each student has the new text. Linux only
(``/proc``).
"""

import asyncio
import json
import re
import statistics
import sys
import time

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from lrviz.learn.lessons import LESSONS
from lrviz.view.markdown import escaped
from tests.bench.page import cpu, memory
from tests.server import ROOT, serving

LESSON = next(lesson for lesson in LESSONS if lesson.id == "restart")


async def connected(port: int) -> websockets.ClientConnection:
    """The socket that a browser opens to the server of that port."""
    return await websockets.connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        subprotocols=["streamlit"],
        origin=f"http://127.0.0.1:{port}",
        max_size=None,
    )


class Client:
    """A browser without a screen."""

    def __init__(self, port: int, query: str) -> None:
        self.port, self.query = port, query
        self.buttons: dict[str, str] = {}
        self.pulse: asyncio.Task | None = None
        self.waiting: dict[bytes, asyncio.Future] = {}
        self.told: dict = {}
        self.drawn = asyncio.Event()
        self.dropped = False
        self.errors = 0

    async def open(self) -> None:
        self.socket = await connected(self.port)
        self.reader = asyncio.create_task(self.read())
        await self.run()

    async def run(self, button: str = "") -> None:
        message = BackMsg()
        message.rerun_script.query_string = self.query
        if button:
            state = message.rerun_script.widget_states.widgets.add()
            state.id, state.trigger_value = button, True
        await self.socket.send(message.SerializeToString())

    async def read(self) -> None:
        try:
            async for raw in self.socket:
                for text, future in list(self.waiting.items()):
                    if text in raw and not future.done():
                        future.set_result(time.perf_counter())
                self.hear(raw)
                self.take(ForwardMsg.FromString(raw))
        except websockets.ConnectionClosed:
            self.dropped = True

    def take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.new_element.HasField("button"):
            button = message.delta.new_element.button
            self.buttons[button.label] = button.id
            # Lessons share a label, but an id ends with the key.
            self.buttons[button.id.partition("-start-")[2]] = button.id
        elif kind == "delta" and message.delta.new_element.HasField("exception"):
            self.errors += 1
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string

    def hear(self, raw: bytes) -> None:
        """What the page's own component is told of the room."""
        told = re.search(rb'\{[^{}]*"path": ?"lrviz-room"[^{}]*\}', raw)
        if told:
            self.told = json.loads(told.group())
            self.drawn.set()
            self.pulse = self.pulse or asyncio.create_task(self.beat())

    async def beat(self) -> None:
        while not self.dropped:
            asked = {name: self.told[name] for name in ("code", "who", "version")}
            news = await self.post(self.told["path"], json.dumps(asked).encode())
            if news["version"] in (asked["version"], self.told["version"]):
                continue
            self.drawn.clear()
            await self.run()
            await asyncio.wait_for(self.drawn.wait(), 30)

    async def post(self, path: str, body: bytes) -> dict:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        head = f"POST /{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        answer = await reader.read()
        writer.close()
        return json.loads(answer.partition(b"\r\n\r\n")[2])

    def expect(self, text: str) -> asyncio.Future:
        """When ``text`` comes."""
        future = self.waiting[text.encode()] = asyncio.get_running_loop().create_future()
        return future

    async def click(self, label: str, then: str) -> float:
        """Press a button; gives when ``then`` was there."""
        came = self.expect(then)
        await self.run(button=self.buttons[label])
        return await asyncio.wait_for(came, 30)


async def arrivals(clients: list[Client], text: str, act) -> tuple[list[float], float]:
    """How long after ``act`` each client has ``text``."""
    coming = [client.expect(text) for client in clients]
    start = time.perf_counter()
    await act()
    done, _ = await asyncio.wait(coming, timeout=20)
    return [each.result() - start for each in done], len(coming) - len(done)


async def lesson(port: int, students: int, process) -> None:
    teacher = Client(port, "v=1&tab=learn")
    there = teacher.expect("Open a room")
    await teacher.open()
    await asyncio.wait_for(there, 30)
    await asyncio.sleep(1)
    await teacher.click("Open a room", "Students here: 0")
    await asyncio.sleep(1)
    code = teacher.query.split("room=")[1][:6]
    before = memory(process)
    clients = [Client(port, f"v=1&tab=learn&room={code}") for _ in range(students)]
    for client in clients:
        await client.open()
        await asyncio.sleep(0.05)
    await asyncio.sleep(5)
    start, used = time.perf_counter(), cpu(process)
    await asyncio.sleep(5)
    idle = (cpu(process) - used) / (time.perf_counter() - start)
    delays, lost = [], 0
    first = escaped(str(LESSON.rounds[0].question.text))
    steps = [("restart", first)]
    for asked, following in zip(LESSON.rounds, [*LESSON.rounds[1:], None], strict=True):
        steps.append(("Show me", escaped(str(asked.sentence))))
        after = LESSON.invitation if following is None else following.question.text
        steps.append(("Next", escaped(str(after))))
    for label, text in steps:

        async def act(label=label) -> None:
            await teacher.run(button=teacher.buttons[label])

        spent = cpu(process)
        found, missing = await arrivals(clients, text, act)
        delays += found
        spent = cpu(process) - spent
        lost += missing
        middle, last = statistics.median(found), max(found)
        print(f"{label:10} median {middle:.2f} s, last {last:.2f} s, server {spent:.1f} CPU-s")
        await asyncio.sleep(2.5)
    await asyncio.sleep(1)
    p95 = statistics.quantiles(delays, n=100)[94]
    print(f"students {students}, changes {len(steps)}, idle CPU {idle:.0%} of a core")
    print(
        f"the teacher's change: median {statistics.median(delays):.2f} s, p95 {p95:.2f} s, ", end=""
    )
    print(f"slowest {max(delays):.2f} s; not reached {lost}")
    print(f"server memory: {before:.0f} MB before, {memory(process):.0f} MB with the class")
    dropped = sum(client.dropped for client in clients)
    print(f"dropped {dropped}, exceptions {sum(client.errors for client in clients)}")


def main() -> None:
    students = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with serving(ROOT / "app.py") as (process, port):
        asyncio.run(lesson(port, students, process))


if __name__ == "__main__":
    main()
