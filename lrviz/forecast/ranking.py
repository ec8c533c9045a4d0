"""Which of several forecasts is best, and whether the law is exact enough to say so.

The browser ranks what a slider moves by the same rule (``lenses/loss/ranking.js``):
``tests/js/golden.json`` holds both to one table.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Ranking:
    """The best of several losses at the end.

    Attributes:
        best: Its name.
        second: That of the next one.
        gap: How much lower the best loss is than the second.
        band: The error of such a difference.
        conclusive: Whether the gap is wider than the band.
    """

    best: str
    second: str
    gap: float
    band: float

    @property
    def conclusive(self) -> bool:
        """Whether the best one is lower by more than the error of the law."""
        # A comparison with NaN, where the error was not measured, is false.
        return self.gap > self.band


def rank(losses: Mapping[str, float], error: float) -> Ranking | None:
    """The best of ``losses``, by name; ``error`` is that of a difference between two of them.

    Losses that are not finite are left out. None: there are fewer than two others.
    """
    finite = {name: loss for name, loss in losses.items() if abs(loss) < float("inf")}
    if len(finite) < 2:
        return None
    best, second = sorted(finite, key=finite.__getitem__)[:2]
    return Ranking(best, second, finite[second] - finite[best], error)
