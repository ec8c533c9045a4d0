"""Code that is pasted becomes a curve."""

from contextlib import suppress

import streamlit as st

from lrviz.errors import InvalidCode
from lrviz.export import read
from lrviz.scene import MOST_CURVES
from lrviz.text import mark
from lrviz.ui.explore.memory import ExploreMemory
from lrviz.ui.session import Session
from lrviz.view.markdown import escaped

_HINT = mark(
    "A call or some lines of Keras, PyTorch, optax, transformers or timm. They are read, never run."
)
_EXAMPLE = "CosineAnnealingWarmRestarts(optimizer, T_0=10, T_mult=2, eta_min=1e-5)"


def bring_in(session: Session) -> None:
    """A place to paste code, and what is still asked for."""
    with st.expander(session.text("From code"), icon=":material/content_paste:", key="paste"):
        st.text_area(
            session.text(_HINT), key="pasted", placeholder=_EXAMPLE, height=120, max_chars=20_000
        )
        memory = session.memory(ExploreMemory)
        for name in memory.asked:
            label = session.text("{name} is not in the text:")
            if name == "base_rate":
                label = session.text("The optimizer's learning rate is not in the text:")
            st.text_input(
                label.format(name=escaped(name)),
                key=f"answer-{name}",
                max_chars=40,
            )
        st.button(
            session.text("Read it: a new curve"),
            key="read",
            type="primary",
            disabled=len(session.scene.lines) >= MOST_CURVES,
            on_click=lambda: _read(session),
        )
        if memory.problem is not None:
            st.error(escaped(session.text(memory.problem)))
        if memory.read:
            done = session.text("A new curve is there: {name}").format(name=memory.read)
            st.success(escaped(done))


def _read(session: Session) -> None:
    memory = session.memory(ExploreMemory)
    answers = dict[str, float]()
    for name in memory.asked:
        with suppress(ValueError):
            answers[name] = float(st.session_state.get(f"answer-{name}", ""))
    scene = session.scene
    text = str(st.session_state.get("pasted", ""))
    memory.problem, memory.asked, memory.read = None, (), ""
    try:
        curve = read(text, scene.timeline, answers.get("base_rate"), answers)
    except InvalidCode as error:
        if not error.missing:
            memory.problem = error.sentence
        # What was answered stays on the page, and can be answered otherwise.
        memory.asked = tuple(dict.fromkeys((*answers, *error.missing)))
        # What is understood is kept; what is asked for comes first.
        if error.curve is None or error.missing:
            return
        curve = error.curve
    memory.read = curve.name
    session.set(scene=scene.add(curve))
