"""The one declaration: what a parameter is, and dataclasses whose fields carry theirs."""

from lrviz.declared.declared import Declared, Field, Kind, Value
from lrviz.declared.parameter import HIGHEST_RATE, MOST_STEPS, STOPS, Parameter, rate, steps

__all__ = [
    "HIGHEST_RATE",
    "MOST_STEPS",
    "STOPS",
    "Declared",
    "Field",
    "Kind",
    "Parameter",
    "Value",
    "rate",
    "steps",
]
