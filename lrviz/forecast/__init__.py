"""What a schedule would do to the loss: published laws, and laws fitted to one's own runs."""

from lrviz.forecast.bound import ConvexBound
from lrviz.forecast.law import Errors, Law, Rates, Setting, forecast
from lrviz.forecast.momentum import MomentumLaw
from lrviz.forecast.multi_power import LAWS, MultiPowerLaw

__all__ = [
    "LAWS",
    "ConvexBound",
    "Errors",
    "Law",
    "MomentumLaw",
    "MultiPowerLaw",
    "Rates",
    "Setting",
    "forecast",
]
