"""The panel: one component for all lines (:mod:`lrviz.view.panel`)."""

from collections.abc import Sequence

from lrviz.ui.component import Component, by_name
from lrviz.ui.session import Session
from lrviz.ui.work import Asker
from lrviz.view.live import live_payload
from lrviz.view.panel import Row, entered, panel_payload
from lrviz.view.payload import Acts, Payload

# Without the module: a plain field for each line.
_FAILED = """
        const root = component.parentElement.querySelector(".lrviz-panel");
        let number = Math.max(Date.now(), component.data.taken);
        root.replaceChildren();
        for (const row of JSON.parse(component.data.rows)) {
            const label = document.createElement("label");
            const field = document.createElement("input");
            field.value = row.text;
            field.setAttribute("aria-label", row.name);
            field.onchange = () => {
                const said = [(number += 1), "set", row.id, field.value];
                component.setStateValue("said", JSON.stringify([number, [said]]));
            };
            label.append(row.name + " ", field, " " + row.problem);
            label.style.display = "block";
            root.append(label);
        }
"""
_PANEL = Component("panel", '<div class="lrviz-panel"></div>', "ui/widgets/panel/panel.js", _FAILED)
_NONE: Acts = {}


def panel_of(chart: str) -> str:
    """The key of the panel that moves the chart of that key."""
    return f"{chart}-panel"


def panel(
    session: Session,
    rows: Sequence[Row],
    *,
    key: str = "",
    chart: str = "",
    curves: Payload | None = None,
    acts: Acts = _NONE,
) -> None:
    """Show a line for each of ``rows``.

    Args:
        session: The session.
        rows: The lines.
        key: The panel's name on the page, where no chart follows it.
        chart: The key of the chart that follows the sliders.
        curves: The payload of the list of curves above the lines; None: there is none.
        acts: What else can be done here, by the name of the message; each takes its two texts.
    """
    other = by_name(acts)

    def take(act: str, first: str, second: str) -> None:
        field = entered(session.page, rows, act, first, second)
        if field is not None:
            session.type(*field)
        elif act not in ("set", "slide"):
            other(act, first, second)

    payload = panel_payload(session.page, session.typed, rows, chart=chart or key, curves=curves)
    _PANEL.show(session, panel_of(chart) if chart else key, payload, take)


def follow(session: Session, chart: str) -> Payload:
    """What the chart of that key needs to follow the sliders of its panel, and to be played."""
    return live_payload(
        session.scene, asker=session.memory(Asker).name, taken=session.taken(panel_of(chart))
    )
