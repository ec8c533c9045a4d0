"""Tissue et al.'s law (2024, arXiv 2408.11029): a sum of rates, and their momentum."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrviz.forecast.law import UNKNOWN, Errors, Rates
from lrviz.schedules import Floats

#: The decay factor of the momentum, per step; the paper's.
MEMORY = 0.999


@dataclass(frozen=True)
class MomentumLaw:
    """``L(t) = L0 + A S1(t)**-alpha - C S2(t)``.

    ``S1(t)`` is the sum of the rates up to step t; ``S2(t)`` that of ``m_i = 0.999 m_(i-1) +
    (eta_(i-1) - eta_i)``, the rate's falls with momentum.

    Source: Tissue et al. 2024, "Scaling Law with Learning Rate Annealing", arXiv 2408.11029.

    Attributes:
        L0: The loss that no training gets below.
        A: How much there is to learn.
        alpha: How fast that is learned.
        C: What the loss gains of a fall of the rate.
        errors: The errors of its forecasts.
        name: The name of the law.
        source: Its publication.
    """

    L0: float
    A: float
    alpha: float
    C: float
    errors: Errors = UNKNOWN
    name: str = "Tissue et al."
    source: str = "Tissue et al. 2024, arXiv 2408.11029"

    def losses(self, rates: Rates, at: NDArray[np.intp]) -> Floats:
        """The loss after each of the steps ``at``."""
        with np.errstate(divide="ignore"):
            learned: Floats = self.L0 + self.A * rates.sums[at] ** -self.alpha
        return learned - self.C * annealed(rates)[at]


#: So many steps at a time: within a block the powers stay far from underflow.
_BLOCK = 512


def annealed(rates: Rates) -> Floats:
    """``S2`` after each step of the run."""
    each = rates.each
    falls = np.zeros(-(-len(each) // _BLOCK) * _BLOCK)
    falls[1 : len(each)] = -np.diff(each)
    powers = MEMORY ** np.arange(_BLOCK)
    moved = np.cumsum(falls.reshape(-1, _BLOCK) / powers, axis=1) * powers
    before = 0.0
    for block in moved:
        block += before * MEMORY * powers
        before = block[-1]
    summed: Floats = np.cumsum(moved.ravel()[: len(each)])
    return summed
