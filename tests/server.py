"""A server of the page, for journeys and measurements."""

import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def serving(script: Path, prefix: str = ""):
    """A server of ``script`` for as long as this is open; yields its process and its port.

    ``prefix``: the path below which it serves all that it does.
    """
    port = free_port()
    process = _start_server(script, port, prefix)
    try:
        yield process, port
    finally:
        process.terminate()
        process.wait(30)


def _start_server(script: Path, port: int, prefix: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    options = {
        "headless": "true",
        "port": port,
        "address": "127.0.0.1",
        "baseUrlPath": prefix,
    }
    health = f"http://127.0.0.1:{port}/{prefix}{'/' * bool(prefix)}_stcore/health"
    command += [
        part for name, value in options.items() for part in (f"--server.{name}", str(value))
    ]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    for _ in range(600):
        try:
            with urllib.request.urlopen(health, timeout=5):
                return process
        except OSError:
            time.sleep(0.05)
    process.kill()
    raise RuntimeError("the server did not start")
