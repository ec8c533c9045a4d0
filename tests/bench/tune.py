"""A class that tunes, against a bare Streamlit app: ``python -m tests.bench.tune [sessions]``.

Each session is a websocket that does what the browser does: once a second it changes ``t_mul`` and
waits until its page is through. The bare app has one slider and one ``st.plotly_chart``
(``tests.bench.page``); garbage collection after each run is off in both. Linux only (``/proc``).
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.bench.page import BARE, cpu
from tests.bench.room import connected
from tests.server import ROOT, serving

#: Seconds that are measured, and that an idle server is watched.
LASTING, IDLE = 20, 8
#: A slider's stops are many enough that each change is another.
STOPS = 90


class Session:
    """A browser without a screen; it knows the widget that it changes."""

    def __init__(self, port: int) -> None:
        self.port, self.query = port, ""
        self.widget = self.fragment = self.row = ""
        self.finished = asyncio.Event()
        self.waits: list[float] = []
        self.errors = self.bytes = self.messages = 0

    async def open(self) -> None:
        self.socket = await connected(self.port)
        self.reader = asyncio.create_task(self.read())
        await self.send(BackMsg())

    async def send(self, message: BackMsg) -> None:
        self.finished.clear()
        message.rerun_script.query_string = self.query
        await self.socket.send(message.SerializeToString())
        await asyncio.wait_for(self.finished.wait(), 60)

    async def read(self) -> None:
        async for raw in self.socket:
            self.bytes += len(raw)
            self.messages += 1
            message = ForwardMsg.FromString(raw)
            kind = message.WhichOneof("type")
            if kind == "delta":
                self.take(message.delta)
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "script_finished":
                self.finished.set()

    def take(self, delta) -> None:
        element = delta.new_element
        if element.HasField("exception"):
            self.errors += 1
        elif element.HasField("slider"):
            self.widget = element.slider.id
        elif element.HasField("bidi_component") and element.bidi_component.id.endswith(
            "-curves-panel"
        ):
            self.widget, self.fragment = element.bidi_component.id, delta.fragment_id
            rows = json.loads(json.loads(element.bidi_component.json)["rows"])
            self.row = next(row["id"] for row in rows if row["name"] == "t_mul")

    def change(self, number: int) -> BackMsg:
        """Moves the slider to another stop."""
        message, state = BackMsg(), WidgetState(id=self.widget)
        place = (7 * number) % STOPS
        if self.row:
            text = repr(round(0.5 + 0.025 * place, 4))
            said = [[1_000_000 + number, "set", self.row, text]]
            state.json_value = json.dumps({"said": json.dumps([number, said])})
            message.rerun_script.fragment_id = self.fragment
        else:
            state.string_array_value.data.append(str(round(0.02 * place, 2)))
        message.rerun_script.widget_states.widgets.append(state)
        return message

    async def tune(self, end: float, begin: float) -> None:
        await asyncio.sleep(begin)
        for number in range(1, 1000):
            start = time.perf_counter()
            if start > end:
                return
            await self.send(self.change(number))
            self.waits.append(time.perf_counter() - start)
            await asyncio.sleep(max(0.0, 1 - self.waits[-1]))


async def tuned(port: int, process, count: int) -> dict[str, float]:
    sessions = [Session(port) for _ in range(count)]
    began = time.perf_counter()
    await asyncio.gather(*(each.open() for each in sessions))
    served = time.perf_counter() - began
    await asyncio.sleep(2)
    before, start = cpu(process), time.perf_counter()
    await asyncio.sleep(IDLE)
    idle = (cpu(process) - before) / (time.perf_counter() - start)
    for each in sessions:
        await each.send(each.change(0))
        each.bytes = each.messages = 0
    before, start = cpu(process), time.perf_counter()
    end = start + LASTING
    await asyncio.gather(*(each.tune(end, i / count) for i, each in enumerate(sessions)))
    lasted = time.perf_counter() - start
    spent = cpu(process) - before - idle * lasted
    waits = [wait for each in sessions for wait in each.waits]
    changes = len(waits)
    return {
        "all served, s": served,
        "change, median, ms": 1000 * statistics.median(waits),
        "change, p95, ms": 1000 * statistics.quantiles(waits, n=20)[18],
        "changes a second": changes / lasted,
        "server CPU a change, ms": 1000 * spent / changes,
        "messages a change": sum(each.messages for each in sessions) / changes,
        "kB a change": sum(each.bytes for each in sessions) / changes / 1000,
        "exceptions": sum(each.errors for each in sessions),
    }


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE.replace('"m_mul", [', '"t_mul", ['))
        found = []
        for script in (bare, ROOT / "app.py"):
            with serving(script) as (process, port):
                found.append(asyncio.run(tuned(port, process, count)))
    theirs, ours = found
    print(f"{count} sessions{'lrviz':>27}{'bare':>9}{'ratio':>8}")
    for name, mine in ours.items():
        ratio = f"{mine / theirs[name]:8.2f}" if theirs[name] else ""
        print(f"{name:28}{mine:9.2f}{theirs[name]:9.2f}{ratio}")


if __name__ == "__main__":
    main()
