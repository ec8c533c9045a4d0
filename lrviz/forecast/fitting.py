"""Laws fitted to one's own runs, and their errors by leaving one run out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from lrviz.forecast.bound import ConvexBound, terms
from lrviz.forecast.law import Errors, Rates
from lrviz.forecast.momentum import MomentumLaw, annealed
from lrviz.schedules import Floats

#: The bounds of the power in Tissue et al.'s law.
_POWERS = (0.02, 2.0)
#: A run's losses are averaged over about so many stretches.
_STRETCHES = 24
#: The first share of a run, in which the loss follows no law, is left out.
_FIRST = 0.05


@dataclass(frozen=True, eq=False)
class Trained:
    """A finished run: its rates and its losses.

    Attributes:
        rates: The rate of each step.
        at: Some of its steps, rising.
        losses: The loss at each of them.
    """

    rates: Rates
    at: NDArray[np.intp]
    losses: Floats


def trained(rates: Floats, losses: Floats) -> Trained:
    """A run from the rate and the loss of each of its steps; the losses are averaged.

    Args:
        rates: The rate of each step, shape (n,).
        losses: The loss of each step's batch, shape (n,).
    """
    first = int(_FIRST * len(losses))
    stretches = np.array_split(np.arange(first, len(losses)), min(_STRETCHES, len(losses) - first))
    return Trained(
        Rates(rates.astype(float)),
        np.array([(each[0] + each[-1]) // 2 for each in stretches], np.intp),
        np.array([losses[each].mean(dtype=float) for each in stretches]),
    )


def fit_momentum(runs: Sequence[Trained]) -> MomentumLaw:
    """Tissue et al.'s law with the smallest relative errors over ``runs``.

    For each power it is linear in its other three numbers, which are at least 0.
    """
    # Where nobody fits, a server need not hold it.
    from scipy.optimize import minimize_scalar

    sums = np.concatenate([run.rates.sums[run.at] for run in runs])
    falls = np.concatenate([annealed(run.rates)[run.at] for run in runs])
    losses = np.concatenate([run.losses for run in runs])

    def solved(alpha: float) -> tuple[Floats, float]:
        return _least((np.ones_like(sums), sums**-alpha, -falls), losses)

    result = minimize_scalar(lambda alpha: solved(alpha)[1], bounds=_POWERS, method="bounded")
    alpha = float(result.x)
    base, much, gain = solved(alpha)[0].tolist()
    return MomentumLaw(base, much, alpha, gain)


def fit_bound(runs: Sequence[Trained]) -> ConvexBound:
    """The convex bound with the smallest relative errors over ``runs``."""
    parts = [terms(run.rates, run.at) for run in runs]
    distance, gradient = (np.concatenate(each) for each in zip(*parts, strict=True))
    losses = np.concatenate([run.losses for run in runs])
    offset, far, steep = _least((np.ones_like(losses), distance, gradient), losses)[0].tolist()
    return ConvexBound(offset, far, steep)


def _least(columns: Sequence[Floats], losses: Floats) -> tuple[Floats, float]:
    """The factors of the columns, at least 0, with the smallest relative errors; and those."""
    from scipy.optimize import nnls

    weighted = np.stack(columns, axis=1) / losses[:, None]
    scale = np.abs(weighted).max(axis=0)
    scale[scale == 0] = 1.0
    factors, error = nnls(weighted / scale, np.ones_like(losses))
    return factors / scale, float(error)


#: What can be fitted, by its name.
FITS: dict[str, Callable[[Sequence[Trained]], MomentumLaw | ConvexBound]] = {
    "momentum": fit_momentum,
    "bound": fit_bound,
}


def fitted(kind: str, runs: Sequence[Trained]) -> MomentumLaw | ConvexBound:
    """The law of that kind, fitted to ``runs``; its errors are those of runs left out.

    Each run in turn is forecast by a law fitted to the others. A curve's error is that over its
    second half, where schedules differ; an end's and a difference's are the largest that were seen.
    NaN for a single run.
    """
    law = FITS[kind](runs)
    return replace(law, errors=_left_out(kind, runs)) if len(runs) > 1 else law


def _left_out(kind: str, runs: Sequence[Trained]) -> Errors:
    """The errors of forecasts of the runs, each by a law fitted to the others."""
    off, curves = [], []
    for run in runs:
        law = FITS[kind]([other for other in runs if other is not run])
        late = slice(len(run.at) // 2, None)
        losses = law.losses(run.rates, run.at[late])
        curves.append(np.mean(np.abs(losses / run.losses[late] - 1)))
        off.append(float(losses[-1] - run.losses[-1]))
    ends = [abs(each) / run.losses[-1] for each, run in zip(off, runs, strict=True)]
    gaps = [abs(one - other) for one, other in combinations(off, 2)]
    return Errors(float(np.mean(curves)), float(max(ends)), max(gaps))
