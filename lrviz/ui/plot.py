"""A figure on the page, in the reader's language."""

from collections.abc import Callable, Iterable
from typing import Any

from lrviz.figures import to_json
from lrviz.text import Sentence
from lrviz.ui.chart import chart
from lrviz.ui.state import Session


def plot(
    now: Session,
    figure: Any,
    *,
    key: str,
    description: Iterable[Sentence],
    on_toggle: Callable[[str], None] | None = None,
    readout: str = "",
    live: str = "",
) -> None:
    """Show a Plotly figure under ``key``, where it is updated in place.

    Args:
        now: The session.
        figure: A ``go.Figure``.
        key: The chart's name on the page.
        description: The figure in words, for screen readers.
        on_toggle: Called with a trace's ``uid`` when its legend entry was clicked; without it the
            browser hides and shows traces by itself.
        readout: As in :func:`lrviz.ui.chart.chart`.
        live: As in :func:`lrviz.ui.chart.chart`.
    """
    chart(
        to_json(figure),
        key=key,
        description=" ".join(now.text(sentence) for sentence in description),
        filename=f"lrviz-{key}",
        failure=now.text(
            "The chart could not be loaded. Every number on this page still works; reload the page "
            "to try again."
        ),
        labels={
            "png": now.text("Save as PNG"),
            "svg": now.text("Save as SVG"),
            "zoom": now.text("Zoom"),
            "pan": now.text("Pan"),
            "reset": now.text("Show the whole run"),
            "in": now.text("Zoom in"),
            "out": now.text("Zoom out"),
        },
        on_toggle=on_toggle,
        readout=readout,
        live=live,
    )
