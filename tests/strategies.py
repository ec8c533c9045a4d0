"""Any valid schedule, run and scene, drawn from the declarations themselves."""

from dataclasses import replace

from hypothesis import strategies as st

from lrviz.declared import Declared, Field
from lrviz.errors import InvalidFields
from lrviz.learn.study import CODE_LETTERS, MOST_ROUNDS, Study, clean_title, clean_words
from lrviz.link import clean_label
from lrviz.scene import MOST_CURVES, Curve, Scene, Timeline
from lrviz.schedules import SCHEDULES


def values(field: Field) -> st.SearchStrategy:
    """Any legal value of a field."""
    parameter = field.parameter
    if field.kind == "bool":
        one = st.booleans()
    elif field.whole:
        one = st.integers(int(parameter.at_least), int(parameter.at_most))
    else:
        low = max(parameter.at_least, parameter.above)
        one = st.floats(low, parameter.at_most, exclude_min=parameter.above >= low)
    if field.many:
        one = st.lists(one, min_size=1, max_size=8).map(tuple)
    return st.none() | one if field.optional else one


@st.composite
def made(draw: st.DrawFn, declared: type[Declared]) -> Declared:
    """Any valid instance of a declared class."""
    drawn = {field.name: draw(values(field)) for field in declared.fields()}
    if "boundaries" in drawn:
        # Lists that fit one another cannot be drawn one by one.
        drawn["boundaries"] = tuple(sorted(set(drawn["boundaries"])))
        size = len(drawn["boundaries"]) + 1
        drawn["values"] = (drawn["values"] * size)[:size]
    try:
        return declared(**drawn)
    except InvalidFields:
        return declared(**drawn | {"epochs": 1})


def schedules() -> st.SearchStrategy:
    """Any valid schedule."""
    return st.sampled_from(SCHEDULES).flatmap(made)


def studies() -> st.SearchStrategy:
    """Any valid place in a lesson."""
    name = st.from_regex(r"[a-z][a-z0-9_]{0,31}", fullmatch=True)
    names = st.lists(name, max_size=8, unique=True).map(tuple)
    return st.builds(
        Study,
        lesson=st.just("") | name,
        at=st.integers(0, MOST_ROUNDS),
        answer=st.none() | st.floats(allow_nan=False, allow_infinity=False),
        shown=st.booleans(),
        done=names,
        room=st.just("") | st.text(CODE_LETTERS, min_size=6, max_size=6),
        projector=st.booleans(),
        hidden=names,
        title=st.text(max_size=100).map(clean_title),
        words=st.text(max_size=200).map(clean_words),
    )


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """Any valid scene."""
    colors = draw(st.permutations(range(MOST_CURVES)))
    curves = [
        Curve(
            draw(schedules()),
            draw(st.sampled_from(["step", "epoch"])),
            draw(st.text(max_size=70).map(clean_label)),
            draw(st.booleans()),
            color,
        )
        for color in colors[: draw(st.integers(1, MOST_CURVES))]
    ]
    scene = Scene(tuple(curves), draw(made(Timeline)))
    return replace(
        scene,
        selected=draw(st.integers(0, len(curves) - 1)),
        unit=draw(st.sampled_from(["step", "epoch"])),
        scale=draw(st.sampled_from(["linear", "log"])),
        language=draw(st.sampled_from(["en", "ko"])),
        tab=draw(st.sampled_from(["explore", "train", "learn"])),
        run=draw(st.from_regex(r"[A-Za-z0-9_-]{0,64}", fullmatch=True)),
        study=draw(studies()),
    )
