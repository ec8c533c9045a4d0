"""The lens beneath a chart: what the browser gets of it, and its rows in the panel."""

from dataclasses import replace

from lrviz.figures.curves import per_tick
from lrviz.lenses import KINDS, shown
from lrviz.scene import Scene
from lrviz.text import Sentence
from lrviz.view.panel import Row
from lrviz.view.payload import Payload
from lrviz.view.subject import LENS


def lens_payload(
    scene: Scene, *, selectable: bool = True, message: Sentence | None = None
) -> Payload | None:
    """What is shown beneath the chart of ``scene``; None: nothing.

    ``selectable`` tells whether the reader can choose another kind, or other settings; ``message``
    stands behind the remarks.
    """
    lens = shown(scene)
    view = lens.payload(scene)
    if not selectable and view is None:
        return None
    remarks = lens.remarks(scene)
    return {
        "kind": lens.name,
        "label": Sentence("What is shown beneath"),
        "kinds": [[kind.name, Sentence(kind.title)] for kind in KINDS.values()]
        if selectable
        else [],
        "choice": lens.choice if selectable else None,
        "button": lens.button(scene) if selectable else None,
        "steps": scene.timeline.steps,
        "perTick": per_tick(scene),
        "settings": {field.name: lens.value(field.name) for field in lens.rows},
        "remarks": remarks if message is None else [*remarks, message],
        "view": view,
    }


def lens_rows(scene: Scene) -> list[Row]:
    """The rows of the lens's settings, beneath its title."""
    lens = shown(scene)
    return [
        Row(LENS, field, group="" if place else lens.title) for place, field in enumerate(lens.rows)
    ]


def with_locks(rows: list[Row], scene: Scene) -> list[Row]:
    """The rows of the selected curve with the locks that the lens puts on them."""
    locks = shown(scene).locks(scene)
    return [replace(row, locked=locks.get(row.field.path)) for row in rows]
