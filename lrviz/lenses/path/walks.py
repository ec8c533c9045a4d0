"""Paths on a landscape: particles that SGD moves at a curve's rates.

The browser's ``particles.js`` moves them while a slider does; this says the same wherever there is
no browser: on paper, and in what a lesson claims. ``tests/js/golden.json`` holds both together.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrviz.lenses.path.landscapes import Ground
from lrviz.scene import Line, Timeline
from lrviz.scene.lines import drawn
from lrviz.schedules import Floats

PARTICLES = 64
#: They move at most so often: the browser shows all of it while a slider moves.
MOVES = 750
#: No particle gets further from the origin than this, along x or y.
_FARTHEST = 1e3
#: A sum of twelve uniform numbers is nearly normal, with a variance of 1.
_TWELVE = 12
#: The row of random numbers is computed in so many parts at once.
_LANES = 1024
_Words = NDArray[np.uint32]


@dataclass(frozen=True)
class Walk:
    """Where particles are before each move and after the last.

    Attributes:
        ground: The landscape.
        x: Their places from left to right, float64 of shape (moves + 1, ..., particles).
        y: Their places from bottom to top, of the same shape.
    """

    ground: Ground
    x: Floats
    y: Floats

    @cached_property
    def mean(self) -> Floats:
        """Their mean loss, of shape (moves + 1, ...)."""
        return np.asarray(loss_at(self.ground, self.x, self.y).mean(axis=-1))

    @property
    def counted(self) -> NDArray[np.intp]:
        """The number of particles that end where the landscape counts them, of shape (...)."""
        low, high = self.ground.counted
        last = self.x[-1]
        return np.asarray(((low < last) & (last < high)).sum(axis=-1))


def loss_at(ground: Ground, x: Floats, y: Floats) -> Floats:
    """The loss at some places, above the lowest one."""
    a, left, b, low = ground.bowl
    loss = a * (x - left) ** 2 / 2 + b * (y - low) ** 2 / 2 - ground.lowest
    for depth, at_x, at_y, width, height in ground.wells:
        loss = loss - depth / (1 + ((x - at_x) / width) ** 2 + ((y - at_y) / height) ** 2)
    return loss


def gradient_at(ground: Ground, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """The gradient at some places: along x and along y."""
    a, left, b, low = ground.bowl
    along, across = a * (x - left), b * (y - low)
    for depth, at_x, at_y, width, height in ground.wells:
        u, v = (x - at_x) / width, (y - at_y) / height
        slope = 2 * depth / (1 + u * u + v * v) ** 2
        along, across = along + slope * u / width, across + slope * v / height
    return along, across


def normals(seed: int, count: int) -> Floats:
    """``count`` numbers that are nearly normal: twelve of xorshift32 are added up for each."""
    size = _TWELVE * count
    steps = -(-size // _LANES)
    # One long row of states is slow in Python: many parts of it are computed at once. A step is
    # linear in the bits of a state, so that the first state of a part follows from the images of
    # single bits after ``steps`` steps.
    bits = np.uint32(1) << np.arange(32, dtype=np.uint32)
    for digit in f"{steps:b}":
        bits = _added(bits, bits)
        bits = _stepped(bits) if digit == "1" else bits
    lanes = np.array([(seed * 2654435761 + 88172645) % 2**32 or 1], np.uint32)
    while len(lanes) < _LANES:
        lanes, bits = np.concatenate((lanes, _added(bits, lanes))), _added(bits, bits)
    states = np.empty((steps, _LANES), np.uint32)
    for at in range(steps):
        states[at] = lanes = _stepped(lanes)
    twelves = states.T.ravel()[:size].reshape(count, _TWELVE)
    return np.asarray(twelves.sum(axis=1, dtype=np.float64) / 2**32 - _TWELVE / 2)


def _stepped(states: _Words) -> _Words:
    """The next state after each, of xorshift32."""
    states = states ^ (states << np.uint32(13))
    states = states ^ (states >> np.uint32(17))
    return states ^ (states << np.uint32(5))


def _added(bits: _Words, states: _Words) -> _Words:
    """The image of each state under a linear map: the xor of the images ``bits`` of its bits."""
    sums = np.zeros_like(states)
    for place, bit in enumerate(bits):
        sums ^= np.where(states >> np.uint32(place) & np.uint32(1), bit, np.uint32(0))
    return sums


def walk(
    ground: Ground,
    rates: ArrayLike,
    draws: Floats,
    *,
    start: tuple[float, float],
    noise: float = 1.0,
    momentum: float = 0.0,
) -> Walk:
    """Move all particles once for each of the rates; with momentum as Keras's SGD has it.

    Args:
        ground: The landscape.
        rates: The rate of each move; what is no rate moves nothing.
        draws: The gradients' noise, of shape (moves, ..., particles, 2), with a variance of 1.
        start: Where all of them begin.
        noise: The standard deviation that the noise gets.
        momentum: The share of its last move that each particle keeps.
    """
    each = np.nan_to_num(np.asarray(rates, float))
    x, y = np.empty((2, len(each) + 1, *draws.shape[1:-1]))
    x[0], y[0] = start
    along, across = np.zeros((2, *draws.shape[1:-1]))
    for move, rate in enumerate(each):
        slope_x, slope_y = gradient_at(ground, x[move], y[move])
        along = momentum * along - rate * (slope_x + noise * draws[move, ..., 0])
        across = momentum * across - rate * (slope_y + noise * draws[move, ..., 1])
        x[move + 1] = np.clip(x[move] + along, -_FARTHEST, _FARTHEST)
        y[move + 1] = np.clip(y[move] + across, -_FARTHEST, _FARTHEST)
    return Walk(ground, x, y)


def rates_of(line: Line, timeline: Timeline) -> Floats:
    """The rate of each move, as the browser reads it off the drawn line."""
    x, rates, _ = drawn(line, timeline)
    moves = min(timeline.steps, MOVES)
    # The line travels as float32, and in a landscape with two basins a last bit decides who leaves.
    at = np.arange(moves) * (timeline.steps / moves)
    return np.asarray(np.interp(at, x, np.float32(rates)))
