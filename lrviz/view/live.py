"""What makes a chart follow the finger: the lines that it chooses from, and what it says.

The browser asks for a *fan*, the selected curve at every stop of one slider, and draws from it
while the slider moves: it knows nothing of schedules. A fan is asked for by plain HTTP, not through
the session: it is a pure function of its address, so it disturbs no running script, and the browser
and the server keep it.
"""

from lrviz.figures.handles import places
from lrviz.scene import Scene, fields_of
from lrviz.scene.insights import readout, summary
from lrviz.text import Sentence
from lrviz.view.fans import address
from lrviz.view.payload import Payload
from lrviz.view.subject import row_name, schedule_of


def live_payload(scene: Scene, *, asker: str, taken: int) -> Payload:
    """What a chart of ``scene`` needs beside its figure to follow sliders and be played.

    Args:
        scene: The scene.
        asker: The name with which this page asks for fans (:class:`lrviz.ui.work.Asker`).
        taken: The last number that was taken from the panel whose sliders the chart follows.
    """
    curve, timeline = scene.curve, scene.timeline
    sliders = [(field, curve.schedule.value(field.path)) for field in fields_of(curve)]
    restarts = curve.restarts(timeline)
    figures = readout(summary(curve, timeline), restarts)
    return {
        "name": scene.distinct.curve.name,
        "id": curve.id,
        "unit": scene.unit,
        "steps": timeline.steps,
        "perEpoch": timeline.steps_per_epoch,
        "restarts": (restarts or ())[:1000],
        "fan": address(scene, asker),
        "subject": row_name(schedule_of(curve), ""),
        "values": {field.path: field.text(value) for field, value in sliders},
        # What was typed is a stop of its own slider, too.
        "between": [
            field.path
            for field, value in sliders
            if value not in field.parameter.stops(whole=field.whole, run=curve.count(timeline))
        ],
        "taken": taken,
        "handles": [
            [each.path, each.axis, place]
            for each, place in zip(curve.schedule.handles, places(curve, scene), strict=True)
        ]
        if curve.shown
        else [],
        "readout": [[Sentence(name), text] for name, text in figures.items()],
        "texts": _TEXTS,
    }


_TEXTS = {
    "controls": Sentence("Play and compare"),
    "play": Sentence("Play the run"),
    "pause": Sentence("Pause"),
    "resume": Sentence("Play"),
    "next": Sentence("Go to the next restart"),
    "sweep": Sentence("Sweep a parameter"),
    "step": Sentence("One stop further"),
    "scrub": Sentence("Place in the run"),
    "more": Sentence("More to play and compare"),
    "speed": Sentence("Speed"),
    "onion": Sentence("Leave traces"),
    "pin": Sentence("Pin this curve"),
    "unpin": Sentence("Unpin"),
    "pinned": Sentence("pinned"),
    "record": Sentence("Save the sweep as an animation"),
    "failed": Sentence("The curve cannot follow right now. Let go of the slider to set it."),
    "at": Sentence("step {step}, epoch {epoch}"),
    "cycle": Sentence("cycle {number}"),
    "handle": Sentence("{name}, in the chart"),
    "parameter": Sentence("Parameter"),
}
