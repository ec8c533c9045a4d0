"""The schedule engine: frozen dataclasses that NumPy evaluates at any step."""

from lrviz.declared import MOST_STEPS, Declared, Field, Parameter, Value
from lrviz.schedules.base import Cycle, Schedule, Span
from lrviz.schedules.composed import Composed
from lrviz.schedules.constant import Constant, PiecewiseConstantDecay
from lrviz.schedules.cosine import CosineDecay
from lrviz.schedules.cyclic import Cyclic
from lrviz.schedules.decay import ExponentialDecay, InverseTimeDecay, StepDecay
from lrviz.schedules.expression import Expression
from lrviz.schedules.factor import Factor
from lrviz.schedules.flat_cosine import FlatCosine
from lrviz.schedules.linear import Linear
from lrviz.schedules.one_cycle import OneCycle
from lrviz.schedules.phases import MOST_PHASES
from lrviz.schedules.pieces import Floats, Pieces
from lrviz.schedules.polynomial import PolynomialDecay
from lrviz.schedules.power import InverseSqrt, Power
from lrviz.schedules.restarts import CosineDecayRestarts
from lrviz.schedules.sequence import Sequence
from lrviz.schedules.simple import Simple
from lrviz.schedules.wsd import WSD

#: Every schedule with a formula of its own, in the order in which the catalogue shows them.
SCHEDULES: tuple[type[Simple], ...] = (
    StepDecay,
    CosineDecay,
    CosineDecayRestarts,
    Linear,
    WSD,
    OneCycle,
    ExponentialDecay,
    PolynomialDecay,
    InverseTimeDecay,
    InverseSqrt,
    Power,
    Cyclic,
    FlatCosine,
    PiecewiseConstantDecay,
    Constant,
    Expression,
)
#: What schedules are made into.
COMPOSED: tuple[type[Composed], ...] = (Sequence, Factor)

__all__ = [
    "COMPOSED",
    "MOST_PHASES",
    "MOST_STEPS",
    "SCHEDULES",
    "WSD",
    "Composed",
    "Constant",
    "CosineDecay",
    "CosineDecayRestarts",
    "Cycle",
    "Cyclic",
    "Declared",
    "ExponentialDecay",
    "Expression",
    "Factor",
    "Field",
    "FlatCosine",
    "Floats",
    "InverseSqrt",
    "InverseTimeDecay",
    "Linear",
    "OneCycle",
    "Parameter",
    "Pieces",
    "PiecewiseConstantDecay",
    "PolynomialDecay",
    "Power",
    "Schedule",
    "Sequence",
    "Simple",
    "Span",
    "StepDecay",
    "Value",
]
