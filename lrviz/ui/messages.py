"""What a browser says on the page's socket: what none of ours would send never reaches Streamlit.

Streamlit reads a component's JSON wherever the value is looked at, and lets an error there end the
run; the browser sends the value again with the next one, so that the page would never come back.
"""

import json

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

#: What a component's values are: a text in their place would be read as JSON once more.
_JSON = {"json_value": (dict, type(None)), "json_trigger_value": (list, dict, type(None))}


class Readable:
    """ASGI middleware that leaves out the values of components that are no JSON."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; what comes by a socket is looked through."""

        async def received() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and message.get("bytes"):
                return {**message, "bytes": readable(message["bytes"])}
            return message

        await self._app(scope, received if scope["type"] == "websocket" else receive, send)


def readable(sent: bytes) -> bytes:
    """The message of a browser without the values that nobody could read."""
    message = BackMsg()
    try:
        message.ParseFromString(sent)
    except DecodeError:
        return sent  # Streamlit says so, and goes on.
    if message.WhichOneof("type") != "rerun_script":
        return sent
    states = message.rerun_script.widget_states.widgets
    kept = [each for each in states if _is_readable(each.WhichOneof("value"), each)]
    if len(kept) == len(states):
        return sent
    kept = [type(each).FromString(each.SerializeToString()) for each in kept]
    del states[:]
    states.extend(kept)
    return bytes(message.SerializeToString())


def _is_readable(kind: str | None, state: object) -> bool:
    if kind not in _JSON:
        return True
    try:
        value = json.loads(getattr(state, kind))
        # What no UTF-8 can hold would end the run as soon as it is shown.
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return False
    return isinstance(value, _JSON[kind])
