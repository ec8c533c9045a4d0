"""What is to be trained: curves, data, model, and the button that starts it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from lrviz.errors import InvalidFit, TrainingError
from lrviz.scene import Plateau
from lrviz.scene.insights import length
from lrviz.training.data import DATA
from lrviz.training.spec import FitSpec
from lrviz.ui.browser import current
from lrviz.ui.session import Session
from lrviz.ui.train.memory import memory_of, owner
from lrviz.ui.widgets.panel import panel
from lrviz.view.markdown import escaped
from lrviz.view.panel import rows_of
from lrviz.view.recipe import choices, difference, recipe_rows, refusal
from lrviz.view.subject import PLATEAU

if TYPE_CHECKING:
    from lrviz.training.service import Trainer


def button(session: Session, trainer: "Trainer | None") -> None:
    """The button that starts a run; without a trainer it waits for one."""
    st.button(
        session.text("Train"),
        key="train",
        type="primary",
        icon=":material/play_arrow:",
        on_click=lambda: submit(session, trainer),
    )


def problems(session: Session, trainer: "Trainer | None") -> None:
    """Why nothing was trained."""
    problem = memory_of(session).problem
    if problem is not None:
        st.warning(escaped(session.text(problem)))
    if memory_of(session).full and trainer is not None:
        # It goes as soon as it is no longer true.
        st.fragment(_full, run_every=1.0)(trainer)


def form(session: Session, devices: Sequence[str], *, folded: bool) -> None:
    """Everything that is decided before training, folded or not; ``devices`` are the workers'."""
    if folded:
        recipe = session.page.recipe
        title = f"{session.text(DATA[recipe.data].title)} · {recipe.optimizer}"
        with st.expander(title, icon=":material/tune:", key="recipe-folded"):
            _form(session, devices)
    else:
        _form(session, devices)


def _form(session: Session, devices: Sequence[str]) -> None:
    _curves(session)
    _choices(session, devices)
    panel(session, recipe_rows(session.page.recipe), key="recipe")
    _difference(session)


def _full(trainer: "Trainer") -> None:
    session = current()
    why = trainer.full(owner(session)) if memory_of(session).full else None
    memory_of(session).full = why is not None
    if why is not None:
        st.warning(session.text(why))


def _curves(session: Session) -> None:
    page = session.page
    names = {curve.id: curve.name for curve in page.scene.distinct.curves}
    chosen = [each.id for each in page.trained if each.id in names]
    st.pills(
        session.text("Train with"),
        list(names),
        key=session.show("fit-curves", chosen, lambda ids: session.set(chosen=tuple(ids))),
        format_func=lambda id: escaped(names[id]),
        selection_mode="multi",
        wrap=True,
        help=session.text(
            "One to four learning rates: all begin with the same weights and see the same batches."
        ),
    )

    st.toggle(
        page.plateau.title,
        key=session.show("fit-plateau", page.with_plateau, lambda on: session.set(with_plateau=on)),
        help=session.text(
            "A rate that reacts: it falls when the loss on the test set stops falling. Only "
            "training can tell its curve."
        ),
    )
    if page.with_plateau:
        panel(session, rows_of(PLATEAU, Plateau.own()), key="plateau")


def _choices(session: Session, devices: Sequence[str]) -> None:
    recipe, text = session.page.recipe, session.text
    for each in choices(recipe, devices):
        options = {name: text(label) for name, label in each.options.items()}
        value = getattr(recipe, each.field)
        key = session.show(f"fit-{each.field}", value, _take(session, each.field))
        st.selectbox(text(each.label), list(options), key=key, format_func=options.__getitem__)


def _take(session: Session, name: str) -> Callable[[str], None]:
    def take(chosen: str) -> None:
        try:
            session.set(recipe=session.page.recipe.with_values({name: chosen}))
            memory_of(session).problem = None
        except InvalidFit as refused:
            memory_of(session).problem = next(iter(refused.problems.values()))

    return take


def _difference(session: Session) -> None:
    """How long the fit is, and how that differs from the run that the curves are drawn over."""
    fit, sentence = session.page.recipe.timeline, difference(session.page)
    st.caption(session.text(length(fit)))
    if sentence is None:
        return
    st.info(session.text(sentence), icon=":material/info:")
    st.button(
        session.text("Draw them over this one"),
        key="fit-timeline",
        on_click=lambda: session.set(scene=session.scene.over(fit)),
    )


def submit(session: Session, trainer: "Trainer | None") -> None:
    """Train with what the form says, or say why not; without a trainer, as soon as it is there."""
    memory = memory_of(session)
    # What has just been typed is taken before the button acts.
    session.take()
    memory.problem = refusal(session.page, session.typed)
    memory.wanted = trainer is None and memory.problem is None
    if memory.problem is not None or trainer is None:
        return
    try:
        run = trainer.submit(FitSpec(session.page.recipe, session.page.trained), owner(session))
    except TrainingError:
        memory.full = True
    except InvalidFit as refused:
        memory.problem = next(iter(refused.problems.values()))
    else:
        memory.adopted, memory.full = run.id, False
        session.set(run=run.id)
