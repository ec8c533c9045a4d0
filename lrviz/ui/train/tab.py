"""The Train tab: real fits, live, beside what is to be trained."""

import streamlit as st

from lrviz.training.holder import HOLDER
from lrviz.ui.browser import current
from lrviz.ui.session import Session
from lrviz.ui.train import form, table, watched


def train(session: Session) -> None:
    """Draw the tab."""
    st.markdown(
        session.text(
            "Train a small Keras model with your curves, and see the rate that the optimizer "
            "really applied at every step. Nothing else on this page disturbs a run."
        )
    )
    if HOLDER.trainer is None:
        st.fragment(_starting, run_every=0.3)()
        return
    watched.adopt(session, HOLDER.trainer)
    left, right = st.columns([5, 3], gap="large")
    with left:
        watched.watch(session, HOLDER.trainer)
    with right:
        form.form(session, HOLDER.trainer)
    table.table(session, HOLDER.trainer)


def _starting() -> None:
    session = current()
    HOLDER.begin()
    if HOLDER.problem is not None:
        again = session.text("It is tried again every few seconds.")
        st.error(f"{session.text(HOLDER.problem)} {again}", icon=":material/error:")
    else:
        st.info(
            session.text("The workers are starting: this takes about ten seconds, once."),
            icon=":material/hourglass_top:",
        )
    if HOLDER.trainer is not None:
        st.rerun()
