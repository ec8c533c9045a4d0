"""A lens: what the lower chart shows of the curves, over the same steps."""

from dataclasses import dataclass
from typing import Annotated, Literal

from lrviz.declared import Declared, Parameter
from lrviz.text import mark

Kind = Literal["cycles", "path", "loss"]
#: What a path is on; :mod:`lrviz.figures.landscapes` says what each is there to show.
Landscape = Literal["bowl", "valley", "basins", "cliff"]
#: What a loss is forecast by: the published law for a model of so many parameters.
Model = Literal["25M", "100M", "400M"]
#: A start may be so far from the middle of a landscape.
FARTHEST = 10.0


def _start(help: str, symbol: str) -> Parameter:
    return Parameter(
        help=help,
        symbol=symbol,
        at_least=-FARTHEST,
        at_most=FARTHEST,
        slider=(-3.0, 3.0),
    )


@dataclass(frozen=True)
class Lens(Declared):
    """What the lower chart shows, and how.

    Attributes:
        kind: The selected curve's cycles in a table; paths on a landscape; or forecast losses.
        landscape: What the paths are on.
        noise: The standard deviation of each gradient's noise.
        momentum: The share of its last move that a particle keeps.
        start_x: Where the particles begin, from left to right (those of the bowl).
        start_y: And from bottom to top.
        seed: Of the noise.
        gain: What the rates are multiplied by on the landscape.
        model: Whose law forecasts the loss.
        locked: The fields that stay as they are when a better curve is looked for.
    """

    kind: Annotated[Kind, Parameter()] = "cycles"
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
    gain: Annotated[
        float,
        Parameter(
            help=mark(
                "The rates are multiplied by this on the landscape, whose steepest slopes are made "
                "for rates of about 0.1."
            ),
            symbol="g",
            at_least=1e-4,
            at_most=1e6,
            slider=(0.01, 1000.0),
            scale="log",
        ),
    ] = 1.0
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
    model: Annotated[
        Model,
        Parameter(help=mark("Whose published law forecasts the loss."), symbol=r"\text{model}"),
    ] = "100M"
    locked: Annotated[
        tuple[str, ...],
        Parameter(pattern=r"[a-z0-9][a-zA-Z0-9_.]{0,63}", least_items=0, most_items=60),
    ] = ()
