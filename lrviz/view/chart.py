"""A chart: what is drawn in it, as one value, and the payload of its component."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from lrviz.figures import Figure
from lrviz.figures import to_json as figure_json
from lrviz.scene import Scene
from lrviz.text import Sentence, paragraph
from lrviz.view.payload import Acts, Payload


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
    label: Sentence
    text: Sentence
    arrows: tuple[Sentence, Sentence]


@dataclass(frozen=True)
class Switch:
    """Something of a chart that is one of a few, and is switched in its corner.

    Attributes:
        name: Its name, and that of its act; ``chart.css`` puts it into its corner by it.
        label: What it is.
        options: What may be chosen, and the label of each.
        value: What is chosen.
    """

    name: str
    label: Sentence
    options: Mapping[str, Sentence | str]
    value: str

    @property
    def payload(self) -> Payload:
        """What the browser needs of it."""
        return {
            "name": self.name,
            "label": self.label,
            "options": [*self.options.items()],
            "value": self.value,
        }


@dataclass(frozen=True)
class Drawing:
    """What is drawn in a chart.

    Attributes:
        figure: The figure, or its JSON.
        description: The figure in words, for screen readers.
        marker: A marker over the chart; the act ``set`` gets its id and its value.
        play: Whether the run can be played, with a cursor along the curves.
        live: What sliders and players need (:mod:`lrviz.view.live`); None: none follows.
        grows: Where newer figures come from while a run trains; empty: nowhere.
        switches: What can be switched in the chart's corners.
        lens: The payload of what is shown beneath it; None: nothing.
    """

    figure: Figure | str
    description: tuple[Sentence, ...]
    marker: Marker | None = None
    play: bool = False
    live: Payload | None = None
    grows: str = ""
    switches: tuple[Switch, ...] = ()
    lens: Payload | None = None

    def payload(self, key: str) -> Payload:
        """What the chart of that key gets in the browser."""
        figure = self.figure
        return {
            "figure": figure if isinstance(figure, str) else figure_json(figure),
            "description": paragraph(*self.description),
            "filename": f"lrviz-{key}",
            "key": key,
            "live": self.live or "",
            "grows": self.grows,
            "switches": [each.payload for each in self.switches],
            "extras": self._extras(),
            "lens": self.lens or "",
        }

    def _extras(self) -> object:
        """What a lesson lays over the chart; empty: nothing."""
        if self.marker is None and not self.play:
            return ""
        return {"marker": self.marker, "play": _PLAYER if self.play else None}

    def checked(self, acts: Acts) -> Acts:
        """``acts``, in which a switch takes nothing but its options: a browser may send any."""
        switching = {
            each.name: _only(each.options, acts[each.name])
            for each in self.switches
            if each.name in acts
        }
        return acts | switching


def _only(
    options: Mapping[str, object], act: Callable[[str, str], None]
) -> Callable[[str, str], None]:
    return lambda chosen, _: act(chosen, "") if chosen in options else None


#: The texts of a lesson's player.
_PLAYER = {
    "play": Sentence("Play the run"),
    "pause": Sentence("Pause"),
    "step": Sentence("step {number}", {"number": "{value}"}),
}
#: The texts of every chart.
TEXTS: Payload = {
    "failure": Sentence(
        "The chart could not be loaded. Every number on this page still works; reload the page to "
        "try again."
    ),
    "labels": {
        "png": Sentence("Save as PNG"),
        "svg": Sentence("Save as SVG"),
        "zoom": Sentence("Zoom"),
        "pan": Sentence("Pan"),
        "reset": Sentence("Show the whole run"),
        "in": Sentence("Zoom in"),
        "out": Sentence("Zoom out"),
    },
}


def axes(scene: Scene) -> tuple[Switch, ...]:
    """The switches of what the axes of ``scene`` count, and how."""
    return (
        Switch(
            "scale",
            Sentence("y axis"),
            {"linear": Sentence("Linear"), "log": Sentence("Log")},
            scene.scale,
        ),
        Switch(
            "unit",
            Sentence("x axis"),
            {"step": Sentence("Steps"), "epoch": Sentence("Epochs")},
            scene.unit,
        ),
    )
