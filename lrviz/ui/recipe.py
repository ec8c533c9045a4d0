"""What is to be trained: curves, data, model, and the button that starts it."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import streamlit as st

from lrviz.errors import InvalidFit, TrainingError
from lrviz.insights import length
from lrviz.scene import MOST_CURVES, Curve
from lrviz.text import Sentence, mark, quoted
from lrviz.training.data import DATA
from lrviz.training.spec import FitSpec, Model, Optimizer, Plateau, Recipe, Source
from lrviz.ui import controls
from lrviz.ui.focus import focus
from lrviz.ui.state import Session, session
from lrviz.ui.training import owner

if TYPE_CHECKING:
    from lrviz.training.service import Trainer

_MODELS: dict[Model, str] = {
    "linear": mark("Linear"),
    "one": mark("One hidden layer"),
    "two": mark("Two hidden layers"),
    "odometer": mark("Odometer: one weight that adds up the rates"),
}


def form(now: Session, trainer: "Trainer") -> None:
    """Everything that is decided before training, and the button."""
    _curves(now)
    _choices(now, trainer)
    _numbers(now)
    _difference(now)
    st.button(
        now.text("Train"),
        key="train",
        type="primary",
        icon=":material/play_arrow:",
        on_click=_submit(now, trainer),
        width="stretch",
    )
    problem = now.training.problem
    if problem is not None:
        st.warning(controls.escaped(now.text(problem)))
    if now.training.full:
        # It goes as soon as it is no longer true.
        st.fragment(_full, run_every=1.0)(trainer)
    focus(now)


def _full(trainer: "Trainer") -> None:
    now = session()
    why = trainer.full(owner(now.training)) if now.training.full else None
    now.training.full = why is not None
    if why is not None:
        st.warning(now.text(why))


def sources(now: Session) -> tuple[Source, ...]:
    """The learning rates that would be trained with."""
    training, scene = now.training, now.scene
    chosen: tuple[Source, ...] = tuple(
        curve for curve in scene.curves if curve.color in training.chosen
    )
    if not chosen and not training.with_plateau:
        chosen = (scene.curve,)
    if training.with_plateau:
        taken = {curve.color for curve in scene.curves}
        free = max(set(range(MOST_CURVES)) - taken, default=MOST_CURVES - 1)
        chosen += (replace(training.plateau, color=free),)
    return chosen


def _curves(now: Session) -> None:
    training = now.training
    names = {curve.color: curve.name for curve in now.scene.curves}
    shown = [each.color for each in sources(now) if isinstance(each, Curve)]

    def take(colors: list[int]) -> None:
        training.chosen = tuple(colors)

    st.pills(
        now.text("Train with"),
        list(names),
        key=now.show("fit-curves", shown, take),
        format_func=lambda color: controls.escaped(names[color]),
        selection_mode="multi",
        wrap=True,
        help=now.text(
            "One to four learning rates: all begin with the same weights and see the same batches."
        ),
    )

    def plateau(on: bool) -> None:
        training.with_plateau = on

    st.toggle(
        Plateau.name,
        key=now.show("fit-plateau", training.with_plateau, plateau),
        help=now.text(
            "A rate that reacts: it falls when the loss on the test set stops falling. Only "
            "training can tell its curve."
        ),
    )
    if training.with_plateau:
        controls.fields(now, training.plateau, Plateau.fields())


def _choices(now: Session, trainer: "Trainer") -> None:
    recipe = now.training.recipe
    texts: dict[str, tuple[str, dict[str, str]]] = {
        "data": (now.text("Data"), {name: now.text(each.title) for name, each in DATA.items()}),
        "model": (now.text("Model"), {name: now.text(text) for name, text in _MODELS.items()}),
        "optimizer": (now.text("Optimizer"), {name: name for name in get_args(Optimizer)}),
    }
    if len(trainer.devices) > 1:
        devices = {"": now.text("TensorFlow chooses")} | {each: each for each in trainer.devices}
        texts["device"] = (now.text("Device"), devices)
    for name, (label, options) in texts.items():
        key = now.show(f"fit-{name}", getattr(recipe, name), _take(now, name))
        st.selectbox(label, list(options), key=key, format_func=options.__getitem__)


def _take(now: Session, name: str) -> Callable[[str], None]:
    def take(chosen: str) -> None:
        try:
            now.training.recipe = replace(now.training.recipe, **{name: chosen})  # type: ignore[arg-type]  # a choice
            now.training.problem = None
        except InvalidFit as refused:
            now.training.problem = next(iter(refused.problems.values()))

    return take


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


def _numbers(now: Session) -> None:
    recipe = now.training.recipe
    wanted = _wanted(recipe)
    declared = {field.name: field for field in Recipe.fields()}
    # Row by row, so that a narrow page shows them in the same order.
    for pair in zip(wanted[::2], [*wanted[1::2], ""], strict=False):
        for column, name in zip(st.columns(2, gap="small"), pair, strict=True):
            if name:
                with column:
                    controls.fields(now, recipe, [declared[name]])


def _difference(now: Session) -> None:
    """How long the fit is, and how that differs from the run that the curves are drawn over."""
    run, fit = now.scene.timeline, now.training.recipe.timeline
    st.caption(now.text(length(fit)))
    if (run.steps, run.steps_per_epoch) == (fit.steps, fit.steps_per_epoch):
        return
    sentence = Sentence(
        "**Explore shows another run:** {run}. This fit: {fit}.",
        {"run": length(run), "fit": length(fit)},
    )
    st.info(now.text(sentence), icon=":material/info:")
    st.button(
        now.text("Draw them over this one"),
        key="fit-timeline",
        on_click=lambda: now.set(timeline=fit),
    )


def _refused(now: Session) -> Sentence | None:
    """Why nothing may be trained as long as a value stays refused."""
    training, chosen = now.training, sources(now)
    plateau = [field.name for field in Plateau.fields()] if training.with_plateau else []
    if now.refuses(training.recipe, _wanted(training.recipe)) or now.refuses(
        training.plateau, plateau
    ):
        return Sentence("Nothing was trained: correct the value in red first.")
    for curve in (each for each in chosen if isinstance(each, Curve)):
        for why in now.form(curve).problems.values():
            values: dict[str, object] = {"name": quoted(curve.name), "why": why}
            return Sentence("Nothing was trained: correct {name} in Explore first. {why}", values)
    return None


def _submit(now: Session, trainer: "Trainer") -> Callable[[], None]:
    def submit() -> None:
        # What has just been typed is taken before the button acts.
        now.take()
        now.training.problem = _refused(now)
        if now.training.problem is not None:
            return
        try:
            run = trainer.submit(FitSpec(now.training.recipe, sources(now)), owner(now.training))
        except TrainingError:
            now.training.full = True
        except InvalidFit as refused:
            now.training.problem = next(iter(refused.problems.values()))
        else:
            now.training.adopted, now.training.full = run.id, False
            now.set(run=run.id)

    return submit
