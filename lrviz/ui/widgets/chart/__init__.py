"""The chart: a Plotly figure that is updated in place, never rebuilt."""

import json
from collections.abc import Callable, Mapping
from importlib.resources import files

import streamlit as st

from lrviz.ui import assets

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
    <figcaption></figcaption>
</figure>
"""

_mount = st.components.v2.component(
    "lrviz.chart",
    html=_HTML,
    css=files("lrviz.ui.widgets.chart").joinpath("chart.css").read_text("utf-8"),
    js=assets.loader(_FAILED),
    isolate_styles=False,
)


def chart(
    figure: str,
    *,
    key: str,
    description: str,
    filename: str,
    failure: str,
    labels: Mapping[str, str],
    on_toggle: Callable[[object], None] | None = None,
    extras: str = "",
    on_marker: Callable[[object], None] | None = None,
    live: str = "",
    grows: str = "",
) -> None:
    """Show a figure.

    Args:
        figure: The figure as Plotly's JSON.
        key: The chart's name on the page; under one key it is updated in place.
        description: The figure in words, for screen readers.
        filename: The name of the saved PNG and SVG, without the ending.
        failure: The sentence that stands for the chart where its code could not be loaded.
        labels: The toolbar's texts: png, svg, zoom, pan, reset, in, out.
        on_toggle: Called with a trace's ``uid`` when its legend entry was clicked. Without it the
            browser hides and shows traces by itself.
        extras: What a lesson lays over the chart, as JSON for ``extras.js``; see
            :class:`lrviz.ui.widgets.plot.Marker`.
        on_marker: Called with the marker's value when it was moved.
        live: What sliders and players need (``widgets/slider.py``); empty: none.
        grows: Where newer figures come from while a run trains; empty: none.
    """

    def move() -> None:
        if on_marker is not None:
            on_marker(st.session_state[key]["marker"])

    def take() -> None:
        if on_toggle is not None:
            on_toggle(st.session_state[key]["toggle"])

    _mount(
        key=key,
        data={
            "figure": figure,
            "description": description,
            "filename": filename,
            "key": key,
            "live": live,
            "grows": grows,
            "toggles": on_toggle is not None,
            "failure": failure,
            # Text only: to look into anything else, Streamlit would load pandas (65 MB).
            "labels": json.dumps(dict(labels)),
            "module": assets.url("widgets/chart/chart.js"),
            "plotly": assets.url("plotly.min.js"),
            "extras": extras,
        },
        on_toggle_change=take,
        on_marker_change=move,
    )
