"""The Train tab: real fits, live, beside what is to be trained."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from lrviz.training.holder import HOLDER
from lrviz.training.run import Run
from lrviz.ui.browser import current
from lrviz.ui.session import Session
from lrviz.ui.train import form, own_law, table, watched
from lrviz.ui.train.memory import memory_of, owner
from lrviz.ui.widgets.bench import bench

if TYPE_CHECKING:
    from lrviz.training.service import Trainer


def train(session: Session) -> None:
    """Draw the tab."""
    trainer = HOLDER.trainer
    if trainer is not None:
        watched.adopt(session, trainer.find(session.page.run))
        if memory_of(session).wanted:
            form.submit(session, trainer)
    run = trainer.find(session.page.run) if trainer else None
    runs = trainer.runs(owner(session)) if trainer else []
    with st.container(horizontal=True, vertical_alignment="center", key="train-bar"):
        form.button(session, trainer)
        if trainer is None:
            st.fragment(_starting, run_every=0.3)()
        elif run is not None:
            watched.follow(trainer, run, runs)
    # A place of its own: what comes and goes there moves, and rebuilds, nothing else.
    with st.container(key="train-problems"):
        form.problems(session, trainer)
    seen, chosen, below = bench("train")
    with seen:
        watched.chart(session, trainer, run)
    with chosen:
        devices = trainer.devices if trainer else []
        form.form(session, devices, folded=run is not None and run.active)
    if trainer is not None:
        with below:
            mine = run is not None and run.owner == owner(session)
            remove = partial(_remove, session, trainer, run) if run is not None and mine else None
            table.table(session, runs, run, remove)
            own_law.forecasts(session, runs)


def _remove(session: Session, trainer: "Trainer", run: Run) -> None:
    trainer.remove(run)
    left = trainer.runs(owner(session))
    session.set(run=left[-1].id if left else "")


def _starting() -> None:
    session = current()
    HOLDER.begin()
    if HOLDER.problem is not None:
        again = session.text("It is tried again every few seconds.")
        st.error(f"{session.text(HOLDER.problem)} {again}", icon=":material/error:")
    else:
        text = session.text("The workers are starting: this takes about ten seconds, once.")
        if memory_of(session).wanted:
            text += " " + session.text("Your run begins then.")
        st.markdown(f":material/hourglass_top: {text}")
    if HOLDER.trainer is not None:
        st.rerun()
