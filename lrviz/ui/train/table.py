"""The reader's runs: their results, and what can be done with them."""

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from lrviz.text import Sentence, counted
from lrviz.training.history import FitHistory, history_csv
from lrviz.training.run import Run
from lrviz.training.script import script
from lrviz.ui.session import Session
from lrviz.ui.train.memory import memory, owner
from lrviz.ui.train.watched import STATES
from lrviz.view.markdown import escaped

if TYPE_CHECKING:
    from lrviz.training.service import Trainer


def table(session: Session, trainer: "Trainer") -> None:
    """The reader's runs with their results, and what can be done with them."""
    mine = trainer.runs(owner(session))
    run = trainer.find(session.page.run)
    if run is not None and run not in mine:
        mine = [*mine, run]
    if not mine:
        return
    st.subheader(session.text("Runs"), anchor=False)
    _choose(session, mine)
    st.markdown("\n".join(_rows(session, mine)))
    if run is None:
        return
    for history in run.history:
        for sentence in _remarks(history):
            name = escaped(history.line.name)
            st.markdown(f":material/lightbulb: **{name}**  {escaped(session.text(sentence))}")
    _actions(session, trainer, run, mine=run.owner == owner(session))


def _choose(session: Session, mine: list[Run]) -> None:
    names = {run.id: f"{place + 1}" for place, run in enumerate(mine)}
    if len(mine) < 2:
        return

    def look(run_id: str) -> None:
        session.set(run=run_id)
        memory(session).compared = tuple(
            each for each in memory(session).compared if each != run_id
        )

    def compare(run_ids: list[str]) -> None:
        memory(session).compared = tuple(run_ids)

    with st.container(horizontal=True):
        st.pills(
            session.text("Look at run"),
            list(names),
            key=session.show(
                "run-shown", session.page.run if session.page.run in names else None, look
            ),
            format_func=names.__getitem__,
            required=session.page.run in names,
        )
        others = [each for each in names if each != session.page.run]
        chosen = [each for each in memory(session).compared if each in others]
        st.pills(
            session.text("Lay over it"),
            others,
            key=session.show("run-compared", chosen, compare),
            format_func=names.__getitem__,
            selection_mode="multi",
        )


def _rows(session: Session, mine: list[Run]) -> list[str]:
    head = [
        session.text("Run"),
        session.text("Schedule"),
        session.text("State"),
        session.text("Steps"),
        session.text("Final loss"),
        session.text("Best loss"),
        session.text("Final accuracy"),
        session.text("Best accuracy"),
        session.text("Averaged accuracy"),
        session.text("Seconds"),
        session.text("Device"),
        session.text("Largest difference to the plan"),
    ]
    rows = [head, ["--:", ":--", ":--", *["--:"] * 7, ":--", "--:"]]
    every = [(place, run, history) for place, run in enumerate(mine) for history in run.history]
    columns = [_results(history) for _, _, history in every]
    by_column = enumerate(zip(*columns, strict=True))
    best = [_best(values, lowest=place < 2) for place, values in by_column]
    for (place, run, history), results in zip(every, columns, strict=True):
        told = [
            _number_text(value) if column < 2 else _percent(value)
            for column, value in enumerate(results)
        ]
        marked = [
            f"**{text}**" if value == top else text
            for text, value, top in zip(told, results, best, strict=True)
        ]
        rows.append(
            [
                f"{place + 1}",
                escaped(history.line.name),
                session.text(STATES[run.state]),
                f"{history.steps:,}",
                *marked,
                f"{history.ended.seconds:.1f}" if history.ended else "",
                history.device,
                _number_text(history.largest_difference(), ".2g"),
            ]
        )
    return ["| " + " | ".join(row) + " |" for row in rows]


def _results(history: FitHistory) -> tuple[float, ...]:
    """Final and best loss, final and best accuracy, that of the averaged models; NaN: none."""
    losses = [each.val_loss for each in history.epochs] or [math.nan]
    accuracies = [each.val_accuracy for each in history.epochs] or [math.nan]
    averaged = history.ensemble.accuracy if history.ensemble else math.nan
    return losses[-1], min(losses), accuracies[-1], max(accuracies), averaged


def _best(values: Sequence[float], *, lowest: bool) -> float:
    """The best of a column, where there is something to compare; NaN: nothing is marked."""
    known = [value for value in values if value == value]
    if len(known) < 2:
        return math.nan
    return min(known) if lowest else max(known)


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


def _actions(session: Session, trainer: "Trainer", run: Run, *, mine: bool) -> None:
    with st.container(horizontal=True):
        st.download_button(
            session.text("History as CSV"),
            data=lambda: history_csv(run.history),
            file_name="lrviz-run.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        if mine:
            st.button(
                session.text("Remove this run"),
                key="remove-run",
                icon=":material/delete:",
                on_click=_remove(session, trainer, run),
                disabled=run.active,
            )
    with st.expander(
        session.text("Keras script that gives the same history"), icon=":material/code:"
    ):
        for source in run.spec.lines:
            st.caption(escaped(source.name))
            st.code(script(source, run.spec.recipe), language="python", height=300)


def _remove(session: Session, trainer: "Trainer", run: Run) -> Callable[[], None]:
    def remove() -> None:
        trainer.remove(run)
        left = trainer.runs(owner(session))
        session.set(run=left[-1].id if left else "")

    return remove
