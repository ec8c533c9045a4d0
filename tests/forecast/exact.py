"""The double sum of the multi-power law as it is written: quadratic, and beyond doubt."""

import numpy as np


def exact(law, rates, at):
    """The loss after each of the steps ``at``, of the rates of every step."""
    sums = np.cumsum(rates)
    falls = -np.diff(rates)
    steps = np.flatnonzero(falls) + 1
    gained = []
    for last in at:
        before = steps[steps <= last]
        since = sums[last] - sums[before - 1]
        # Behind a rate of 0 with a rate after it: everything is gained at once.
        with np.errstate(divide="ignore", invalid="ignore"):
            x = np.where(since > 0, rates[before] ** -law.gamma * since, 0.0)
        share = 1 - (1 + law.C * x) ** -law.beta
        gained.append(np.sum(falls[before - 1] * share))
    with np.errstate(divide="ignore"):
        return law.L0 + law.A * sums[at] ** -law.alpha - law.B * np.array(gained)
