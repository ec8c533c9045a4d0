"""What makes the chart follow the finger: sliders in the browser, and the lines they choose from.

The browser asks for a *fan*, the selected curve at every stop of one slider, and draws from it
while the slider moves: it knows nothing of schedules. A fan is asked for by plain HTTP, not through
the session: it is a pure function of its address, so it disturbs no running script, and the browser
and the server keep it.
"""

import json
from importlib.resources import files

import streamlit as st

from lrviz.declared import Field
from lrviz.figures.fan import fields_of
from lrviz.scene.insights import readout, summary
from lrviz.ui import assets
from lrviz.ui.session import Session
from lrviz.ui.subject import Subject, schedule_of
from lrviz.ui.widgets.fan_route import address

_mount = st.components.v2.component(
    "lrviz.slider",
    html='<div class="lrviz-slider"><input type="range" min="0" step="1"></div>',
    css=files("lrviz.ui.widgets.chart").joinpath("slider.css").read_text("utf-8"),
    js=assets.loader(),
    isolate_styles=False,
)


def slider(session: Session, subject: Subject, field: Field, value: float, chart: str) -> None:
    """A slider for a field of the selected curve, which ``chart`` follows while it moves.

    Only a chart that is told of its fans follows: a covered one does not.
    """
    key = subject.slider(field)
    stops = field.stops(value)
    session.listen(
        key,
        "stop",
        lambda text: (
            session.type(subject, field.path, text) if text in map(field.text, stops) else None
        ),
    )
    _mount(
        key=key,
        data={
            "module": assets.url("widgets/chart/slider.js"),
            "chart": chart,
            "name": field.path,
            "unit": session.text(field.parameter.unit) if field.parameter.unit else "",
            "stops": " ".join(map(field.text, stops)),
            "at": stops.index(value),
            "taken": session.taken(key),
        },
        on_stop_change=lambda: None,
    )


def chart_data(session: Session) -> str:
    """What the chart needs beside the figure to be played, swept, pinned and recorded; JSON."""
    scene = session.scene
    curve, timeline = scene.curve, scene.timeline
    subject, sliders = schedule_of(curve), fields_of(curve)
    found = curve.restarts(timeline)
    figures = readout(summary(curve, timeline), found)
    return json.dumps(
        {
            "name": curve.name,
            "color": curve.color,
            "unit": scene.unit,
            "steps": timeline.steps,
            "perEpoch": timeline.steps_per_epoch,
            "restarts": (found or ())[:1000],
            "fans": {field.path: address(scene, field) for field in sliders},
            "taken": {field.path: session.taken(subject.slider(field)) for field in sliders},
            "readout": [[session.text(name), text] for name, text in figures.items()],
            "texts": _texts(session),
        }
    )


def _texts(session: Session) -> dict[str, str]:
    return {
        "controls": session.text("Play and compare"),
        "play": session.text("Play the run"),
        "pause": session.text("Pause"),
        "resume": session.text("Play"),
        "next": session.text("Go to the next restart"),
        "sweep": session.text("Sweep a parameter"),
        "step": session.text("One stop further"),
        "speed": session.text("Speed"),
        "onion": session.text("Leave traces"),
        "pin": session.text("Pin this curve"),
        "unpin": session.text("Unpin"),
        "pinned": session.text("pinned"),
        "record": session.text("Save the sweep as an animation"),
        "failed": session.text(
            "The curve cannot follow right now. Let go of the slider to set it."
        ),
        "at": session.text("step {step}, epoch {epoch}"),
        "cycle": session.text("cycle {number}"),
        "parameter": session.text("Parameter"),
    }
