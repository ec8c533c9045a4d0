"""A curve as source code for Keras 3, ready to paste."""

from lrviz.scene import Curve
from lrviz.schedules import Constant, Schedule, StepDecay


def keras_code(curve: Curve) -> str:
    """Python source that applies ``curve`` with Keras 3.

    It defines ``schedule`` (a Keras schedule object, or a float for ``Constant``) and, applied
    every step, ``optimizer``; applied every epoch, ``callback`` for ``model.fit(callbacks=[...])``.
    """
    lines = ["import keras", "", f"schedule = {expression(curve.schedule)}"]
    constant = isinstance(curve.schedule, Constant)
    if curve.per == "step":
        # Given the schedule object, the optimizer calls it with its own step count.
        lines += ["optimizer = keras.optimizers.SGD(learning_rate=schedule)"]
    else:
        rate = "schedule" if constant else "float(schedule(epoch))"
        lines += [
            "# Use it as model.fit(..., callbacks=[callback]); the optimizer keeps a plain number.",
            "callback = keras.callbacks.LearningRateScheduler(",
            f"    lambda epoch, learning_rate: {rate}",
            ")",
        ]
    return "\n".join(lines) + "\n"


def expression(schedule: Schedule) -> str:
    """Python source of the Keras schedule object; of a number for ``Constant``."""
    if isinstance(schedule, Constant):
        return repr(schedule.learning_rate)
    name, values = type(schedule).__name__, vars(schedule)
    if isinstance(schedule, StepDecay):
        # Keras has no StepDecay; this is the same function.
        name = "ExponentialDecay"
        values = {
            "initial_learning_rate": schedule.initial_learning_rate,
            "decay_steps": schedule.drop_every,
            "decay_rate": schedule.drop,
            "staircase": True,
        }
    arguments = "".join(f"    {name}={_literal(value)},\n" for name, value in values.items())
    return f"keras.optimizers.schedules.{name}(\n{arguments})"


def _literal(value: object) -> str:
    # Keras wants lists for boundaries and values.
    return repr(list(value)) if isinstance(value, tuple) else repr(value)
