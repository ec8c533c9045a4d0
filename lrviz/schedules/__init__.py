"""The schedule engine: frozen dataclasses that NumPy evaluates at any step."""

from lrviz.declared import MOST_STEPS, Declared, Field, Parameter, Value
from lrviz.schedules.base import Cycle, Floats, Periodic, Schedule
from lrviz.schedules.constant import Constant, PiecewiseConstantDecay
from lrviz.schedules.cosine import CosineDecay
from lrviz.schedules.decay import ExponentialDecay, InverseTimeDecay, StepDecay
from lrviz.schedules.polynomial import PolynomialDecay
from lrviz.schedules.restarts import CosineDecayRestarts

#: Every schedule, in the order in which the catalogue shows them.
SCHEDULES: tuple[type[Schedule], ...] = (
    StepDecay,
    CosineDecay,
    CosineDecayRestarts,
    ExponentialDecay,
    PolynomialDecay,
    InverseTimeDecay,
    PiecewiseConstantDecay,
    Constant,
)

__all__ = [
    "MOST_STEPS",
    "SCHEDULES",
    "Constant",
    "CosineDecay",
    "CosineDecayRestarts",
    "Cycle",
    "Declared",
    "ExponentialDecay",
    "Field",
    "Floats",
    "InverseTimeDecay",
    "Parameter",
    "Periodic",
    "PiecewiseConstantDecay",
    "PolynomialDecay",
    "Schedule",
    "StepDecay",
    "Value",
]
