"""The run that is looked at, live."""

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from lrviz.figures import Fit, rates_figure
from lrviz.text import Sentence, counted, mark
from lrviz.training.history import Histories
from lrviz.training.run import Run
from lrviz.training.spec import MOST_FITS, FitSpec, Recipe
from lrviz.ui.browser import current
from lrviz.ui.session import Session
from lrviz.ui.train import growing
from lrviz.ui.train.memory import memory, owner
from lrviz.ui.train.run_figures import fits_of, run_figures
from lrviz.ui.widgets.chart import plot
from lrviz.ui.widgets.markdown import escaped

if TYPE_CHECKING:
    from lrviz.training.service import Trainer

#: How often the progress is told while something runs, in seconds; the charts do not wait for it.
_PERIOD = 0.25

#: What each state of a run is called (English, translated where shown).
STATES = {
    "waiting": mark("waiting"),
    "running": mark("training"),
    "done": mark("done"),
    "cancelled": mark("cancelled"),
    "failed": mark("stopped"),
}


def adopt(session: Session, trainer: "Trainer") -> None:
    """Take over the recipe of a run that a link brought here without one, once."""
    known, page = memory(session), session.page
    if page.run in ("", known.adopted):
        return
    known.adopted = page.run
    run = trainer.find(page.run)
    if run is not None and page.recipe == Recipe():
        # The reader has changed nothing: what was not understood of the link stays told.
        session.page = replace(page, recipe=run.spec.recipe)


def watch(session: Session, trainer: "Trainer") -> None:
    """The run that the link names: how far it is, and its charts."""
    mine = trainer.runs(owner(session))
    run = trainer.find(session.page.run)
    if run is None:
        text = session.text("Choose what to train with, and press Train.")
        if session.page.run:
            text = session.text("The run of this link is no longer known: train again.")
        st.info(text, icon=":material/model_training:")
        _preview(session)
        return
    known = [each.id for each in mine]
    if run not in mine:
        mine = [*mine, run]
    watched = {each.id: each.state for each in mine}
    moving = any(state in ("waiting", "running") for state in watched.values())

    def live() -> None:
        _live(current(), trainer, run, mine=run.id in known)
        # Buttons and tables follow a run's state: the whole page is drawn anew when one changes.
        if any(each.state != watched[each.id] for each in mine):
            st.rerun()

    st.fragment(live, run_every=_PERIOD if moving else None)()
    _charts(session, trainer, run)


def _preview(session: Session) -> None:
    """The planned rates of what would be trained with; the chart is then there when it begins."""
    spec = FitSpec(session.page.recipe, session.page.trained[:MOST_FITS])
    fits = fits_of(Histories(spec).so_far(), "")
    figure = rates_figure(fits, session.text, session.scene.scale)
    plot(session, figure, key="fit-rates", description=_described(fits))


def _live(session: Session, trainer: "Trainer", run: Run, *, mine: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_progress(session, trainer, run))
        st.button(
            session.text("Cancel"),
            key="cancel",
            icon=":material/stop:",
            on_click=run.cancel,
            disabled=not (run.active and mine),
        )
    st.progress(min(1.0, run.steps / run.spec.steps))


def _charts(session: Session, trainer: "Trainer", run: Run) -> None:
    """The run's charts; while it is active the browser fetches what is new (see ``growing.py``)."""
    compared = memory(session).compared
    scale = session.scene.scale
    drawn = run_figures(trainer, run, compared, scale, session.text)
    described = _described(fits_of(run.history, ""))
    address = growing.address(run, compared, scale, session.page.language) if run.active else ""
    rates, losses, *measured = drawn.items()
    for key, figure in (rates, losses):
        plot(session, figure, key=key, description=described, grows=address)
    for column, (key, figure) in zip(st.columns(len(measured)), measured, strict=True):
        with column:
            plot(session, figure, key=key, description=described, grows=address)


def _progress(session: Session, trainer: "Trainer", run: Run) -> str:
    """How far the run is, in one line."""
    state = session.text(STATES[run.state])
    if run.problem is not None:
        return f"**{state}**  ·  " + escaped(session.text(run.problem))
    if run.state == "waiting":
        if trainer.flaw is not None:
            return f"**{state}**  ·  " + session.text(trainer.flaw)
        ahead = trainer.ahead(run)
        text = session.text(Sentence("{count} ahead of you", {"count": ahead}))
        return f"**{state}**  ·  " + (text if ahead else session.text("next in line"))
    steps, timeline = run.steps, run.spec.recipe.timeline
    parts = [
        f"**{state}**",
        session.text(Sentence("step {step} of {steps}", {"step": steps, "steps": run.spec.steps})),
    ]
    place, left = divmod(max(steps - 1, 0), timeline.steps)
    if run.state == "running":
        epoch = left // timeline.steps_per_epoch + 1
        values: dict[str, object] = {"epoch": epoch, "epochs": timeline.last_epoch + 1}
        parts.append(session.text(Sentence("epoch {epoch} of {epochs}", values)))
        if len(run.spec.lines) > 1:
            parts.append(escaped(run.spec.lines[place].name))
        if steps:
            rest = round(run.seconds / steps * (run.spec.steps - steps))
            parts.append(session.text(Sentence("{seconds} s left", {"seconds": rest})))
    else:
        parts.append(f"{run.seconds:.1f} s")
    return "  ·  ".join(parts)


def _described(fits: list[Fit]) -> list[Sentence]:
    sentences = []
    for fit in fits:
        history = fit.history
        steps = counted("{count} step", "{count} steps", history.steps)
        values: dict[str, object] = {"name": fit.name, "steps": steps}
        if not history.steps:
            sentences.append(Sentence("{name}: nothing is logged yet.", values))
            continue
        values |= {"rate": float(history.rates[-1]), "loss": float(history.losses[-1])}
        sentences.append(
            Sentence("{name}: {steps}, the last rate {rate}, the last loss {loss}.", values)
        )
    return sentences
