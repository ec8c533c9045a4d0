"""The convex bound (Schaipp et al. 2025, arXiv 2501.18965) of the last iterate's loss."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrviz.forecast.law import UNKNOWN, Errors, Rates
from lrviz.schedules import Floats

#: The rounding error of the sum, as a share of all rates.
_NOTHING = 1e-12


@dataclass(frozen=True)
class ConvexBound:
    """``L(T) = offset + D2 a(T) + G2 b(T)``: linear in its three numbers.

    ``a = 1 / (2 sum eta)`` and ``b = sum eta**2 / (2 sum eta) + 1/2 sum_(k<T) [eta_k / sum_(i>k)
    eta_i] [sum_(i>=k) eta_i**2 / sum_(i>=k) eta_i]``: what convex theory gives to the last iterate
    of subgradient descent, with ``D2`` the squared way to the solution and ``G2`` the squared
    gradient.

    Source: Schaipp et al. 2025, "The Surprising Agreement Between Convex Optimization Theory and
    Learning-Rate Scheduling for Large Model Training", arXiv 2501.18965.

    Attributes:
        offset: The loss that no training gets below.
        D2: The squared distance to the solution.
        G2: The squared norm of the gradients.
        errors: The errors of its forecasts.
        name: The name of the law.
        source: Its publication.
    """

    offset: float
    D2: float
    G2: float
    errors: Errors = UNKNOWN
    name: str = "Schaipp et al."
    source: str = "Schaipp et al. 2025, arXiv 2501.18965"

    def losses(self, rates: Rates, at: NDArray[np.intp]) -> Floats:
        """The loss after each of the steps ``at``."""
        distance, gradient = terms(rates, at)
        losses: Floats = self.offset + self.D2 * distance + self.G2 * gradient
        return losses


def terms(rates: Rates, at: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """``a`` and ``b`` at each of the steps ``at``, of the same shape; ``inf`` before any rate.

    The time is that of one sum over the run for each different step.
    """
    sums = np.concatenate([[0.0], rates.sums])
    squares = np.concatenate([[0.0], np.cumsum(rates.each**2)])
    places, where = np.unique(at, return_inverse=True)
    distinct = np.array([_terms(sums[: last + 2], squares[: last + 2]) for last in places])
    pairs = distinct.reshape(-1, 2)[where.reshape(at.shape)]
    return pairs[..., 0], pairs[..., 1]


def _terms(sums: Floats, squares: Floats) -> tuple[float, float]:
    """``a`` and ``b`` after the last step, of the sums before each step and after the last."""
    whole = sums[-1]
    if not whole > 0:
        return np.inf, np.inf
    left, left_squares = whole - sums[:-1], squares[-1] - squares[:-1]
    # Behind the last step with a rate there is none to divide by.
    behind = left[1:] > _NOTHING * whole
    share = np.diff(sums)[:-1][behind] / left[1:][behind]
    ratio = left_squares[:-1][behind] / left[:-1][behind]
    return 1 / (2 * whole), squares[-1] / (2 * whole) + float(share @ ratio) / 2
