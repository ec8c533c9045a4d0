"""A figure on the page, in the reader's language."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Literal

from lrviz.figures import Figure, to_json
from lrviz.text import Sentence
from lrviz.ui.session import Session
from lrviz.ui.widgets.chart import chart


@dataclass(frozen=True)
class Marker:
    """A line over the chart that is dragged, or moved by keys, to an answer.

    Attributes:
        id: Another one is another question: the marker begins at ``value`` again.
        axis: Which axis it moves along.
        value: Where it is.
        low: Where it can go, from here,
        high: up to here.
        step: What an arrow key moves it by.
        whole: Whether only whole numbers count.
        label: Its name, for screen readers.
        text: Its value in words, with ``{value}`` in it.
    """

    id: str
    axis: Literal["x", "y"]
    value: float
    low: float
    high: float
    step: float
    whole: bool
    label: str
    text: str


def plot(
    session: Session,
    figure: Figure | str,
    *,
    key: str,
    description: Iterable[Sentence],
    on_toggle: Callable[[object], None] | None = None,
    marker: Marker | None = None,
    on_marker: Callable[[object], None] | None = None,
    play: bool = False,
    live: str = "",
    grows: str = "",
) -> None:
    """Show a Plotly figure under ``key``, where it is updated in place.

    Args:
        session: The session.
        figure: The figure, or its JSON.
        key: The chart's name on the page.
        description: The figure in words, for screen readers.
        on_toggle: Called with a trace's ``uid`` when its legend entry was clicked; without it the
            browser hides and shows traces by itself.
        marker: A marker over the chart.
        on_marker: Called with its value when it was moved.
        play: Whether the run can be played, with a cursor along the curves.
        live: As in :func:`lrviz.ui.widgets.chart.chart`.
        grows: As in :func:`lrviz.ui.widgets.chart.chart`.
    """
    words = {
        "play": session.text("Play the run"),
        "pause": session.text("Pause"),
        "step": session.text("step {number}").replace("{number}", "{value}"),
    }
    extras = {"marker": asdict(marker) if marker else None, "play": words if play else None}
    chart(
        figure if isinstance(figure, str) else to_json(figure),
        key=key,
        description=" ".join(session.text(sentence) for sentence in description),
        filename=f"lrviz-{key}",
        failure=session.text(
            "The chart could not be loaded. Every number on this page still works; reload the page "
            "to try again."
        ),
        labels={
            "png": session.text("Save as PNG"),
            "svg": session.text("Save as SVG"),
            "zoom": session.text("Zoom"),
            "pan": session.text("Pan"),
            "reset": session.text("Show the whole run"),
            "in": session.text("Zoom in"),
            "out": session.text("Zoom out"),
        },
        on_toggle=on_toggle,
        extras=json.dumps(extras) if marker or play else "",
        on_marker=on_marker,
        live=live,
        grows=grows,
    )
