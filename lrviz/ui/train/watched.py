"""The run that is looked at, live."""

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import streamlit as st

from lrviz.figures import Fit, Look, fit_figure
from lrviz.scene import Scale
from lrviz.text import Sentence, counted, mark
from lrviz.training.history import Histories
from lrviz.training.run import Run
from lrviz.training.spec import MOST_FITS, FitSpec, Recipe
from lrviz.ui.browser import current
from lrviz.ui.session import Session
from lrviz.ui.train import growing
from lrviz.ui.train.memory import SMOOTHINGS, memory, owner
from lrviz.ui.train.run_figure import fits_of, measures_of, run_figure
from lrviz.ui.widgets.axes import axes
from lrviz.ui.widgets.chart import Switch, plot
from lrviz.ui.work import Asker
from lrviz.view.markdown import escaped

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


def progress(session: Session, trainer: "Trainer", run: Run) -> None:
    """How far the run is that is looked at, and how it is cancelled."""
    mine = trainer.runs(owner(session))
    known = [each.id for each in mine]
    watched = {each.id: each.state for each in [*mine, run]}
    moving = any(state in ("waiting", "running") for state in watched.values())

    def live() -> None:
        _live(current(), trainer, run, mine=run.id in known)
        # Buttons and tables follow a run's state: the whole page is drawn anew when one changes.
        if any(each.state != watched[each.id] for each in [*mine, run]):
            st.rerun()

    st.fragment(live, run_every=_PERIOD if moving else None)()


def _live(session: Session, trainer: "Trainer", run: Run, *, mine: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="train-progress"):
        st.button(
            session.text("Cancel"),
            key="cancel",
            icon=":material/stop:",
            on_click=run.cancel,
            disabled=not (run.active and mine),
        )
        st.progress(min(1.0, run.steps / run.spec.steps), _progress(session, trainer, run))


def chart(session: Session, trainer: "Trainer | None", run: Run | None) -> None:
    """The run's chart; while it is active the browser fetches what is new (see ``growing.py``).

    Without a run: the planned rates of what would be trained with. The chart is then there when it
    begins.
    """
    known, page = memory(session), session.page
    look = Look(page.scene.scale, known.losses, known.smoothing, page.scene.unit)
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
        figure = run_figure(trainer, run, known.compared, look, session.translate)
        if run.active:
            asker = session.memory(Asker).name
            grows = growing.address(run, known.compared, look, page.language, asker)
    plot(
        session,
        figure,
        key="fit",
        description=_described(fits),
        grows=grows,
        switches=(*axes(session), *_switches(session)),
    )


def _switches(session: Session) -> tuple[Switch, ...]:
    """How the losses are drawn."""
    known = memory(session)

    def scale(chosen: str) -> None:
        known.losses = next((each for each in get_args(Scale) if each == chosen), None)

    def smooth(chosen: str) -> None:
        known.smoothing = float(chosen)

    return (
        Switch(
            "losses",
            mark("losses"),
            {"": mark("Auto"), "linear": mark("Linear"), "log": mark("Log")},
            known.losses or "",
            scale,
        ),
        Switch(
            "smoothing",
            mark("smoothing"),
            {f"{each:g}": f"{each:g}" for each in SMOOTHINGS},
            f"{known.smoothing:g}",
            smooth,
        ),
    )


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
    if run.state == "running":
        # The fits of a run grow together.
        furthest = max(history.steps for history in run.history)
        epoch = max(furthest - 1, 0) // timeline.steps_per_epoch + 1
        values: dict[str, object] = {"epoch": epoch, "epochs": timeline.last_epoch + 1}
        parts.append(session.text(Sentence("epoch {epoch} of {epochs}", values)))
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
