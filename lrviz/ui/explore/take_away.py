"""What can be taken away: code and data; and how code is brought in."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import streamlit as st

from lrviz.export import FRAMEWORKS, stride
from lrviz.link import to_text
from lrviz.page import Page
from lrviz.scene import MOST_CURVES, Scene
from lrviz.text import Text, mark
from lrviz.view.markdown import escaped
from lrviz.view.pasting import Pasted, question

#: The key of what is folded away, and of the framework that was chosen there.
_CODE, _FRAMEWORK = "code", "framework"
_HINT = mark(
    "A call or some lines of Keras, PyTorch, optax, transformers or timm. They are read, never run."
)
_EXAMPLE = "CosineAnnealingWarmRestarts(optimizer, T_0=10, T_mult=2, eta_min=1e-5)"


def taken_away(page: Page) -> object:
    """What :func:`take_away` draws depends on this alone."""
    opened = st.session_state.get(_CODE)
    return to_text(page) if opened else (stride(page.scene), bool(page.scene.shown))


@dataclass(frozen=True)
class Actions:
    """What can be done here: ``csv`` writes the curves, ``paste`` reads code, with answers."""

    csv: Callable[[], str]
    paste: Callable[[str, dict[str, float]], None]


def take_away(scene: Scene, pasted: Pasted, text: Text, actions: Actions) -> None:
    """Code and data."""
    st.subheader(text("Take it with you"), anchor=False)
    code = st.expander(text("Code"), icon=":material/code:", key=_CODE, on_change="rerun")
    if code.open:
        with code:
            _code(scene, text)
    with st.expander(text("From code"), icon=":material/content_paste:", key="paste"):
        _from_code(scene, pasted, text, actions)
    st.download_button(
        text("Curves as CSV"),
        data=actions.csv,
        file_name="lrviz.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        disabled=not scene.shown,
    )
    if stride(scene) > 1:
        st.caption(
            text("The run is long: the file holds every {stride} steps.").format(
                stride=f"{stride(scene):,}"
            )
        )


def _code(scene: Scene, text: Text) -> None:
    """The chosen curve as source of a framework, and what is otherwise there."""
    name = st.segmented_control(
        text("Framework"),
        list(FRAMEWORKS),
        default="keras",
        format_func=lambda each: FRAMEWORKS[each].title,
        key=_FRAMEWORK,
        required=True,
        label_visibility="collapsed",
    )
    framework = FRAMEWORKS[name]
    st.code(framework.write(scene.curve, scene.timeline), language="python")
    for note in framework.notes(scene.curve, scene.timeline):
        st.caption(f":material/info: {escaped(text(note))}")


def _from_code(scene: Scene, pasted: Pasted, text: Text, actions: Actions) -> None:
    """A place to paste code, and what is still asked for."""
    st.text_area(text(_HINT), key="pasted", placeholder=_EXAMPLE, height=120, max_chars=20_000)
    for name in pasted.asked:
        st.text_input(text(question(name)), key=f"answer-{name}", max_chars=40)
    st.button(
        text("Read it: a new curve"),
        key="read",
        type="primary",
        disabled=len(scene.lines) >= MOST_CURVES,
        on_click=lambda: actions.paste(str(st.session_state.get("pasted", "")), _answers(pasted)),
    )
    if pasted.problem is not None:
        st.error(escaped(text(pasted.problem)))
    if pasted.curve:
        st.success(escaped(text("A new curve is there: {name}").format(name=pasted.curve)))


def _answers(pasted: Pasted) -> dict[str, float]:
    """The numbers that were typed."""
    answers = dict[str, float]()
    for name in pasted.asked:
        with suppress(ValueError):
            answers[name] = float(st.session_state.get(f"answer-{name}", ""))
    return answers
