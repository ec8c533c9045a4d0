"""The one declaration: what a parameter is, and dataclasses whose fields carry theirs."""

from lrviz.declared.declared import Catalogue, Declared, declared
from lrviz.declared.field import Field, Kind, Value
from lrviz.declared.parameter import (
    HIGHEST_RATE,
    MOST_ITEMS,
    MOST_STEPS,
    STOPS,
    Parameter,
    rate,
    steps,
)

__all__ = [
    "HIGHEST_RATE",
    "MOST_ITEMS",
    "MOST_STEPS",
    "STOPS",
    "Catalogue",
    "Declared",
    "Field",
    "Kind",
    "Parameter",
    "Value",
    "declared",
    "rate",
    "steps",
]
