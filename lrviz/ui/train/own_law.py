"""A law fitted to the reader's own runs: what it forecasts (:mod:`lrviz.view.own_law`)."""

from collections.abc import Sequence

import streamlit as st

from lrviz.figures.forecast import Forecast, forecast_figure
from lrviz.training.history import FitHistory
from lrviz.training.run import Run
from lrviz.ui.session import Session
from lrviz.ui.train.memory import memory_of
from lrviz.ui.widgets.chart import plot
from lrviz.view import own_law
from lrviz.view.chart import Drawing
from lrviz.view.markdown import escaped


def forecasts(session: Session, runs: Sequence[Run]) -> None:
    """What the reader's runs say of the curves that are not trained yet."""
    recipe, text = session.page.recipe, session.text
    histories = own_law.complete(runs, recipe)
    if not histories:
        return
    st.subheader(text("Forecast"), anchor=False)
    if not own_law.is_enough(histories):
        st.markdown(
            text(
                "Train two curves or more with this recipe, one flat and one that decays: the "
                "others are then forecast before they are trained."
            )
        )
        return
    learned = _learned_from(session, histories)
    if not own_law.is_enough(learned):
        st.markdown(text("Choose two or more, one flat and one that decays."))
        return
    law, drawn = _forecast(session, histories, learned)
    for sentence in own_law.sentences(law, drawn, recipe):
        st.markdown(f":material/insights: {escaped(text(sentence))}")
    figure = forecast_figure(drawn, recipe.timeline.steps, session.translate)
    plot(session, "forecast", Drawing(figure, own_law.description(drawn)))


def _learned_from(session: Session, histories: Sequence[FitHistory]) -> list[FitHistory]:
    """Those that the law is fitted to: the first that can do, or what the reader chooses."""
    memory = memory_of(session)
    names = [each.line.name for each in histories]
    memory.fitted_to = memory.fitted_to or own_law.first_enough(histories)

    def take(chosen: list[str]) -> None:
        memory.fitted_to = tuple(chosen)

    st.pills(
        session.text("The law is fitted to"),
        names,
        key=session.show("law-of", [name for name in names if name in memory.fitted_to], take),
        selection_mode="multi",
    )
    return [each for each in histories if each.line.name in memory.fitted_to]


def _forecast(
    session: Session, histories: Sequence[FitHistory], learned: Sequence[FitHistory]
) -> tuple[own_law.Law, list[Forecast]]:
    """The law and its forecasts, computed anew where they may change.

    The page is drawn anew at every change of the form.
    """
    memory, recipe, scene = memory_of(session), session.page.recipe, session.scene
    names = tuple(each.line.name for each in learned)
    key = (recipe, scene.shown, names, tuple(each.losses.tobytes() for each in histories))
    if memory.law is None or memory.law[0] != key:
        law = own_law.fit_law(learned)
        lines = scene.distinct.shown
        memory.law = (key, law, own_law.forecasts(law, histories, learned, lines, recipe))
    return memory.law[1:]
