"""A line as source code for Keras 3, ready to paste."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lrviz.scene import Curve, Plateau, Timeline
from lrviz.scene.lines import Line
from lrviz.schedules import Constant, Schedule, StepDecay


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
    every step, ``optimizer``; applied every epoch, ``callback`` for ``model.fit(callbacks=[...])``.
    """
    lines = ["import keras", "", _schedule(curve.schedule)]
    if curve.per == "step":
        # Given the schedule object, the optimizer calls it with its own step count.
        lines += ["optimizer = keras.optimizers.SGD(learning_rate=schedule)"]
    else:
        rate = "schedule" if isinstance(curve.schedule, Constant) else "float(schedule(epoch))"
        lines += [
            "# Use it as model.fit(..., callbacks=[callback]); the optimizer keeps a plain number.",
            "callback = keras.callbacks.LearningRateScheduler(",
            f"    lambda epoch, learning_rate: {rate}",
            ")",
        ]
    return "\n".join(lines) + "\n"


def source(schedule: Schedule) -> Source:
    """Python source of the Keras schedule object; of a number for ``Constant``."""
    write_it = WRITERS.get(type(schedule))
    return write_it(schedule) if write_it else _call(type(schedule).__name__, vars(schedule))


def applied(line: Line) -> Applied:
    """How Keras applies a line while a model is trained."""
    return _APPLIED[type(line)](line)


def _curve(curve: Curve) -> Applied:
    definitions = _schedule(curve.schedule)
    if curve.per == "step" or isinstance(curve.schedule, Constant):
        return Applied(definitions, "schedule")
    every_epoch = (
        "keras.callbacks.LearningRateScheduler(lambda epoch, learning_rate: float(schedule(epoch)))"
    )
    return Applied(definitions, "0.01", every_epoch)


def _plateau(plateau: Plateau) -> Applied:
    callback = (
        "keras.callbacks.ReduceLROnPlateau("
        f"factor={plateau.factor!r}, patience={plateau.patience!r}, min_lr={plateau.lowest!r})"
    )
    return Applied("", repr(plateau.initial_learning_rate), callback)


def _schedule(schedule: Schedule) -> str:
    made = source(schedule)
    return "\n".join(each for each in (made.definitions, f"schedule = {made.expression}") if each)


def _constant(schedule: Constant) -> Source:
    return Source(repr(schedule.learning_rate))


def _step_decay(schedule: StepDecay) -> Source:
    # Keras has no StepDecay; this is the same function.
    values: dict[str, object] = {
        "initial_learning_rate": schedule.initial_learning_rate,
        "decay_steps": schedule.drop_every,
        "decay_rate": schedule.drop,
        "staircase": True,
    }
    return _call("ExponentialDecay", values)


def _call(name: str, values: dict[str, object]) -> Source:
    arguments = "".join(f"    {name}={_literal(value)},\n" for name, value in values.items())
    return Source(f"keras.optimizers.schedules.{name}(\n{arguments})")


def _literal(value: object) -> str:
    # Keras wants lists for boundaries and values.
    return repr(list(value)) if isinstance(value, tuple) else repr(value)


#: How schedules are written that Keras has not, or has under another name.
WRITERS: dict[type[Schedule], Callable[[Any], Source]] = {
    Constant: _constant,
    StepDecay: _step_decay,
}
_APPLIED: dict[type, Callable[[Any], Applied]] = {Curve: _curve, Plateau: _plateau}
