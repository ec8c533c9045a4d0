"""The run that is looked at, live."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import streamlit as st

from lrviz.figures import Look, fit_figure
from lrviz.scene import Scale
from lrviz.training.history import Histories
from lrviz.training.run import Run
from lrviz.training.spec import MOST_FITS, FitSpec, Recipe
from lrviz.ui.browser import current
from lrviz.ui.session import Session
from lrviz.ui.train import growing
from lrviz.ui.train.memory import TrainMemory, memory_of
from lrviz.ui.widgets.chart import axes_acts, plot
from lrviz.ui.work import Asker
from lrviz.view.chart import Drawing, axes
from lrviz.view.markdown import escaped
from lrviz.view.payload import Acts
from lrviz.view.run_figure import fits_of, measures_of, run_figure
from lrviz.view.runs import STATES, description, progress, switches

if TYPE_CHECKING:
    from lrviz.training.service import Trainer

#: How often the progress is shown anew while something runs, in seconds; the charts do not wait.
_PERIOD = 0.25


def adopt(session: Session, run: Run | None) -> None:
    """Take over the recipe of a run that a link brought here without one, once."""
    memory, page = memory_of(session), session.page
    if page.run in ("", memory.adopted):
        return
    memory.adopted = page.run
    if run is not None and page.recipe == Recipe():
        # The reader has changed nothing: what was not understood of the link stays on the page.
        session.page = replace(page, recipe=run.spec.recipe)


def follow(trainer: "Trainer", run: Run, runs: Sequence[Run]) -> None:
    """How far the run is that is looked at, and how it is cancelled; ``runs`` are the reader's."""
    mine = any(each.id == run.id for each in runs)
    watched = {each.id: each.state for each in [*runs, run]}
    moving = any(state in ("waiting", "running") for state in watched.values())

    def live() -> None:
        _live(current(), trainer, run, mine=mine)
        # Buttons and tables follow a run's state: the whole page is drawn anew when one changes.
        if any(each.state != watched[each.id] for each in [*runs, run]):
            st.rerun()

    st.fragment(live, run_every=_PERIOD if moving else None)()


def _live(session: Session, trainer: "Trainer", run: Run, *, mine: bool) -> None:
    text = session.text
    with st.container(horizontal=True, vertical_alignment="center", key="train-progress"):
        st.button(
            text("Cancel"),
            key="cancel",
            icon=":material/stop:",
            on_click=run.cancel,
            disabled=not (run.active and mine),
        )
        parts = progress(run, ahead=trainer.ahead(run), flaw=trainer.flaw)
        line = "  ·  ".join(
            [f"**{text(STATES[run.state])}**", *(escaped(text(each)) for each in parts)]
        )
        st.progress(min(1.0, run.steps / run.spec.steps), line)


def chart(session: Session, trainer: "Trainer | None", run: Run | None) -> None:
    """The run's chart; while it is active the browser fetches what is new (see ``growing.py``).

    Without a run: the planned rates of what would be trained with. The chart is then there when it
    begins.
    """
    memory, page = memory_of(session), session.page
    look = Look(page.scene.scale, memory.losses, memory.smoothing, page.scene.unit)
    grows = ""
    if trainer is None or run is None:
        if trainer is not None:
            text = session.text("Choose what to train with, and press Train.")
            if page.run:
                text = session.text("The run of this link is no longer known: train again.")
            st.markdown(f":material/model_training: {text}")
        fits = fits_of(Histories(FitSpec(page.recipe, page.trained[:MOST_FITS])).so_far(), "")
        figure = fit_figure(fits, fits, measures_of(page.recipe), look, session.translate)
    else:
        fits = fits_of(run.history, "")
        runs = trainer.runs(run.owner)
        figure = run_figure(run, runs, memory.compared, look, session.translate)
        if run.active:
            asker = session.memory(Asker).name
            grows = growing.address(run, memory.compared, look, page.language, asker)
    drawing = Drawing(
        figure,
        description(fits),
        grows=grows,
        switches=(*axes(page.scene), *switches(look)),
    )
    plot(session, "fit", drawing, axes_acts(session) | _acts(memory))


def _acts(memory: TrainMemory) -> Acts:
    """What the switches of the losses do."""

    def scale(chosen: str, _: str) -> None:
        memory.losses = next((each for each in get_args(Scale) if each == chosen), None)

    def smooth(chosen: str, _: str) -> None:
        memory.smoothing = float(chosen)

    return {"losses": scale, "smoothing": smooth}
