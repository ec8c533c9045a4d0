"""What makes a chart follow the finger: the lines that it chooses from, and what it says.

The browser asks for a *fan*, the selected curve at every stop of one slider, and draws from it
while the slider moves: it knows nothing of schedules. A fan is asked for by plain HTTP, not through
the session: it is a pure function of its address, so it disturbs no running script, and the browser
and the server keep it.
"""

import json

from lrviz.figures.handles import places
from lrviz.scene import fields_of
from lrviz.scene.insights import readout, summary
from lrviz.ui.session import Session
from lrviz.ui.widgets.fan_route import address
from lrviz.ui.widgets.panel import panel_of
from lrviz.ui.work import Asker
from lrviz.view.subject import row_name, schedule_of


def chart_data(session: Session, chart: str) -> str:
    """What the chart of that key needs beside its figure to follow sliders and be played; JSON."""
    scene = session.scene
    curve, timeline = scene.curve, scene.timeline
    sliders = [(field, curve.schedule.value(field.path)) for field in fields_of(curve)]
    found = curve.restarts(timeline)
    figures = readout(summary(curve, timeline), found)
    return json.dumps(
        {
            "name": scene.distinct.curve.name,
            "id": curve.id,
            "unit": scene.unit,
            "steps": timeline.steps,
            "perEpoch": timeline.steps_per_epoch,
            "restarts": (found or ())[:1000],
            "fan": address(scene, session.memory(Asker).name),
            "subject": row_name(schedule_of(curve), ""),
            "values": {field.path: field.text(value) for field, value in sliders},
            # What was typed is a stop of its own slider, too.
            "between": [
                field.path
                for field, value in sliders
                if value not in field.parameter.stops(whole=field.whole, run=curve.count(timeline))
            ],
            "taken": session.taken(panel_of(chart)),
            "handles": [
                [each.path, each.axis, place]
                for each, place in zip(curve.schedule.handles, places(curve, scene), strict=True)
            ]
            if curve.shown
            else [],
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
        "scrub": session.text("Place in the run"),
        "more": session.text("More to play and compare"),
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
        "handle": session.text("{name}, in the chart"),
        "parameter": session.text("Parameter"),
    }
