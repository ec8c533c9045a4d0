"""How Keras's schedules are read: by the very names of their declared parameters."""

from collections.abc import Mapping
from dataclasses import MISSING

from lrviz.export.given import NEEDED, Given, Reads
from lrviz.export.reading import Reading
from lrviz.export.source import Function
from lrviz.schedules import (
    SCHEDULES,
    Constant,
    Expression,
    Factor,
    Linear,
    PiecewiseConstantDecay,
    PolynomialDecay,
    Schedule,
)


def _declared(kind: type[Schedule]) -> Reads:
    """A class of ours is called as Keras's of that name, or as itself."""
    fields = {each.name: each for each in kind.declared()}

    def make(reading: Reading, given: Given) -> Schedule:
        values = {
            name: given.number(name)
            if field.kind in ("int", "float") and given(name) is not None
            else given(name)
            for name, field in fields.items()
        }
        return kind(**values)

    defaults = {
        name: NEEDED if field.default is MISSING else field.default
        for name, field in fields.items()
    }
    return Reads(defaults, make)


def _read_polynomial(reading: Reading, given: Given) -> Schedule:
    declared = _declared(PolynomialDecay)
    if given("initial_learning_rate") == 0 and given("power") == 1 and not given("cycle"):
        return Linear(0.0, given.number("end_learning_rate"), given.count("decay_steps"))
    return declared.make(reading, given)


def _read_piecewise(reading: Reading, given: Given) -> Schedule:
    return PiecewiseConstantDecay(tuple(given.items("boundaries")), tuple(given.items("values")))


def _read_sequence(reading: Reading, given: Given) -> Schedule:
    return reading.sequence(given, "schedules", "boundaries")


def _read_factor(reading: Reading, given: Given) -> Schedule:
    return Factor(reading.schedule(given("base")), reading.schedule(given("factor")))


def _read_callback(reading: Reading, given: Given) -> Schedule:
    schedule = given("schedule")
    if isinstance(schedule, Function):
        return reading.formula(schedule, 1.0)
    return reading.schedule(schedule)


_OURS = [each for each in SCHEDULES if each not in (PiecewiseConstantDecay, Expression, Constant)]

READS: Mapping[str, Reads] = {
    **{each.__name__: _declared(each) for each in _OURS},
    "Constant": _declared(Constant),
    "PolynomialDecay": Reads(_declared(PolynomialDecay).arguments, _read_polynomial),
    "PiecewiseConstantDecay": Reads({"boundaries": NEEDED, "values": NEEDED}, _read_piecewise),
    "Sequence": Reads({"schedules": NEEDED, "boundaries": NEEDED}, _read_sequence),
    "Factor": Reads({"base": NEEDED, "factor": NEEDED}, _read_factor),
    "LearningRateScheduler": Reads({"schedule": NEEDED, "verbose": 0}, _read_callback, per="epoch"),
}
