"""Particles on a landscape in plain NumPy, as the browser's module moves them."""

from typing import NamedTuple

import numpy as np

PARTICLES = 64
#: How many uniform numbers make one that is nearly normal: their sum has a variance of 1.
_TWELVE = 12


def value(ground, x, y):
    """The loss above the lowest one."""
    a, at_x, b, at_y = ground.bowl
    loss = a * (x - at_x) ** 2 / 2 + b * (y - at_y) ** 2 / 2 - ground.lowest
    for depth, x_0, y_0, width, height in ground.wells:
        loss = loss - depth / (1 + ((x - x_0) / width) ** 2 + ((y - y_0) / height) ** 2)
    return loss


def gradient(ground, x, y):
    """Its gradient."""
    a, at_x, b, at_y = ground.bowl
    along, across = a * (x - at_x), b * (y - at_y)
    for depth, x_0, y_0, width, height in ground.wells:
        u, v = (x - x_0) / width, (y - y_0) / height
        slope = 2 * depth / (1 + u * u + v * v) ** 2
        along, across = along + slope * u / width, across + slope * v / height
    return along, across


def normals(seed, count):
    """Numbers that are nearly normal: xorshift32, and sums of twelve."""
    state = (seed * 2654435761 + 88172645) % 2**32 or 1
    found = np.empty(count)
    for at in range(count):
        total = 0.0
        for _ in range(_TWELVE):
            state ^= (state << 13) % 2**32
            state ^= state >> 17
            state ^= (state << 5) % 2**32
            total += state
        found[at] = total / 2**32 - _TWELVE / 2
    return found


class Walk(NamedTuple):
    """Where the particles are before each step and after the last, and their mean loss there."""

    x: np.ndarray
    y: np.ndarray
    mean: np.ndarray


def walked(ground, rates, noise, momentum=0.0, start=None, *, given=None, seed=0):
    """SGD with Keras's momentum, from ``start``; ``given``: the noise, 2 numbers a move."""
    x, y = (np.full(PARTICLES, each) for each in (start or ground.start))
    if given is None:
        given = np.random.default_rng(seed).standard_normal(2 * PARTICLES * len(rates))
    along, across = np.zeros(PARTICLES), np.zeros(PARTICLES)
    xs, ys = [x], [y]
    for rate, each in zip(rates, given.reshape(len(rates), PARTICLES, 2), strict=True):
        slope_x, slope_y = gradient(ground, x, y)
        along = momentum * along - rate * (slope_x + noise * each[:, 0])
        across = momentum * across - rate * (slope_y + noise * each[:, 1])
        x, y = np.clip(x + along, -1e3, 1e3), np.clip(y + across, -1e3, 1e3)
        xs.append(x)
        ys.append(y)
    xs, ys = np.array(xs), np.array(ys)
    return Walk(xs, ys, value(ground, xs, ys).mean(axis=1))
