"""What one caller can cost the others: ``python -m tests.bench.attack``.

3,000 posts with an unknown code, then the next one; 1,000 requests that want to be held, and the
server's health meanwhile; thirty who grab the same slider at once, and the processor's time for it;
sixty who ask for fans of the worst curves, and the page meanwhile.
"""

import asyncio
import json
import statistics
import time
from collections import Counter
from urllib.parse import urlencode

import psutil

from lrviz.link import to_text
from lrviz.page import Page
from lrviz.scene import Curve, Timeline, scene_of
from lrviz.schedules import CosineDecayRestarts
from tests.bench.links import CORPUS, query
from tests.server import ROOT, serving


async def ask(port: int, head: str, body: bytes = b"") -> tuple[float, int]:
    """Seconds, and the status."""
    begun = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    lines = [f"{head} HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
    lines += [f"Content-Length: {len(body)}", "Content-Type: application/json"] if body else []
    writer.write("\r\n".join([*lines, "", ""]).encode() + body)
    await writer.drain()
    answer = await reader.read()
    writer.close()
    return time.perf_counter() - begun, int(answer[9:12] or b"0")


def poll(port: int, version: int) -> asyncio.Task[tuple[float, int]]:
    body = json.dumps({"code": "UNKNOW", "who": "nobody", "version": version}).encode()
    return asyncio.create_task(ask(port, "POST /lrviz-room", body))


def told(name: str, times: list[float]) -> None:
    ordered = sorted(times)
    print(f"{name}: median {statistics.median(ordered):.3f} s, slowest {ordered[-1]:.3f} s")


async def unknown(port: int) -> None:
    posts = [poll(port, 0) for _ in range(3000)]
    await asyncio.sleep(0.5)
    last = await poll(port, 0)
    print(f"after 3,000 posts with an unknown code, the next one: {last[0]:.3f} s")
    await asyncio.gather(*posts)


async def held(port: int) -> None:
    posts = [poll(port, -2) for _ in range(1000)]
    health = [(await ask(port, "GET /_stcore/health"))[0] for _ in range(20)]
    told("health beside 1,000 requests of version -2", health)
    found = await asyncio.gather(*posts)
    told("those 1,000 requests", [each for each, _ in found])


async def grabbed(port: int, process: psutil.Process) -> None:
    for count, t_mul in ((1, 1.31), (30, 1.32)):
        curve = Curve(CosineDecayRestarts(0.1, 50, t_mul=t_mul))
        scene = scene_of(curve, timeline=Timeline(total_steps=100_000))
        query = f"{to_text(Page(scene))}&{urlencode({'field': 'm_mul'})}"
        before = sum(process.cpu_times()[:2])
        await asyncio.gather(
            *(ask(port, f"GET /lrviz-fan?{query}&z={each}") for each in range(count))
        )
        print(
            f"{count} cold requests for one fan: {sum(process.cpu_times()[:2]) - before:.2f} s CPU"
        )


async def heavy(port: int) -> None:
    worst = CORPUS["16 phases of cycles that hardly grow"]
    queries = [urlencode([*query(worst, 8, each), ("field", "0.m_mul")]) for each in range(60)]
    asked = [asyncio.create_task(ask(port, f"GET /lrviz-fan?{each}")) for each in queries]
    await asyncio.sleep(0.1)
    page = [(await ask(port, "GET /"))[0] for _ in range(20)]
    told("the page beside 60 heavy fans", page)
    found = await asyncio.gather(*asked)
    print("the 60 fans:", dict(Counter(status for _, status in found)))
    told("those that were worked out", [each for each, status in found if status == 200])


def main() -> None:
    with serving(ROOT / "app.py") as (process, port):
        for attack in (unknown, held, heavy):
            asyncio.run(attack(port))
        asyncio.run(grabbed(port, psutil.Process(process.pid)))


if __name__ == "__main__":
    main()
