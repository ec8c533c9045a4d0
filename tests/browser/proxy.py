"""A proxy that serves a page below a prefix of which the page's own server knows nothing.

In a process of its own: ``python -m tests.browser.proxy PORT`` prints the port where it listens.
"""

import asyncio
import subprocess
import sys
from contextlib import contextmanager, suppress

from tests.server import ROOT

PREFIX = "teaching/lr"


@contextmanager
def stripping(port: int):
    """A proxy for the server at ``port`` that takes the prefix away; yields its own port."""
    command = [sys.executable, "-m", "tests.browser.proxy", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


async def _pass(port, reader, writer):
    """One request and its answer, or a socket until one side closes it."""
    with suppress(OSError, asyncio.IncompleteReadError):
        head = await reader.readuntil(b"\r\n\r\n")
        request, *lines = head.split(b"\r\n")
        method, path, version = request.split(b" ")
        if not path.startswith(f"/{PREFIX}/".encode()):
            writer.write(
                b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
            await writer.drain()
        else:
            if b"upgrade: websocket" not in head.lower():
                # The next request on the line would have the prefix, too.
                lines = [each for each in lines if not each.lower().startswith(b"connection:")]
                lines.insert(0, b"Connection: close")
            request = b" ".join([method, path.removeprefix(f"/{PREFIX}".encode()), version])
            back, on = await asyncio.open_connection("127.0.0.1", port)
            on.write(b"\r\n".join([request, *lines]))
            await asyncio.gather(_pipe(reader, on), _pipe(back, writer))
    writer.close()


async def _pipe(reader, writer):
    while part := await reader.read(2**16):
        writer.write(part)
        await writer.drain()
    writer.close()


async def _listen(port):
    server = await asyncio.start_server(lambda *ends: _pass(port, *ends), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_listen(int(sys.argv[1])))
