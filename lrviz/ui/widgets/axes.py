"""The switches of a scene's axes."""

from lrviz.text import mark
from lrviz.ui.session import Session
from lrviz.ui.widgets.chart import Switch


def axes(session: Session) -> tuple[Switch, ...]:
    """What the axes of the page's scene count, and how."""
    scene = session.scene
    return (
        Switch(
            "scale",
            mark("y axis"),
            {"linear": mark("Linear"), "log": mark("Log")},
            scene.scale,
            lambda chosen: session.look(scale=chosen),
        ),
        Switch(
            "unit",
            mark("x axis"),
            {"step": mark("Steps"), "epoch": mark("Epochs")},
            scene.unit,
            lambda chosen: session.look(unit=chosen),
        ),
    )
