"""A law fitted to the reader's own runs: other curves are forecast before they are trained."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from lrviz.figures.forecast import Forecast
from lrviz.forecast import ConvexBound, MomentumLaw, Rates
from lrviz.forecast.fitting import FITS, Trained, fitted, trained
from lrviz.forecast.ranking import Ranking, rank
from lrviz.scene import Line
from lrviz.text import Sentence
from lrviz.training.history import FitHistory
from lrviz.training.run import Run
from lrviz.training.spec import Recipe

#: A law is fitted to so many runs at least, and to the newest so many at the most.
_FEWEST, _MOST = 2, 8
#: A rate that changes by less than this share of itself is flat.
_FLAT = 0.05
#: So many places of each curve are forecast.
_POINTS = 60

Law = MomentumLaw | ConvexBound


def complete(runs: Iterable[Run], recipe: Recipe) -> list[FitHistory]:
    """The fits of this recipe that have gone to their end; of each curve the newest."""
    newest: dict[str, FitHistory] = {}
    for run in runs:
        for history in run.history:
            same = _alike(history.recipe) == _alike(recipe)
            whole = history.steps == history.timeline.steps
            if same and whole and np.isfinite(history.losses).all():
                newest.pop(history.line.name, None)
                newest[history.line.name] = history
    return list(newest.values())[-_MOST:]


def _alike(recipe: Recipe) -> Recipe:
    """The recipe but for what a law does not know of."""
    return replace(recipe, seed=0, device="")


def is_enough(histories: Sequence[FitHistory]) -> bool:
    """Whether a law can be fitted to them: one is flat and another is not.

    Else the data do not show what a fall is worth.
    """
    flat = [
        float(np.ptp(each.rates)) <= _FLAT * float(np.max(np.abs(each.rates))) for each in histories
    ]
    return len(histories) >= _FEWEST and any(flat) and not all(flat)


def first_enough(histories: Sequence[FitHistory]) -> tuple[str, ...]:
    """The names of the first that a law can be fitted to.

    What is trained later is drawn beside what was forecast of it.
    """
    counts = range(_FEWEST, len(histories) + 1)
    count = next(each for each in counts if is_enough(histories[:each]))
    return tuple(each.line.name for each in histories[:count])


def fit_law(learned: Sequence[FitHistory]) -> Law:
    """The law that forecasts best which of the fits was left out."""
    runs = [_run(each) for each in learned]
    return min((fitted(kind, runs) for kind in FITS), key=lambda law: law.errors.curve)


def _run(history: FitHistory) -> Trained:
    return trained(history.rates.astype(float), history.losses.astype(float))


def forecasts(
    law: Law,
    histories: Sequence[FitHistory],
    learned: Sequence[FitHistory],
    lines: Iterable[Line],
    recipe: Recipe,
) -> list[Forecast]:
    """The trained curves, ``law`` being fitted to ``learned``, and then other ``lines``."""
    timeline = recipe.timeline
    at = np.unique(np.linspace(timeline.steps // 20, timeline.last_step, _POINTS).astype(np.intp))

    def forecast(line: Line, rates: Rates, run: Trained | None, *, fitted: bool) -> Forecast:
        steps, measured = at.astype(np.float64), np.zeros(0)
        where = measured if run is None else run.at.astype(np.float64)
        if run is not None:
            measured = run.losses
        losses = law.losses(rates, at)
        return Forecast(line.name, line.color, steps, losses, where, measured, fitted)

    drawn = []
    for history in histories:
        run = _run(history)
        drawn.append(
            forecast(history.line, run.rates, run, fitted=any(history is each for each in learned))
        )
    names = {each.line.name for each in histories}
    for line in lines:
        planned = line.rate(np.arange(float(timeline.steps)), timeline)
        if line.name not in names and ((planned >= 0) & np.isfinite(planned)).all():
            drawn.append(forecast(line, Rates(planned), None, fitted=False))
    return drawn


def sentences(law: Law, drawn: Sequence[Forecast], recipe: Recipe) -> list[Sentence]:
    """What the law says, and how far off it was."""
    errors = law.errors
    sentences = [
        Sentence(
            "{law}, fitted to {count} of your runs. Each left out in turn, they were forecast to "
            "end up to {end} % off; a difference of two ends was off by up to {gap}.",
            {
                "law": law.source,
                "count": sum(each.fitted for each in drawn),
                "end": float(f"{100 * errors.end:.2g}"),
                "gap": float(f"{errors.gap:.2g}"),
            },
        )
    ]
    sentences += [_kept(each) for each in drawn if len(each.at) and not each.fitted]
    ranking = rank({each.name: float(each.losses[-1]) for each in drawn}, law.errors.gap)
    if ranking is not None:
        sentences.append(_ranked(ranking))
    if recipe.epochs > 1:
        sentences.append(
            Sentence(
                "Each sample is seen {epochs} times. What a model learns by heart follows no such "
                "law: errors of 4 to 26 % were measured, and ends up to 89 % off. Data that is "
                "seen once is forecast well.",
                {"epochs": recipe.epochs},
            )
        )
    return sentences


def _kept(forecast: Forecast) -> Sentence:
    """How a forecast was kept by what was trained."""
    loss = float(np.interp(forecast.at[-1], forecast.steps, forecast.losses))
    measured = float(forecast.measured[-1])
    off = float(f"{100 * abs(loss / measured - 1):.2g}")
    return Sentence(
        "{name} was forecast to end at {loss}, and ended at {measured}: {off} % off.",
        {"name": forecast.name, "loss": loss, "measured": measured, "off": off},
    )


def _ranked(ranking: Ranking) -> Sentence:
    values: dict[str, object] = {
        "best": ranking.best,
        "second": ranking.second,
        "gap": float(f"{ranking.gap:.2g}"),
        "band": float(f"{ranking.band:.2g}"),
    }
    if ranking.conclusive:
        return Sentence(
            "{best} ends lowest, {gap} below {second}: more than the {band} that such a difference "
            "was off.",
            values,
        )
    return Sentence(
        "{best} and {second} end {gap} apart; such a difference was off by up to {band}: the law "
        "cannot rank them.",
        values,
    )


def description(drawn: Sequence[Forecast]) -> tuple[Sentence, ...]:
    """The chart of forecasts in words."""
    return tuple(
        Sentence(
            "{name}: a loss of {loss} at the end is forecast.",
            {"name": each.name, "loss": float(each.losses[-1])},
        )
        for each in drawn
    )
