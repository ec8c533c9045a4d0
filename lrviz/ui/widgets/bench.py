"""The workbench: what one looks at, what one sets, and what one reads, in three places.

Its place on the page is ``bench.css``'s: side by side where there is room, else the picture stays
at the top while the rest goes by.
"""

from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


class Bench(NamedTuple):
    """The three places."""

    seen: DeltaGenerator
    set: DeltaGenerator
    below: DeltaGenerator


def bench(name: str) -> Bench:
    """The places of the workbench of that name; what is read stands below what is seen."""
    with st.container(key=f"bench-{name}"):
        left = st.container(key=f"left-{name}")
        right = st.container(key=f"set-{name}")
    with left:
        return Bench(st.container(key=f"seen-{name}"), right, st.container(key=f"below-{name}"))
