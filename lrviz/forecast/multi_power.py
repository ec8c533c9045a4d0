"""The multi-power law (Luo et al. 2025, arXiv 2503.12811), in time that grows with the nodes."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrviz.forecast.law import Errors, Rates, Setting
from lrviz.forecast.nodes import nodes
from lrviz.schedules import Floats

#: The exponentials are so far apart, as a logarithm of their rates: the sum is then true to 1e-6.
_APART = 0.8
#: The decay rates reach from this share of 1 over the run's sum of rates
_SLOWEST = 0.02
#: to so many times the fastest.
_FASTEST = 8.0
#: A rate below this share of the peak is raised to it: its weight is negligible.
_LEAST = 1e-6
#: The decay rate of an exponential that is 0 after any step.
_AT_ONCE = 1e250


@dataclass(frozen=True)
class MultiPowerLaw:
    """``L(t) = L0 + A S1(t)**-alpha - B sum_k (eta_(k-1) - eta_k) G(eta_k**-gamma S_k(t))``.

    ``S1(t)`` is the sum of the rates up to step t, that of the warm-up included; ``S_k(t)`` that
    from step k to t; k goes from 1 to t, over falls and over rises (of a warm-up: without them the
    forecast is 3 % off); ``G(x) = 1 - (1 + C x)**-beta``. Rates are plain numbers, steps are
    counted.

    Source: Luo et al. 2025, "A Multi-Power Law for Loss Curve Prediction Across Learning Rate
    Schedules", arXiv 2503.12811.

    Attributes:
        name: The model that it describes.
        L0: The loss that no training gets below.
        A: How much there is to learn.
        alpha: How fast that is learned.
        B: What the loss gains of a fall of the rate.
        C: How fast it gains it.
        beta: How slowly the last of it comes.
        gamma: How much faster that is where the rate is low.
        setting: The range of runs that it was fitted to.
        errors: The errors of its forecasts of the authors' curves.
        source: The publication of the constants.
    """

    name: str
    L0: float
    A: float
    alpha: float
    B: float
    C: float
    beta: float
    gamma: float
    setting: Setting
    errors: Errors
    source: str = "Luo et al. 2025, arXiv 2503.12811"

    def losses(self, rates: Rates, at: NDArray[np.intp]) -> Floats:
        """The loss after each of the steps ``at``; as the double sum, but for 5e-4 of it."""
        with np.errstate(divide="ignore"):
            learned: Floats = self.L0 + self.A * rates.sums[at] ** -self.alpha
        steps = nodes(rates.each)
        if len(steps) < 2 or not rates.each.any():
            return learned
        gained = self._gained(steps, rates.each[steps], rates.sums[steps])
        return learned - self.B * np.interp(at, steps, gained)

    def end(self, steps: Floats, rate: Floats) -> float:
        """The loss at the last of ``steps`` of a run whose rate is straight between them.

        Args:
            steps: Whole numbers from 0, rising, shape (n,) with n at least 2.
            rate: The rate at each of them; not all 0.
        """
        between = np.diff(steps) * (rate[1:] + rate[:-1]) / 2
        sums = np.concatenate([[0.0], np.cumsum(between)]) + (rate + rate[0]) / 2
        learned = self.L0 + self.A * sums[-1] ** -self.alpha
        return float(learned - self.B * self._gained(steps, rate, sums)[-1])

    def _gained(self, steps: NDArray[np.generic], rate: Floats, sums: Floats) -> Floats:
        """The sum over the falls up to each of ``steps``, without its factor B.

        ``(1 + C x)**-beta`` is a mixture of exponentials, ``integral r**(beta - 1) exp(-r)
        exp(-r C x) dr / Gamma(beta)``: each of them is one number that decays along the run.
        Between two nodes the rate falls evenly.
        """
        single = np.diff(steps) == 1
        fall = -np.diff(rate)
        # In the middle between two steps.
        place = sums - rate / 2
        between = np.where(single, rate[1:], (rate[1:] + rate[:-1]) / 2)
        speed = self.C * np.maximum(between, _LEAST * rate.max()) ** -self.gamma
        decay, weight, constant = self._mixture(speed, sums[-1])
        # What falls to 0 is gained as soon as there is a rate again.
        still = between == 0
        weight[:, still] = constant[still] = 0.0
        decay, weight = np.append(decay, _AT_ONCE), np.vstack([weight, still])
        way = decay[:, None] * np.diff(place)
        with np.errstate(divide="ignore", invalid="ignore"):
            left = np.where(way > 1e-9, -np.expm1(-way) / way, 1.0)
        since = np.diff(sums) - rate[1:] / 2
        left = np.where(single, np.exp(-decay[:, None] * since), left)
        waiting = _decayed(np.exp(-way), fall * weight * left)
        waiting *= np.exp(-decay[:, None] * rate[1:] / 2)
        gained = np.cumsum(fall * (1.0 - constant)) - waiting.sum(axis=0)
        return np.concatenate([[0.0], gained])

    def _mixture(self, speed: Floats, way: float) -> tuple[Floats, Floats, Floats]:
        """The exponentials' rates, the weight of each at each of ``speed``, and what never decays.

        The trapezoidal rule over the logarithm of r converges faster than any power.
        """
        slowest = _SLOWEST / way
        count = 1 + int(math.log(_FASTEST * float(speed.max()) / slowest) / _APART)
        decay = slowest * np.exp(_APART * np.arange(count))
        r = decay[:, None] / speed
        weight = _APART / math.gamma(self.beta) * r**self.beta * np.exp(-r)
        rest = slowest * math.exp(-_APART / 2) / speed
        return decay, weight, rest**self.beta / (self.beta * math.gamma(self.beta))


def _decayed(factor: Floats, added: Floats) -> Floats:
    """``y_n = factor_n y_(n-1) + added_n`` along the last axis, by doubling."""
    factor, summed = factor.copy(), added.copy()
    width = 1
    while width < summed.shape[-1]:
        summed[:, width:] += factor[:, width:] * summed[:, :-width]
        factor[:, width:] = factor[:, width:] * factor[:, :-width]
        width *= 2
    return summed


#: Linear warm-up over 2,160 steps to 3e-4; runs of 24,000 and of 72,000 steps.
_LLAMA = Setting(peak=3e-4, warmup=2160, fewest=24_000, most=72_000)

#: The published constants, as fitted by the authors to their Llama-like models. Errors: of a curve
#: over the authors' 27; of an end, and of a difference of two runs of one length, over the last
#: losses of six runs of each model (constant and cosine over 24,000 and 72,000 steps, two WSD over
#: 24,000: ``tests/forecast/ends.csv``). A curve's mean says little of its end: there the cosine is
#: forecast too high, and WSD too low.
LAWS: tuple[MultiPowerLaw, ...] = (
    MultiPowerLaw(
        "Llama 25M",
        L0=3.04045406,
        A=0.52468604,
        alpha=0.50786857,
        B=363.78751622,
        C=2.06560812,
        beta=0.58279013,
        gamma=0.64142257,
        setting=_LLAMA,
        errors=Errors(curve=0.0011, end=0.0033, gap=0.0211),
    ),
    MultiPowerLaw(
        "Llama 100M",
        L0=2.6514477,
        A=0.60115152,
        alpha=0.45295811,
        B=437.9464276,
        C=2.13245612,
        beta=0.59785199,
        gamma=0.65523644,
        setting=_LLAMA,
        errors=Errors(curve=0.0013, end=0.0058, gap=0.0280),
    ),
    MultiPowerLaw(
        "Llama 400M",
        L0=2.37474466,
        A=0.65421216,
        alpha=0.42878731,
        B=523.42464371,
        C=2.02462735,
        beta=0.59350493,
        gamma=0.63472457,
        setting=_LLAMA,
        errors=Errors(curve=0.0017, end=0.0088, gap=0.0415),
    ),
)
