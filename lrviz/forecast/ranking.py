"""Which of several forecasts is best, and whether the law can tell."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Ranking:
    """The best of several losses at the end.

    Attributes:
        best: Its name.
        second: That of the next one.
        gap: How much lower the best one is.
        band: As much as such a difference may be wrong.
        told: Whether the gap is wider than that.
    """

    best: str
    second: str
    gap: float
    band: float

    @property
    def told(self) -> bool:
        """Whether the law can tell the best one from the next."""
        # A comparison with NaN, where the error is not known, is false.
        return self.gap > self.band


def rank(losses: Mapping[str, float], error: float) -> Ranking | None:
    """The best of ``losses``, by name, whose differences are off by up to ``error``.

    None: there are fewer than two. What is not finite does not count.
    """
    finite = {name: loss for name, loss in losses.items() if abs(loss) < float("inf")}
    if len(finite) < 2:
        return None
    best, second = sorted(finite, key=finite.__getitem__)[:2]
    return Ranking(best, second, finite[second] - finite[best], error)
