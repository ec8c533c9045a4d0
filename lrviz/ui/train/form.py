"""What is to be trained: curves, data, model, and the button that starts it."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import streamlit as st

from lrviz.errors import InvalidFit, TrainingError
from lrviz.scene import Plateau
from lrviz.scene.insights import length
from lrviz.text import Sentence, mark, quoted
from lrviz.training.data import DATA
from lrviz.training.spec import FitSpec, Model, Optimizer, Recipe
from lrviz.ui.browser import current
from lrviz.ui.session import Session
from lrviz.ui.train.memory import memory, owner
from lrviz.ui.widgets.panel import panel, rows_of
from lrviz.view.markdown import escaped
from lrviz.view.subject import PLATEAU, RECIPE, schedule_of

if TYPE_CHECKING:
    from lrviz.training.service import Trainer

_MODELS: dict[Model, str] = {
    "linear": mark("Linear"),
    "one": mark("One hidden layer"),
    "two": mark("Two hidden layers"),
    "odometer": mark("Odometer: one weight that adds up the rates"),
}


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
    problem = memory(session).problem
    if problem is not None:
        st.warning(escaped(session.text(problem)))
    if memory(session).full and trainer is not None:
        # It goes as soon as it is no longer true.
        st.fragment(_full, run_every=1.0)(trainer)


def form(session: Session, trainer: "Trainer | None", *, folded: bool) -> None:
    """Everything that is decided before training; one line while a run is watched."""
    if folded:
        recipe = session.page.recipe
        title = f"{session.text(DATA[recipe.data].title)} · {recipe.optimizer}"
        with st.expander(title, icon=":material/tune:", key="recipe-folded"):
            _form(session, trainer)
    else:
        _form(session, trainer)


def _form(session: Session, trainer: "Trainer | None") -> None:
    _curves(session)
    _choices(session, trainer.devices if trainer else [])
    _numbers(session)
    _difference(session)


def _full(trainer: "Trainer") -> None:
    session = current()
    why = trainer.full(owner(session)) if memory(session).full else None
    memory(session).full = why is not None
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


def _choices(session: Session, devices: list[str]) -> None:
    recipe = session.page.recipe
    texts: dict[str, tuple[str, dict[str, str]]] = {
        "data": (
            session.text("Data"),
            {name: session.text(each.title) for name, each in DATA.items()},
        ),
        "model": (
            session.text("Model"),
            {name: session.text(text) for name, text in _MODELS.items()},
        ),
        "optimizer": (session.text("Optimizer"), {name: name for name in get_args(Optimizer)}),
    }
    if len(devices) > 1 or recipe.device not in ("", *devices):
        known = dict.fromkeys(filter(None, (*devices, recipe.device)))
        named = {"": session.text("TensorFlow chooses")} | {each: each for each in known}
        texts["device"] = (session.text("Device"), named)
    for name, (label, options) in texts.items():
        key = session.show(f"fit-{name}", getattr(recipe, name), _take(session, name))
        st.selectbox(label, list(options), key=key, format_func=options.__getitem__)


def _take(session: Session, name: str) -> Callable[[str], None]:
    def take(chosen: str) -> None:
        try:
            session.set(recipe=session.page.recipe.with_values({name: chosen}))
            memory(session).problem = None
        except InvalidFit as refused:
            memory(session).problem = next(iter(refused.problems.values()))

    return take


#: What is not called as Keras calls it.
_TITLES = {
    "units": mark("units of a hidden layer"),
    "redrawn": mark("share of wrong labels"),
}


def _wanted(recipe: Recipe) -> list[str]:
    """The numbers that matter to a fit of ``recipe``."""
    wanted = ["batch_size", "epochs", "seed"]
    if recipe.hidden:
        wanted.append("units")
    if recipe.optimizer in ("SGD", "Nesterov"):
        wanted.append("momentum")
    if recipe.data == "noisy-digits":
        wanted.append("redrawn")
    return wanted


def _numbers(session: Session) -> None:
    declared = {field.name: field for field in Recipe.declared()}
    rows = rows_of(RECIPE, [declared[name] for name in _wanted(session.page.recipe)])
    panel(
        session,
        [replace(row, title=_TITLES.get(row.field.name, "")) for row in rows],
        key="recipe",
    )


def _difference(session: Session) -> None:
    """How long the fit is, and how that differs from the run that the curves are drawn over."""
    run, fit = session.scene.timeline, session.page.recipe.timeline
    st.caption(session.text(length(fit)))
    if (run.steps, run.steps_per_epoch) == (fit.steps, fit.steps_per_epoch):
        return
    sentence = Sentence(
        "**Explore shows another run:** {run}. This fit: {fit}.",
        {"run": length(run), "fit": length(fit)},
    )
    st.info(session.text(sentence), icon=":material/info:")
    st.button(
        session.text("Draw them over this one"),
        key="fit-timeline",
        on_click=lambda: session.set(scene=session.scene.over(fit)),
    )


def _refused(session: Session) -> Sentence | None:
    """Why nothing may be trained as long as a value stays refused."""
    page = session.page
    plateau = [field.path for field in Plateau.own()] if page.with_plateau else []
    if session.refuses(RECIPE, _wanted(page.recipe)) or session.refuses(PLATEAU, plateau):
        return Sentence("Nothing was trained: correct the value in red first.")
    trained = {line.id for line in page.trained}
    for curve in (each for each in page.scene.distinct.curves if each.id in trained):
        for why in session.form(schedule_of(curve)).problems.values():
            values: dict[str, object] = {"name": quoted(curve.name), "why": why}
            return Sentence("Nothing was trained: correct {name} in Explore first. {why}", values)
    return None


def submit(session: Session, trainer: "Trainer | None") -> None:
    """Train with what the form says, or say why not; without a trainer, as soon as it is there."""
    known = memory(session)
    # What has just been typed is taken before the button acts.
    session.take()
    known.problem = _refused(session)
    known.wanted = trainer is None and known.problem is None
    if known.problem is not None or trainer is None:
        return
    try:
        run = trainer.submit(FitSpec(session.page.recipe, session.page.trained), owner(session))
    except TrainingError:
        known.full = True
    except InvalidFit as refused:
        known.problem = next(iter(refused.problems.values()))
    else:
        known.adopted, known.full = run.id, False
        session.set(run=run.id)
