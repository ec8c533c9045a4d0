"""Numbers as they are written in formulas and in code: as typed, without the dust of rounding."""

import math

#: Two or three roundings of a float64, as a share.
_ROUNDING = 2e-15


def tidy(value: float, scale: float = 0.0) -> float:
    """The number of at most 12 digits that ``value`` is but for rounding; else ``value`` itself.

    ``scale`` is the size of what it was worked out of: a difference is as exact as its parts.
    """
    short = float(f"{value:.12g}")
    close = math.isclose(short, value, rel_tol=_ROUNDING, abs_tol=_ROUNDING / 4 * scale)
    return short if close else value


def _short(value: float, scale: float = 0.0) -> str:
    """A number as source, where 12 digits say it; else nothing."""
    made = tidy(value, scale)
    return repr(made) if made == float(f"{made:.12g}") else ""


def minus(a: float, b: float, source: str = "") -> str:
    """``a - b`` as source: one number, or the difference of both in brackets.

    ``source`` is that of ``b``, where it is more than a number.
    """
    return _short(a - b, max(abs(a), abs(b))) or f"({a!r} - {source or repr(b)})"


def times(a: float, b: float) -> str:
    """``a * b`` as source: one number, or the product of both."""
    return _short(a * b) or f"{a!r} * {b!r}"


def plain(value: float) -> str:
    """A number as source: a whole one without a point."""
    return str(int(value)) if float(value).is_integer() else repr(value)


def over(a: float, *divisors: float) -> str:
    """``a`` divided by others as source: one number, or the quotient of all."""
    value = a
    for each in divisors:
        value /= each
    return _short(value) or " / ".join(map(repr, (a, *divisors)))
