"""A law fitted to the reader's own runs: other curves are forecast before they are trained."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from lrviz.figures.forecast import Forecast, forecast_figure
from lrviz.forecast import ConvexBound, MomentumLaw, Rates
from lrviz.forecast.fitting import FITS, Trained, fitted, trained
from lrviz.forecast.ranking import Ranking, rank
from lrviz.scene import Line
from lrviz.text import Sentence
from lrviz.training.history import FitHistory
from lrviz.training.spec import Recipe
from lrviz.ui.session import Session
from lrviz.ui.train.memory import memory, owner
from lrviz.ui.widgets.chart import plot
from lrviz.view.markdown import escaped

if TYPE_CHECKING:
    from lrviz.training.service import Trainer

#: A law is fitted to so many runs at least, and to the newest so many at the most.
_FEWEST, _MOST = 2, 8
#: A rate that changes by less than this share of itself is flat.
_FLAT = 0.05
#: So many places of each curve are forecast.
_POINTS = 60

Law = MomentumLaw | ConvexBound


def forecasts(session: Session, trainer: "Trainer") -> None:
    """What the reader's runs say of the curves that are not trained yet."""
    recipe = session.page.recipe
    histories = _complete(session, trainer, recipe)
    if not histories:
        return
    st.subheader(session.text("Forecast"), anchor=False)
    if len(histories) < _FEWEST or not _varied(histories):
        st.markdown(
            session.text(
                "Train two curves or more with this recipe, one flat and one that decays: the "
                "others are then forecast before they are trained."
            )
        )
        return
    learned = _learned_from(session, histories)
    if not learned:
        return
    law, drawn = _worked_out(session, histories, learned, recipe)
    for sentence in _told(law, drawn, recipe):
        st.markdown(f":material/insights: {escaped(session.text(sentence))}")
    figure = forecast_figure(drawn, recipe.timeline.steps, session.translate)
    plot(session, figure, key="forecast", description=_described(drawn))


def _complete(session: Session, trainer: "Trainer", recipe: Recipe) -> list[FitHistory]:
    """The fits of this recipe that have gone to their end; of each curve the newest."""
    found: dict[object, FitHistory] = {}
    for run in trainer.runs(owner(session)):
        for history in run.history:
            same = _alike(history.recipe) == _alike(recipe)
            whole = history.steps == history.timeline.steps
            if same and whole and np.isfinite(history.losses).all():
                found.pop(history.line.name, None)
                found[history.line.name] = history
    return list(found.values())[-_MOST:]


def _alike(recipe: Recipe) -> Recipe:
    """The recipe but for what a law does not know of."""
    return replace(recipe, seed=0, device="")


def _varied(histories: Sequence[FitHistory]) -> bool:
    """Whether one is flat and another is not: else nothing tells what a fall is worth."""
    flat = [
        float(np.ptp(each.rates)) <= _FLAT * float(np.max(np.abs(each.rates))) for each in histories
    ]
    return any(flat) and not all(flat)


def _learned_from(session: Session, histories: Sequence[FitHistory]) -> list[FitHistory]:
    """Those that the law is fitted to: the first that can do, or what the reader chooses.

    What is trained later is drawn beside what was forecast of it.
    """
    known = memory(session)
    names = [each.line.name for each in histories]
    if not known.fitted_to:
        counts = range(_FEWEST, len(histories) + 1)
        enough = next(count for count in counts if _varied(histories[:count]))
        known.fitted_to = tuple(names[:enough])

    def take(chosen: list[str]) -> None:
        known.fitted_to = tuple(chosen)

    st.pills(
        session.text("The law is fitted to"),
        names,
        key=session.show("law-of", [name for name in names if name in known.fitted_to], take),
        selection_mode="multi",
    )
    learned = [each for each in histories if each.line.name in known.fitted_to]
    if len(learned) >= _FEWEST and _varied(learned):
        return learned
    st.markdown(session.text("Choose two or more, one flat and one that decays."))
    return []


def _worked_out(
    session: Session,
    histories: Sequence[FitHistory],
    learned: Sequence[FitHistory],
    recipe: Recipe,
) -> tuple[Law, list[Forecast]]:
    """The law that forecasts best what was left out, and what it says; anew where that may change.

    The page is drawn anew at every change of the form.
    """
    known = memory(session)
    names = tuple(each.line.name for each in learned)
    key = (recipe, session.scene.shown, names, tuple(each.losses.tobytes() for each in histories))
    if known.law is None or known.law[0] != key:
        runs = [_run(each) for each in learned]
        law = min((fitted(kind, runs) for kind in FITS), key=lambda law: law.errors.curve)
        drawn = _forecasts(session, histories, learned, law, recipe)
        known.law = (key, law, drawn)
    return known.law[1:]


def _run(history: FitHistory) -> Trained:
    return trained(history.rates.astype(float), history.losses.astype(float))


def _forecasts(
    session: Session,
    histories: Sequence[FitHistory],
    learned: Sequence[FitHistory],
    law: Law,
    recipe: Recipe,
) -> list[Forecast]:
    """The trained curves, and then those that are shown and were not trained."""
    timeline = recipe.timeline
    at = np.unique(np.linspace(timeline.steps // 20, timeline.last_step, _POINTS).astype(np.intp))

    def made(line: Line, rates: Rates, run: Trained | None, *, fitted: bool) -> Forecast:
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
            made(history.line, run.rates, run, fitted=any(history is each for each in learned))
        )
    names = {each.line.name for each in histories}
    for line in session.scene.distinct.shown:
        planned = line.rate(np.arange(float(timeline.steps)), timeline)
        if line.name not in names and ((planned >= 0) & np.isfinite(planned)).all():
            drawn.append(made(line, Rates(planned), None, fitted=False))
    return drawn


def _told(law: Law, drawn: Sequence[Forecast], recipe: Recipe) -> list[Sentence]:
    errors = law.errors
    told = [
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
    told += [_kept(each) for each in drawn if len(each.at) and not each.fitted]
    ranking = rank({each.name: float(each.losses[-1]) for each in drawn}, law.errors.gap)
    if ranking is not None:
        told.append(_ranked(ranking))
    if recipe.epochs > 1:
        told.append(
            Sentence(
                "Each sample is seen {epochs} times. What a model learns by heart follows no such "
                "law: errors of 4 to 26 % were measured, and ends up to 89 % off. Data that is "
                "seen once is forecast well.",
                {"epochs": recipe.epochs},
            )
        )
    return told


def _kept(forecast: Forecast) -> Sentence:
    """How a forecast was kept by what was trained."""
    said = float(np.interp(forecast.at[-1], forecast.steps, forecast.losses))
    measured = float(forecast.measured[-1])
    off = float(f"{100 * abs(said / measured - 1):.2g}")
    return Sentence(
        "{name} was forecast to end at {loss}, and ended at {measured}: {off} % off.",
        {"name": forecast.name, "loss": said, "measured": measured, "off": off},
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


def _described(drawn: Sequence[Forecast]) -> list[Sentence]:
    return [
        Sentence(
            "{name}: a loss of {loss} at the end is forecast.",
            {"name": each.name, "loss": float(each.losses[-1])},
        )
        for each in drawn
    ]
