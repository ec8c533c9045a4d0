"""Lengths that are given as a share of the run, and follow it: ``10 %``."""

import re
from collections.abc import Mapping
from contextlib import suppress

from lrviz.errors import InvalidFields
from lrviz.schedules import Schedule

_PERCENT = re.compile(r"\s*([0-9]{1,4}(?:\.[0-9]{1,6})?)\s*%\s*")
#: What a share is in a curve: its field's path, and so many percent.
SHARE = r"[A-Za-z0-9_.]{1,60}=[0-9]{1,4}(\.[0-9]{1,6})?"


def share_of(text: str) -> float | None:
    """The percentage that ``text`` is; None: it is none."""
    match = _PERCENT.fullmatch(text)
    return float(match[1]) if match else None


def length_of(percent: float, run: int) -> int:
    """So many percent of a run of that length, at least 1."""
    return max(1, round(percent / 100 * run))


def share_text(path: str, percent: float) -> str:
    """A share as it is in a curve."""
    return f"{path}={percent_text(percent)}"


def percent_text(percent: float) -> str:
    """A percentage as people write it."""
    return f"{percent:.6f}".rstrip("0").rstrip(".")


def parse_share(text: str) -> tuple[str, float]:
    """The path and the percentage of a share; ``text`` is as :func:`share_text` writes it."""
    path, _, percent = text.partition("=")
    return path, float(percent)


def with_lengths(schedule: Schedule, lengths: Mapping[str, int]) -> Schedule:
    """The schedule with as many of those lengths, by their paths, as it takes together."""
    with suppress(InvalidFields):
        return schedule.with_values(lengths)
    # Where one is taken by itself, it may make room for the others.
    for path, length in lengths.items():
        with suppress(InvalidFields):
            changed = schedule.with_values({path: length})
            return with_lengths(changed, {each: n for each, n in lengths.items() if each != path})
    return schedule
