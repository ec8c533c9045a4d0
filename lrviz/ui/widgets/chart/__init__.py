"""The chart: a Plotly figure that is updated in place, never rebuilt."""

from lrviz.ui import assets
from lrviz.ui.component import Component, by_name
from lrviz.ui.session import Session
from lrviz.view.chart import TEXTS, Drawing
from lrviz.view.payload import Acts

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
_CHART = Component("chart", _HTML, "ui/widgets/figure.js", _FAILED)
_NONE: Acts = {}


def plot(session: Session, key: str, drawing: Drawing, acts: Acts = _NONE) -> None:
    """Show ``drawing`` under ``key``, where it is updated in place.

    ``acts`` is what can be done there, by the name of the message.
    """
    payload = drawing.payload(key) | TEXTS | {"plotly": assets.url("plotly.min.js")}
    _CHART.show(session, key, payload, by_name(drawing.checked(acts)))


def axes_acts(session: Session) -> Acts:
    """What the switches of :func:`lrviz.view.chart.axes` do to the page's scene."""
    return {
        "scale": lambda chosen, _: session.look(scale=chosen),
        "unit": lambda chosen, _: session.look(unit=chosen),
    }
