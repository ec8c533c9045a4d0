"""Landscapes as data: losses over two weights, each of which shows one thing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from lrviz.text import mark

Landscape = Literal["bowl", "valley", "basins", "cliff"]


class Well(NamedTuple):
    """``-depth / (1 + u**2 + v**2)``, with ``u = (x - x_0) / width``, ``v = (y - y_0) / height``.

    Below 0, a depth is a hill's height. No function in it that engines round differently.
    """

    depth: float
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Ground:
    """A loss over two weights: a bowl with wells in it.

    Attributes:
        title: Its title (English, translated where shown).
        look_for: A sentence on what it shows, and where one sees that.
        bowl: ``a, x, b, y`` of ``a (x' - x)**2 / 2 + b (y' - y)**2 / 2``.
        wells: The terms that are added to that.
        lowest: The lowest loss, which is subtracted: the result is never below 0.
        region: The part that is drawn: from and to along x, then along y.
        start: Where the particles begin, along x and y.
        counted: The particles that end between these two places along x are counted; empty: none.
        counts: A text for the count, with ``{count}`` and ``{all}`` in it.
    """

    title: str
    look_for: str
    bowl: tuple[float, float, float, float]
    wells: tuple[Well, ...]
    lowest: float
    region: tuple[float, float, float, float]
    start: tuple[float, float]
    counted: tuple[float, ...] = ()
    counts: str = ""


LANDSCAPES: Mapping[Landscape, Ground] = {
    "bowl": Ground(
        mark("A bowl with noise"),
        mark(
            "Near the bottom the loss comes to rest at a floor that is nearly proportional to the "
            "rate: decay buys precision."
        ),
        bowl=(1.0, 0.0, 4.0, 0.0),
        wells=(),
        lowest=0.0,
        region=(-3.0, 3.0, -2.0, 2.0),
        start=(-2.5, 1.5),
    ),
    "valley": Ground(
        mark("A river valley"),
        mark(
            "A high rate hurries along the river and bounces between its banks; a decay at the end "
            "brings down what bounces. Warmup-stable-decay does one after the other."
        ),
        bowl=(0.02, 2.5, 16.0, 0.0),
        wells=(),
        lowest=0.0,
        region=(-3.0, 3.5, -1.2, 1.2),
        start=(-2.5, 0.8),
    ),
    "basins": Ground(
        mark("Two basins: one sharp, one flat"),
        mark(
            "At the bottom of the sharp basin no rate above 2 / 50 is stable, and from about 0.07 "
            "on particles leave it. Each restart throws some out; so does one long time at a high "
            "rate."
        ),
        bowl=(0.2, 1.2, 2.0, 0.0),
        wells=(Well(1.0, -1.5, 0.0, 0.2, 1.0), Well(0.6, 1.2, 0.0, 1.0, 1.0)),
        lowest=-0.605463,
        region=(-3.0, 3.0, -1.5, 1.5),
        start=(-1.5, 0.3),
        counted=(0.0, 1e9),
        counts=mark("{count}/{all} in the flat one"),
    ),
    "cliff": Ground(
        mark("A cliff at the start"),
        mark(
            "The first gradients are the largest. At a full rate the first step leaps over the "
            "good basin into a worse one; a warm-up of a few steps climbs down."
        ),
        bowl=(0.2, 0.0, 2.0, 0.0),
        wells=(
            Well(-24.0, -3.2, 0.0, 0.4, 1.5),
            Well(2.0, -1.2, 0.0, 0.6, 1.0),
            Well(1.0, 1.4, 0.0, 0.6, 1.0),
        ),
        lowest=-1.039163,
        region=(-3.1, 3.0, -1.5, 1.5),
        start=(-2.95, 0.3),
        counted=(-2.0, -0.4),
        counts=mark("{count}/{all} in the good one"),
    ),
}
