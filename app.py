"""lrviz: learning-rate schedules, seen before they are trained with. `streamlit run app.py`."""

import logging

import streamlit as st

from lrviz.ui.assets import ROUTES

_LOG = logging.getLogger("lrviz")


def on_script_error(error: Exception) -> bool:
    """Keep the traceback in the log; the reader gets a sentence."""
    _LOG.error("The page failed.", exc_info=error)
    st.error("Something went wrong on our side, and was noted. Reload the page to go on.")
    return True


app = st.App("lrviz/ui/page.py", routes=ROUTES, on_script_error=on_script_error)
