"""Numbers as they are written in code: as typed, without the dust of rounding."""

from lrviz.schedules.simplify import short


def times(a: float, b: float) -> str:
    """``a * b`` as source: one number, or the product of both."""
    value = short(a * b)
    return f"{a!r} * {b!r}" if value is None else repr(value)


def over(a: float, *divisors: float) -> str:
    """``a`` divided by others as source: one number, or the quotient of all."""
    quotient = a
    for each in divisors:
        quotient /= each
    value = short(quotient)
    return " / ".join(map(repr, (a, *divisors))) if value is None else repr(value)
