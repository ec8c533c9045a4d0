"""What there is to read of a curve, on the page."""

import streamlit as st

from lrviz.text import Translate
from lrviz.view.reading import Reading


def read(reading: Reading, translate: Translate) -> None:
    """Show ``reading`` as one element: each more is sent again at every change."""
    text = reading.markdown(translate)
    if text:
        st.markdown(text)
