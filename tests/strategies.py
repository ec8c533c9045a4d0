"""Any valid schedule, run and scene, drawn from the declarations themselves."""

from contextlib import suppress
from dataclasses import replace
from functools import cache

from hypothesis import strategies as st

from lrviz.declared import Declared, Field
from lrviz.errors import InvalidFields
from lrviz.learn.study import CODE_LETTERS, MOST_ROUNDS, Learner, Study
from lrviz.lenses import KINDS
from lrviz.page import Page
from lrviz.scene import MOST_CURVES, Curve, Lens, Line, Plateau, Scene, Timeline, clean_label
from lrviz.scene.shares import SHARE
from lrviz.schedules import SCHEDULES, WSD, Expression, Factor, Power, Sequence
from lrviz.training.spec import Recipe

_NAME = st.from_regex(r"[a-z][a-z0-9_]{0,31}", fullmatch=True)
_PATH = st.from_regex(r"[a-z0-9][a-z0-9_.]{0,63}", fullmatch=True)
_NAMES = st.lists(_NAME, max_size=8, unique=True).map(tuple)


@cache
def values(field: Field) -> st.SearchStrategy:
    """Any legal value of a field."""
    parameter = field.parameter
    if field.kind == "bool":
        one = st.booleans()
    elif field.kind == "choice":
        one = st.sampled_from(field.choices)
    elif field.kind in ("text", "texts"):
        one = st.from_regex(parameter.pattern, fullmatch=True)
        if not field.many:
            one = st.just("") | one
    elif field.whole:
        one = st.integers(int(parameter.at_least), int(parameter.at_most))
    else:
        low = max(parameter.at_least, parameter.above)
        one = st.floats(low, parameter.at_most, exclude_min=parameter.above >= low)
    if field.many:
        one = st.lists(one, min_size=1, max_size=8).map(tuple)
    return st.none() | one if field.optional else one


_SHARES = st.lists(st.from_regex(SHARE, fullmatch=True), max_size=3, unique=True).map(tuple)
#: What fits whatever else is drawn.
_ROOMY = {
    Timeline: {"epochs": 1, "drop_last": False},
    WSD: {"min_lr_ratio": 0.5},
    Power: {"decay_steps": 0},
}


@cache
@st.composite
def made(draw: st.DrawFn, declared: type[Declared]) -> Declared:
    """Any valid instance of a declared class; of a line, what is its own."""
    fields = declared.own() if issubclass(declared, Line) else declared.declared()
    drawn = {field.name: draw(values(field)) for field in fields}
    if "boundaries" in drawn:
        # Lists that fit one another cannot be drawn one by one.
        drawn["boundaries"] = tuple(sorted(set(drawn["boundaries"])))
        size = len(drawn["boundaries"]) + 1
        drawn["values"] = (drawn["values"] * size)[:size]
    try:
        return declared(**drawn)
    except InvalidFields:
        return declared(**drawn | _ROOMY.get(declared, {"epochs": 1}))


#: Every kind of formula that is never below 0.
FORMULAS = (
    "peak * (1 + cos(pi * min(t / T, 1))) / 2",
    "where(t < warm, t / warm, sqrt(warm / max(t, 1))) * 0.1",
    "max(0.01, 0.1 * exp(-3 * t / T))",
    "height ** 2 * floor(t / 100) / (1 + t)",
    "0.5 * (t < 10 or not 20 <= t < 30) + 0.1",
    # The names may have any values, also the same.
    "where(t < T / 2, 0.1, 0.1 / max(height - warm, 0) ** 0.5)",
)


@cache
def simple() -> st.SearchStrategy:
    """Any valid schedule with a formula of its own."""
    others = [each for each in SCHEDULES if each is not Expression]
    return st.sampled_from(others).flatmap(made) | expressions()


@cache
def expressions() -> st.SearchStrategy:
    """Some typed formulas, over any run, with any numbers above 0."""
    return st.builds(
        lambda text, steps, value: Expression(
            text, steps, ("peak", "warm", "height"), (value,) * 3
        ),
        st.sampled_from(FORMULAS),
        st.integers(1, 10**15),
        st.floats(1e-6, 1e6),
    )


@cache
@st.composite
def sequences(draw: st.DrawFn, phases: st.SearchStrategy) -> Sequence:
    """Phases one after another; some follow the one before, where they can."""
    drawn = draw(st.lists(phases, min_size=2, max_size=5))
    rising = st.lists(st.integers(0, 10**9), min_size=len(drawn) - 1, max_size=len(drawn) - 1)
    sequence = Sequence(tuple(drawn), tuple(sorted(draw(rising))))
    for place in draw(st.sets(st.integers(1, len(drawn) - 1))):
        with suppress(InvalidFields):
            sequence = replace(sequence, tied=(*sequence.tied, place))
    return sequence


@cache
def schedules() -> st.SearchStrategy:
    """Any valid schedule."""
    inner = sequences(simple()) | st.builds(Factor, simple(), simple())
    return simple() | inner | sequences(inner | simple())


@cache
def studies() -> st.SearchStrategy:
    """Any valid place in a lesson."""
    return st.builds(
        Study,
        lesson=st.just("") | _NAME,
        at=st.integers(0, MOST_ROUNDS),
        revealed=st.booleans(),
        hidden=st.lists(_PATH, max_size=8, unique=True).map(tuple),
        title=st.text(max_size=100),
        words=st.text(max_size=200),
    )


@cache
def learners() -> st.SearchStrategy:
    """Any valid learner."""
    return st.builds(
        Learner,
        answer=st.none() | st.floats(allow_nan=False, allow_infinity=False),
        done=_NAMES,
        room=st.just("") | st.text(CODE_LETTERS, min_size=6, max_size=6),
        projector=st.booleans(),
    )


@cache
@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """Any valid scene."""
    ids = draw(st.permutations(range(MOST_CURVES + 1)))
    curves = [
        Curve(
            draw(schedules()),
            draw(st.sampled_from(["step", "epoch"])),
            draw(_SHARES),
            label=draw(st.text(max_size=70).map(clean_label)),
            shown=draw(st.booleans()),
            color=draw(st.integers(0, MOST_CURVES - 1)),
            id=id,
        )
        for id in ids[: draw(st.integers(1, MOST_CURVES))]
    ]
    return Scene(
        tuple(curves),
        draw(made(Timeline)),
        draw(st.integers(0, len(curves) - 1)),
        draw(st.sampled_from(["step", "epoch"])),
        draw(st.sampled_from(["linear", "log"])),
        draw(lenses()),
    )


def lenses() -> st.SearchStrategy:
    """Any lens, with settings of every kind."""
    settings = st.tuples(*(made(kind) for kind in KINDS.values()))
    return st.builds(Lens, st.sampled_from([*KINDS]), settings)


def pages() -> st.SearchStrategy:
    """Any valid page."""
    return st.builds(
        Page,
        scenes(),
        language=st.sampled_from(["en", "ko"]),
        tab=st.sampled_from(["explore", "train", "learn"]),
        run=st.from_regex(r"[A-Za-z0-9_-]{0,64}", fullmatch=True),
        chosen=st.lists(st.integers(0, 7), max_size=8).map(tuple),
        with_plateau=st.booleans(),
        study=studies(),
        learner=learners(),
        recipe=made(Recipe),
        plateau=made(Plateau),
    )
