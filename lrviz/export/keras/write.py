"""A line as source code for Keras 3, ready to paste."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import singledispatch

from lrviz.export.closed import lines, literal
from lrviz.export.framework import apply, per_epoch
from lrviz.export.phases import gathered
from lrviz.export.target import KERAS, LARGEST_INT
from lrviz.scene import Curve, Line, Plateau, Timeline
from lrviz.schedules import (
    Composed,
    Constant,
    Linear,
    PiecewiseConstantDecay,
    Schedule,
    Sequence,
    StepDecay,
)


@dataclass(frozen=True)
class Source:
    """Python source of a value: what must be defined first, and an expression of it."""

    expression: str
    definitions: str = ""


@dataclass(frozen=True)
class Applied:
    """Python source that applies a line.

    Attributes:
        definitions: What must be defined first; among it ``schedule``, where there is one.
        rate: What the optimizer is given as its learning rate.
        callback: What changes it while the model is trained; empty: nothing.
    """

    definitions: str
    rate: str
    callback: str = ""


def write(curve: Curve, timeline: Timeline) -> str:
    """Python source that applies ``curve`` with Keras 3.

    It defines ``schedule`` (a Keras schedule object, or a float for ``Constant``) and, applied
    every step, ``optimizer``; applied every epoch, ``callback`` for ``model.fit(callbacks=[...])``;
    and ``rate(step)``.
    """
    schedule = _counted(curve.schedule)
    definitions = _schedule(schedule)
    written = [*_imports(definitions), "import keras", "", definitions]
    constant = isinstance(schedule, Constant)
    if curve.per == "step":
        # Given the schedule object, the optimizer calls it with its own step count.
        written += ["optimizer = keras.optimizers.SGD(learning_rate=schedule)"]
    else:
        rate = "schedule" if constant else "float(schedule(epoch))"
        written += [
            "# Use it as model.fit(..., callbacks=[callback]); the optimizer keeps a plain number.",
            "callback = keras.callbacks.LearningRateScheduler(",
            f"    lambda epoch, learning_rate: {rate}",
            ")",
        ]
    call = "schedule" if constant else apply("schedule", per_epoch(curve, timeline))
    written += ["", "", "def rate(step):", f"    return float({call})"]
    return "\n".join(written) + "\n"


def source(schedule: Schedule, name: str = "") -> Source:
    """Python source of the Keras schedule object; of a number for ``Constant``.

    What has to be defined for it is named with ``name`` behind.
    """
    schedule = _counted(schedule)
    kind = type(schedule)
    if isinstance(schedule, Linear):
        return _line(schedule)
    if kind is Constant:
        return Source(repr(schedule.value("learning_rate")))
    if kind is StepDecay:
        return _step_decay(schedule)
    if isinstance(schedule, Composed):
        return _composed(schedule, name)
    # Names and defaults are Keras's: what is usual is not told.
    values = {
        each.name: value
        for each in schedule.declared()
        if (value := schedule.value(each.name)) != each.default or each.name in _TOLD
    }
    lacks = [values.pop(each, None) for each in _NOT_KERAS.get(kind.__name__, ())]
    if kind.__name__ in KERAS_HAS and all(each is None for each in lacks):
        return _call(kind.__name__, values)
    return _closed(schedule, name)


def _line(schedule: Linear) -> Source:
    """A line up as the warm-up of what then holds, a line down as a polynomial of power 1."""
    first, end, steps = (
        schedule.initial_learning_rate,
        schedule.end_learning_rate,
        schedule.decay_steps,
    )
    values: dict[str, object] = {"initial_learning_rate": first}
    if first > end:
        return _call("PolynomialDecay", values | {"decay_steps": steps, "end_learning_rate": end})
    # A polynomial would round the first steps to shares of the last rate.
    values |= {"decay_steps": 1, "alpha": 1.0, "warmup_target": end, "warmup_steps": steps}
    return _call("CosineDecay", values)


def _counted(schedule: Schedule) -> Schedule:
    """In the fewest parts, without what is behind the steps that Keras counts, in 32 bits.

    It would take such a step for one before the run.
    """
    schedule = gathered(schedule)
    if not isinstance(schedule, PiecewiseConstantDecay | Sequence):
        return schedule
    kept = tuple(each for each in schedule.boundaries if each <= LARGEST_INT)
    if isinstance(schedule, PiecewiseConstantDecay):
        values = schedule.values[: len(kept) + 1]
        return PiecewiseConstantDecay(kept, values) if kept else Constant(values[0])
    return Sequence(schedule.schedules[: len(kept) + 1], kept) if kept else schedule.schedules[0]


def _step_decay(schedule: Schedule) -> Source:
    # Keras has no StepDecay; this is the same function.
    values: dict[str, object] = {
        "initial_learning_rate": schedule.value("initial_learning_rate"),
        "decay_steps": schedule.value("drop_every"),
        "decay_rate": schedule.value("drop"),
        "staircase": True,
    }
    return _call("ExponentialDecay", values)


def _closed(schedule: Schedule, name: str) -> Source:
    """A schedule that Keras has not, as a class with its closed form."""
    title = type(schedule).__name__ + name
    body = "\n".join(f"        {each}" for each in lines(schedule, KERAS))
    definitions = f"""
@keras.saving.register_keras_serializable()
class {title}(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
{body}

    def get_config(self):
        return {{}}

"""
    return Source(f"{title}()", definitions)


_SEQUENCE = """
@keras.saving.register_keras_serializable()
class Sequence(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, schedules, boundaries):
        self.schedules, self.boundaries = schedules, boundaries

    def __call__(self, step):
        def rate(schedule, step):
            value = schedule(step) if callable(schedule) else schedule
            return keras.ops.cast(value, "float32")

        found = rate(self.schedules[0], step)
        for boundary, schedule in zip(self.boundaries, self.schedules[1:]):
            found = keras.ops.where(step >= boundary, rate(schedule, step - boundary), found)
        return found

    def get_config(self):
        schedules = keras.saving.serialize_keras_object(self.schedules)
        return {"schedules": schedules, "boundaries": self.boundaries}

    @classmethod
    def from_config(cls, config):
        schedules = keras.saving.deserialize_keras_object(config["schedules"])
        return cls(schedules, config["boundaries"])

"""
_FACTOR = """
@keras.saving.register_keras_serializable()
class Factor(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, base, factor):
        self.base, self.factor = base, factor

    def __call__(self, step):
        def rate(schedule):
            value = schedule(step) if callable(schedule) else schedule
            return keras.ops.cast(value, "float32")

        return rate(self.base) * rate(self.factor)

    def get_config(self):
        parts = {"base": self.base, "factor": self.factor}
        return keras.saving.serialize_keras_object(parts)

    @classmethod
    def from_config(cls, config):
        return cls(**keras.saving.deserialize_keras_object(config))

"""


def _composed(schedule: Composed, name: str) -> Source:
    own = _SEQUENCE if isinstance(schedule, Sequence) else _FACTOR
    sources = [source(part, f"{name}_{i}") for i, (_, part) in enumerate(schedule.parts, start=1)]
    # Each class once, and before it is used.
    definitions = dict.fromkeys(
        each
        for part in sources
        for each in re.split(r"(?=\n@keras)", part.definitions)
        if each.strip()
    )
    definitions[own] = None
    texts = [each.expression for each in sources]
    if isinstance(schedule, Sequence):
        phases = "".join(f"        {each},\n" for each in map(_deeper, texts))
        call = f"Sequence(\n    [\n{phases}    ],\n    {list(schedule.boundaries)},\n)"
    else:
        parts = "".join(f"    {each},\n" for each in map(_indented, texts))
        call = f"Factor(\n{parts})"
    return Source(call, "".join(definitions))


def _indented(text: str) -> str:
    return text.replace("\n", "\n    ")


def _deeper(text: str) -> str:
    return text.replace("\n", "\n        ")


@singledispatch
def applied(line: Line) -> Applied:
    """How Keras applies a line while a model is trained; each kind that can be registers here."""
    raise NotImplementedError(type(line))


@applied.register
def _curve(curve: Curve) -> Applied:
    schedule = _counted(curve.schedule)
    definitions = _schedule(schedule)
    definitions = "\n".join([*_imports(definitions), definitions])
    if curve.per == "step" or isinstance(schedule, Constant):
        return Applied(definitions, "schedule")
    every_epoch = (
        "keras.callbacks.LearningRateScheduler(lambda epoch, learning_rate: float(schedule(epoch)))"
    )
    return Applied(definitions, "0.01", every_epoch)


@applied.register
def _plateau(plateau: Plateau) -> Applied:
    callback = (
        "keras.callbacks.ReduceLROnPlateau("
        f"factor={plateau.factor!r}, patience={plateau.patience!r}, min_lr={plateau.lowest!r})"
    )
    return Applied("", repr(plateau.initial_learning_rate), callback)


def _imports(definitions: str) -> list[str]:
    return ["import math", ""] if "math." in definitions else []


def _schedule(schedule: Schedule) -> str:
    whole = source(schedule)
    return "\n".join(each for each in (whole.definitions, f"schedule = {whole.expression}") if each)


def _call(name: str, values: dict[str, object]) -> Source:
    arguments = "".join(f"    {name}={literal(value)},\n" for name, value in values.items())
    return Source(f"keras.optimizers.schedules.{name}(\n{arguments})")


#: The schedules that Keras has, and what of ours it has not.
KERAS_HAS = (
    "CosineDecay",
    "CosineDecayRestarts",
    "ExponentialDecay",
    "InverseTimeDecay",
    "PiecewiseConstantDecay",
    "PolynomialDecay",
)
#: What is told though it is usual: one would take something else for it.
_TOLD = ("t_mul", "end_learning_rate")
_NOT_KERAS: Mapping[str, tuple[str, ...]] = {
    "CosineDecay": ("exponent",),
    "CosineDecayRestarts": ("cycle_limit",),
    "ExponentialDecay": ("end_learning_rate",),
}
