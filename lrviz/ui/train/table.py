"""The reader's runs: their results, and what can be done with them."""

from collections.abc import Callable, Sequence

import streamlit as st

from lrviz.text import Text
from lrviz.training.history import history_csv
from lrviz.training.run import Run
from lrviz.training.script import script
from lrviz.ui.session import Session
from lrviz.ui.train.memory import memory_of
from lrviz.view.markdown import escaped
from lrviz.view.runs import fit_remarks, runs_table


def table(
    session: Session, runs: Sequence[Run], run: Run | None, remove: Callable[[], None] | None
) -> None:
    """The results of ``runs``, and what can be done with the one that is looked at.

    ``remove`` takes that one away; None: it is not the reader's.
    """
    if run is not None and run not in runs:
        runs = [*runs, run]
    if not runs:
        return
    text = session.text
    st.subheader(text("Runs"), anchor=False)
    if len(runs) > 1:
        _choose(session, runs)
    st.markdown(runs_table(runs).markdown(session.translate))
    if run is None:
        return
    for history in run.history:
        for sentence in fit_remarks(history):
            name = escaped(history.line.name)
            st.markdown(f":material/lightbulb: **{name}**  {escaped(text(sentence))}")
    _actions(text, run, remove)


def _choose(session: Session, runs: Sequence[Run]) -> None:
    memory, looked_at = memory_of(session), session.page.run
    names = {run.id: f"{place}" for place, run in enumerate(runs, 1)}

    def look(run_id: str) -> None:
        session.set(run=run_id)
        memory.compared = tuple(each for each in memory.compared if each != run_id)

    def compare(run_ids: list[str]) -> None:
        memory.compared = tuple(run_ids)

    with st.container(horizontal=True):
        st.pills(
            session.text("Look at run"),
            list(names),
            key=session.show("run-shown", looked_at if looked_at in names else None, look),
            format_func=names.__getitem__,
            required=looked_at in names,
        )
        others = [each for each in names if each != looked_at]
        chosen = [each for each in memory.compared if each in others]
        st.pills(
            session.text("Lay over it"),
            others,
            key=session.show("run-compared", chosen, compare),
            format_func=names.__getitem__,
            selection_mode="multi",
        )


def _actions(text: Text, run: Run, remove: Callable[[], None] | None) -> None:
    with st.container(horizontal=True):
        st.download_button(
            text("History as CSV"),
            data=lambda: history_csv(run.history),
            file_name="lrviz-run.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        if remove is not None:
            st.button(
                text("Remove this run"),
                key="remove-run",
                icon=":material/delete:",
                on_click=remove,
                disabled=run.active,
            )
    with st.expander(text("Keras script that gives the same history"), icon=":material/code:"):
        for source in run.spec.lines:
            st.caption(escaped(source.name))
            st.code(script(source, run.spec.recipe), language="python", height=300)
