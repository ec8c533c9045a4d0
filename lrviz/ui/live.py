"""What makes the chart follow the finger: sliders in the browser, and the lines they choose from.

The browser asks for a *fan*, the selected curve at every stop of one slider, and draws from it
while the slider moves: it knows nothing of schedules. A fan is asked for by plain HTTP, not through
the session: it is a pure function of its address, so it disturbs no running script, and the browser
and the server keep it.
"""

import json
from dataclasses import replace
from importlib.resources import files
from urllib.parse import parse_qsl, urlencode

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lrviz.errors import InvalidFields
from lrviz.figures.fan import fan_bytes, fields_of
from lrviz.insights import readout, restarts, summary
from lrviz.link import from_query, to_text
from lrviz.scene import Curve, Scene
from lrviz.schedules import Field
from lrviz.study import NOT_BEGUN
from lrviz.ui import assets
from lrviz.ui.once import once
from lrviz.ui.state import Session, form_name

_PATH = "lrviz-fan"
#: A longer address is not a page's.
_MOST_CHARACTERS = 16_000

_mount = st.components.v2.component(
    "lrviz.slider",
    html='<div class="lrviz-slider"><input type="range" min="0" step="1"></div>',
    css=files("lrviz.ui.chart").joinpath("slider.css").read_text("utf-8"),
    js=assets.loader("render"),
    isolate_styles=False,
)


def slider(now: Session, curve: Curve, field: Field, value: float) -> None:
    """A slider for a field of the selected curve, which the chart follows while it moves."""
    key = _key(curve, field)
    stops = field.stops(value)
    now.listen(
        key,
        "stop",
        lambda text: now.type(curve, field, text) if text in map(field.text, stops) else None,
    )
    _mount(
        key=key,
        data={
            "module": assets.url("slider.js"),
            # Only a chart that is told of its fans follows: a covered one must not.
            "chart": now.desk.chart if now.scene.tab == "learn" else "curves",
            "name": field.name,
            "unit": now.text(field.parameter.unit) if field.parameter.unit else "",
            "stops": " ".join(map(field.text, stops)),
            "at": stops.index(value),
            "taken": now.taken(key),
        },
        on_stop_change=lambda: None,
    )


def _key(curve: Curve, field: Field) -> str:
    return f"{form_name(curve)}-{field.name}-live"


def chart_data(now: Session) -> str:
    """What the chart needs beside the figure to be played, swept, pinned and recorded; JSON."""
    scene = now.scene
    curve, timeline = scene.curve, scene.timeline
    found = restarts(curve, timeline)
    figures = readout(summary(curve, timeline), found)
    return json.dumps(
        {
            "name": curve.name,
            "color": curve.color,
            "unit": scene.unit,
            "steps": timeline.steps,
            "perEpoch": timeline.steps_per_epoch,
            "restarts": (found or ())[:1000],
            "fans": {field.name: _address(scene, field) for field in fields_of(curve)},
            "taken": {field.name: now.taken(_key(curve, field)) for field in fields_of(curve)},
            "readout": [[now.text(name), text] for name, text in figures.items()],
            "texts": _texts(now),
        }
    )


def _address(scene: Scene, field: Field) -> str:
    """Where the browser finds the fan of ``field``: the same wherever its slider stands."""
    value, stops = getattr(scene.curve.schedule, field.name), field.parameter.stops
    known = stops(whole=field.whole)
    plain = _plain(scene)
    if value in known:
        schedule = plain.curve.schedule.with_value(field, known[0])
        plain = plain if schedule is None else plain.with_schedule(schedule)
    return f"{_PATH}?{to_text(plain)}&{urlencode({'field': field.name})}"


def _texts(now: Session) -> dict[str, str]:
    return {
        "controls": now.text("Play and compare"),
        "play": now.text("Play the run"),
        "pause": now.text("Pause"),
        "resume": now.text("Play"),
        "next": now.text("Go to the next restart"),
        "sweep": now.text("Sweep a parameter"),
        "step": now.text("One stop further"),
        "speed": now.text("Speed"),
        "onion": now.text("Leave traces"),
        "pin": now.text("Pin this curve"),
        "unpin": now.text("Unpin"),
        "pinned": now.text("pinned"),
        "record": now.text("Save the sweep as an animation"),
        "failed": now.text("The curve cannot follow right now. Let go of the slider to set it."),
        "at": now.text("step {step}, epoch {epoch}"),
        "cycle": now.text("cycle {number}"),
        "parameter": now.text("Parameter"),
    }


def _serve(request: Request) -> Response:
    query = request.url.query
    fan = _fan(query) if len(query) <= _MOST_CHARACTERS else None
    if fan is None:
        return Response(status_code=404)
    headers = {
        "Cache-Control": "private, max-age=600",
        "X-Content-Type-Options": "nosniff",
        # Floats hardly shrink; Streamlit would compress them for longer than making them took.
        "Content-Encoding": "identity",
    }
    return Response(fan, headers=headers, media_type="application/octet-stream")


def _fan(query: str) -> bytes | None:
    """The fan that an address names; None if it names none.

    ``field`` is the slider's; each ``set=name~text`` is a value that the page has not yet taken.
    """
    given = parse_qsl(query, keep_blank_values=True)
    own = ("field", "set")
    scene, _ = from_query([(name, value) for name, value in given if name not in own])
    texts = scene.curve.schedule.texts()
    for name, value in given:
        if name == "set":
            changed, _, text = value.partition("~")
            texts[changed] = text
    try:
        scene = scene.with_schedule(type(scene.curve.schedule).from_text(texts))
    except InvalidFields:
        return None
    wanted = dict(given).get("field", "")
    known = wanted in (field.name for field in fields_of(scene.curve))
    return _made(_plain(scene), wanted) if known else None


@once(most=64)
def _made(scene: Scene, name: str) -> bytes:
    """The fan of the field of that name: worked out once for a class that grabs the same slider."""
    return fan_bytes(scene, next(each for each in fields_of(scene.curve) if each.name == name))


def _plain(scene: Scene) -> Scene:
    """All of ``scene`` that a fan depends on."""
    return replace(scene, language="en", tab="explore", run="", study=NOT_BEGUN)


ROUTES = [Route(f"/{_PATH}", _serve)]
