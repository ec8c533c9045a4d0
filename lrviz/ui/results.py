"""The reader's runs: their results, and what can be done with them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from lrviz.text import Sentence, counted
from lrviz.training.history import FitHistory, history_csv
from lrviz.training.run import Run
from lrviz.training.script import script
from lrviz.ui.controls import escaped
from lrviz.ui.runs import STATES
from lrviz.ui.state import Session
from lrviz.ui.training import owner

if TYPE_CHECKING:
    from lrviz.training.service import Trainer


def table(now: Session, trainer: "Trainer") -> None:
    """The reader's runs with their results, and what can be done with them."""
    mine = trainer.runs(owner(now.training))
    run = trainer.find(now.scene.run)
    if run is not None and run not in mine:
        mine = [*mine, run]
    if not mine:
        return
    st.subheader(now.text("Runs"), anchor=False)
    _choose(now, mine)
    st.markdown("\n".join(_rows(now, mine)))
    if run is None:
        return
    for history in run.history:
        for sentence in _remarks(history):
            name = escaped(history.source.name)
            st.markdown(f":material/lightbulb: **{name}**  {escaped(now.text(sentence))}")
    _actions(now, trainer, run, mine=run.owner == owner(now.training))


def _choose(now: Session, mine: list[Run]) -> None:
    names = {run.id: f"{place + 1}" for place, run in enumerate(mine)}
    if len(mine) < 2:
        return

    def look(run_id: str) -> None:
        now.set(run=run_id)
        now.training.compared = tuple(each for each in now.training.compared if each != run_id)

    def compare(run_ids: list[str]) -> None:
        now.training.compared = tuple(run_ids)

    with st.container(horizontal=True):
        st.pills(
            now.text("Look at run"),
            list(names),
            key=now.show("run-shown", now.scene.run if now.scene.run in names else None, look),
            format_func=names.__getitem__,
            required=now.scene.run in names,
        )
        others = [each for each in names if each != now.scene.run]
        chosen = [each for each in now.training.compared if each in others]
        st.pills(
            now.text("Lay over it"),
            others,
            key=now.show("run-compared", chosen, compare),
            format_func=names.__getitem__,
            selection_mode="multi",
        )


def _rows(now: Session, mine: list[Run]) -> list[str]:
    head = [
        now.text("Run"),
        now.text("Schedule"),
        now.text("State"),
        now.text("Steps"),
        now.text("Final loss"),
        now.text("Best loss"),
        now.text("Final accuracy"),
        now.text("Best accuracy"),
        now.text("Averaged accuracy"),
        now.text("Seconds"),
        now.text("Device"),
        now.text("Largest difference to the plan"),
    ]
    rows = [head, ["--:", ":--", ":--", *["--:"] * 7, ":--", "--:"]]
    for place, run in enumerate(mine):
        for history in run.history:
            losses = [each.val_loss for each in history.epochs]
            accuracies = [each.val_accuracy for each in history.epochs]
            averaged = history.ensemble.accuracy if history.ensemble else float("nan")
            rows.append(
                [
                    f"{place + 1}",
                    escaped(history.source.name),
                    now.text(STATES[run.state]),
                    f"{history.steps:,}",
                    _number_text(losses[-1] if losses else float("nan")),
                    _number_text(min(losses, default=float("nan"))),
                    _percent(accuracies[-1] if accuracies else float("nan")),
                    _percent(max(accuracies, default=float("nan"))),
                    _percent(averaged),
                    f"{history.ended.seconds:.1f}" if history.ended else "",
                    history.device,
                    _number_text(history.largest_difference(), ".2g"),
                ]
            )
    return ["| " + " | ".join(row) + " |" for row in rows]


def _number_text(value: float, form: str = ".4g") -> str:
    return "–" if value != value else format(value, form)


def _percent(value: float) -> str:
    return "–" if value != value else f"{value:.1%}"


def _remarks(history: FitHistory) -> list[Sentence]:
    """What is to be said about a fit."""
    found = []
    if history.ended is not None and history.ended.problem is not None:
        found.append(history.ended.problem)
    apart = history.differences()
    if apart.size:
        found.append(
            Sentence(
                "Keras applied another rate than the formula gives at {steps}, first at step "
                "{step}, by {largest} at the most: it computes in float32, and rounding can put a "
                "restart one step late.",
                {
                    "steps": counted("{count} step", "{count} steps", int(apart.size)),
                    "step": int(apart[0]),
                    "largest": history.largest_difference(),
                },
            )
        )
    if history.ensemble is not None:
        found.append(
            Sentence(
                "The {count} models at the ends of the cycles, averaged, reach an accuracy of "
                "{averaged}; the last model alone {last}.",
                {
                    "count": len(history.ensemble.steps),
                    "averaged": _percent(history.ensemble.accuracy),
                    "last": _percent(history.epochs[-1].val_accuracy),
                },
            )
        )
    return found


def _actions(now: Session, trainer: "Trainer", run: Run, *, mine: bool) -> None:
    with st.container(horizontal=True):
        st.download_button(
            now.text("History as CSV"),
            data=lambda: history_csv(run.history),
            file_name="lrviz-run.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        if mine:
            st.button(
                now.text("Remove this run"),
                key="remove-run",
                icon=":material/delete:",
                on_click=_remove(now, trainer, run),
                disabled=run.active,
            )
    with st.expander(now.text("Keras script that gives the same history"), icon=":material/code:"):
        for source in run.spec.sources:
            st.caption(escaped(source.name))
            st.code(script(source, run.spec.recipe), language="python", height=300)


def _remove(now: Session, trainer: "Trainer", run: Run) -> Callable[[], None]:
    def remove() -> None:
        trainer.remove(run)
        left = trainer.runs(owner(now.training))
        now.set(run=left[-1].id if left else "")

    return remove
