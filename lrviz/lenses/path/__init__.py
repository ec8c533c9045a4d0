"""The lens of paths: particles on a landscape that SGD moves at the curves' rates."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Self

from lrviz.declared import Parameter
from lrviz.lenses.kind import Choice, Kind
from lrviz.lenses.path.landscapes import LANDSCAPES, Ground, Landscape
from lrviz.lenses.path.walks import MOVES, PARTICLES, Walk, normals, rates_of, walk
from lrviz.scene import Line, Scene, Timeline
from lrviz.scene.insights import summary
from lrviz.text import Sentence, mark

#: A start may be so far from the middle of a landscape.
FARTHEST = 10.0
#: The rates that the landscapes are made for are about so high.
_USUAL = 0.1


def _start(help: str, symbol: str) -> Parameter:
    return Parameter(
        help=help,
        symbol=symbol,
        at_least=-FARTHEST,
        at_most=FARTHEST,
        slider=(-3.0, 3.0),
    )


_GAIN = Parameter(
    help=mark(
        "The rates are multiplied by this on the landscape, whose steepest slopes are made "
        "for rates of about 0.1."
    ),
    symbol="g",
    at_least=1e-4,
    at_most=1e6,
    slider=(0.01, 1000.0),
    scale="log",
)


@dataclass(frozen=True)
class PathLens(Kind):
    """Particles on a landscape, and their mean loss.

    Attributes:
        landscape: What the particles are on.
        noise: The standard deviation of each gradient's noise.
        momentum: The share of its last move that a particle keeps.
        start_x: Where the particles begin, from left to right (those of the bowl).
        start_y: And from bottom to top.
        gain: What the rates are multiplied by on the landscape.
        seed: Of the noise.
    """

    name = "path"
    title = mark("Path")

    landscape: Annotated[
        Landscape, Parameter(help=mark("What the particles are on."), symbol="f")
    ] = "bowl"
    noise: Annotated[
        float,
        Parameter(
            help=mark("How far each gradient is off, as a standard deviation."),
            symbol=r"\sigma",
            at_least=0.0,
            at_most=10.0,
            slider=(0.0, 3.0),
        ),
    ] = 1.0
    momentum: Annotated[
        float,
        Parameter(
            help=mark("The share of its last move that a particle keeps; 0: plain SGD."),
            symbol=r"\beta",
            at_least=0.0,
            at_most=0.999,
            slider=(0.0, 0.99),
        ),
    ] = 0.0
    start_x: Annotated[
        float,
        _start(mark("Where the particles begin, from left to right. Drag the ring."), "x_0"),
    ] = -2.5
    start_y: Annotated[
        float,
        _start(mark("Where the particles begin, from bottom to top. Drag the ring."), "y_0"),
    ] = 1.5
    gain: Annotated[float, _GAIN] = 1.0
    seed: Annotated[
        int,
        Parameter(
            help=mark("The same seed gives the same noise, in every browser."),
            symbol="s",
            at_least=0,
            at_most=2**31 - 1,
            slider=(0, 100),
        ),
    ] = 0

    @property
    def ground(self) -> Ground:
        """The landscape itself."""
        return LANDSCAPES[self.landscape]

    @property
    def choice(self) -> Choice:
        """The landscapes."""
        return Choice(
            "landscape",
            Sentence("Landscape"),
            Sentence(self.ground.look_for),
            tuple((name, Sentence(ground.title)) for name, ground in LANDSCAPES.items()),
            self.landscape,
        )

    def on(self, landscape: str) -> Self:
        """The same on another landscape, with the particles at its start."""
        moved = self.with_values({"landscape": landscape})
        x, y = moved.ground.start
        return replace(moved, start_x=x, start_y=y)

    def chosen(self, value: str) -> Self:
        """As :meth:`on`."""
        return self.on(value)

    def opened(self, scene: Scene) -> Self:
        """With a gain at which the landscape shows something of the curves' rates."""
        return replace(self, gain=_gain(scene))

    def payload(self, scene: Scene) -> Mapping[str, object]:
        """The landscape, and how the particles move on it."""
        ground = self.ground
        return {
            "moves": MOVES,
            "ground": {
                "bowl": ground.bowl,
                "wells": ground.wells,
                "lowest": ground.lowest,
                "region": ground.region,
                "counted": ground.counted,
                "counts": Sentence(ground.counts) if ground.counts else "",
            },
            "texts": {
                "axis": Sentence("mean loss"),
                "picture": Sentence(
                    "Particles on a landscape: {title}.", {"title": Sentence(ground.title)}
                ),
            },
        }

    def remarks(self, scene: Scene) -> list[Sentence]:
        """What the landscape shows, and how long a move of the particles is."""
        steps = scene.timeline.steps
        look_for = Sentence(self.ground.look_for)
        if steps <= MOVES:
            return [look_for]
        values: dict[str, object] = {"steps": float(f"{steps / MOVES:.4g}")}
        move = Sentence("One move of the particles is {steps} steps of the run.", values)
        return [look_for, move]

    def walk(self, line: Line, timeline: Timeline) -> Walk:
        """The path of the particles at the rates of ``line``."""
        rates = rates_of(line, timeline) * self.gain
        return walk(
            self.ground,
            rates,
            normals(self.seed, 2 * PARTICLES * len(rates)).reshape(len(rates), PARTICLES, 2),
            start=(self.start_x, self.start_y),
            noise=self.noise,
            momentum=self.momentum,
        )


def walked(scene: Scene, landscape: Landscape) -> Scene:
    """``scene`` with the paths of its curves on that landscape beneath it."""
    return replace(scene, lens=PathLens().on(landscape).lens)


def _gain(scene: Scene) -> float:
    """A round factor that makes the highest rate one that the landscapes are made for."""
    peaks = [summary(each, scene.timeline).highest for each in scene.shown]
    peak = max((each for each in peaks if 0 < each < float("inf")), default=_USUAL)
    factor = _USUAL / peak
    # Whatever is near already stays as it is.
    if 0.2 <= factor <= 5:
        return 1.0
    return min(max(float(f"{factor:.1g}"), _GAIN.at_least), _GAIN.at_most)
