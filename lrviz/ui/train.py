"""The Train tab: real fits, live, beside what is to be trained."""

import streamlit as st

from lrviz.ui import recipe, results, runs
from lrviz.ui.state import Session, session
from lrviz.ui.trainer import HOLDER


def train(now: Session) -> None:
    """Draw the tab."""
    st.markdown(
        now.text(
            "Train a small Keras model with your curves, and see the rate that the optimizer "
            "really applied at every step. Nothing else on this page disturbs a run."
        )
    )
    if HOLDER.trainer is None:
        st.fragment(_starting, run_every=0.3)()
        return
    runs.adopt(now, HOLDER.trainer)
    left, right = st.columns([5, 3], gap="large")
    with left:
        runs.shown(now, HOLDER.trainer)
    with right:
        recipe.form(now, HOLDER.trainer)
    results.table(now, HOLDER.trainer)


def _starting() -> None:
    now = session()
    HOLDER.begin()
    if HOLDER.problem is not None:
        again = now.text("It is tried again every few seconds.")
        st.error(f"{now.text(HOLDER.problem)} {again}", icon=":material/error:")
    else:
        st.info(
            now.text("The workers are starting: this takes about ten seconds, once."),
            icon=":material/hourglass_top:",
        )
    if HOLDER.trainer is not None:
        st.rerun()
