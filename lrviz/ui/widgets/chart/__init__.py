"""The chart: a Plotly figure that is updated in place, never rebuilt."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import streamlit as st

from lrviz.figures import Figure, to_json
from lrviz.text import Sentence
from lrviz.ui import assets
from lrviz.ui.session import Session

# What stands for the chart where its code could not be loaded.
_FAILED = """
        const alert = component.parentElement.querySelector("[role=alert]");
        alert.textContent = component.data.failure;
        alert.hidden = false;
        if (!component.data.live) return;
        const { name, readout } = JSON.parse(component.data.live);
        component.parentElement.querySelector(".lrviz-readout").textContent =
            `${name}: ${readout.map((each) => each.join(" ")).join("  ·  ")}`;
"""
_HTML = """
<figure class="lrviz-figure">
    <div class="lrviz-chart"></div>
    <p role="alert" hidden></p>
    <p class="lrviz-readout"></p>
    <div class="lrviz-player" hidden></div>
    <div class="lrviz-lens" hidden></div>
    <figcaption></figcaption>
</figure>
"""

_mount = st.components.v2.component(
    "lrviz.chart",
    html=_HTML,
    js=assets.loader(_FAILED),
    isolate_styles=False,
)


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
        arrows: What the two buttons do that move it by one.
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
    arrows: tuple[str, str]


@dataclass(frozen=True)
class Switch:
    """Something of a chart that is one of a few, and is switched in its corner.

    Attributes:
        name: Its name; ``chart.css`` puts it into its corner by it.
        label: What it is (English, translated where shown).
        options: What may be chosen, and what that is called.
        value: What is chosen.
        choose: Takes another choice.
    """

    name: str
    label: str
    options: Mapping[str, str]
    value: str
    choose: Callable[[str], None]

    def told(self, session: Session) -> dict[str, object]:
        """What the browser is told of it."""
        return {
            "name": self.name,
            "label": session.text(self.label),
            "options": [[value, session.text(text)] for value, text in self.options.items()],
            "value": self.value,
        }


def _switch(switch: Switch | None, value: str) -> None:
    if switch is not None and value in switch.options:
        switch.choose(value)


def plot(
    session: Session,
    figure: Figure | str,
    *,
    key: str,
    description: Iterable[Sentence],
    marker: Marker | None = None,
    play: bool = False,
    live: str = "",
    grows: str = "",
    switches: Sequence[Switch] = (),
    lens: str = "",
    acts: Mapping[str, Callable[[str, str], None]] | None = None,
) -> None:
    """Show a figure under ``key``, where it is updated in place.

    Args:
        session: The session.
        figure: The figure, or its JSON.
        key: The chart's name on the page.
        description: The figure in words, for screen readers.
        marker: A marker over the chart; the act ``set`` gets its id and its value.
        play: Whether the run can be played, with a cursor along the curves.
        live: What sliders and players need (``widgets/live.py``); empty: none.
        grows: Where newer figures come from while a run trains; empty: nowhere.
        switches: What can be switched in the chart's corners.
        lens: What is shown beneath it (``widgets/lens``); empty: nothing.
        acts: What can be done there, by the name of the message; each takes its two texts.
    """
    by_name = {each.name: each for each in switches}

    def take(name: str, first: str, second: str) -> None:
        _switch(by_name.get(name), first)
        if acts and name in acts:
            acts[name](first, second)

    session.listen(key, "said", take)
    data: dict[str, object] = {
        "figure": figure if isinstance(figure, str) else to_json(figure),
        "description": " ".join(session.text(sentence) for sentence in description),
        "filename": f"lrviz-{key}",
        "key": key,
        "live": live,
        "grows": grows,
        "taken": session.taken(key),
        "switches": json.dumps([each.told(session) for each in switches]),
        "extras": _extras(session, marker, play=play),
        "lens": lens,
    }
    _mount(key=key, data=data | _constant(session), on_said_change=lambda: None)


def _extras(session: Session, marker: Marker | None, *, play: bool) -> str:
    """What a lesson lays over the chart, as JSON for ``extras.js``; empty: nothing."""
    words = {
        "play": session.text("Play the run"),
        "pause": session.text("Pause"),
        "step": session.text("step {number}").replace("{number}", "{value}"),
    }
    extras = {"marker": asdict(marker) if marker else None, "play": words if play else None}
    return json.dumps(extras) if marker or play else ""


def _constant(session: Session) -> dict[str, str]:
    """What is the same for every chart."""
    labels = {
        "png": session.text("Save as PNG"),
        "svg": session.text("Save as SVG"),
        "zoom": session.text("Zoom"),
        "pan": session.text("Pan"),
        "reset": session.text("Show the whole run"),
        "in": session.text("Zoom in"),
        "out": session.text("Zoom out"),
    }
    return {
        "failure": session.text(
            "The chart could not be loaded. Every number on this page still works; reload the page "
            "to try again."
        ),
        # Text only: to look into anything else, Streamlit would load pandas (65 MB).
        "labels": json.dumps(labels),
        "module": assets.url("widgets/figure.js"),
        "plotly": assets.url("plotly.min.js"),
    }
