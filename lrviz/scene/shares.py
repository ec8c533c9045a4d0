"""Lengths that are given as a share of the run, and follow it: ``10 %``."""

import re
from collections.abc import Mapping
from contextlib import suppress

from lrviz.errors import InvalidFields
from lrviz.schedules import Schedule

_SHARE = re.compile(r"\s*([0-9]{1,4}(?:\.[0-9]{1,6})?)\s*%\s*")
#: How a curve keeps a share: its field's path, and so many percent.
KEPT = r"[A-Za-z0-9_.]{1,60}=[0-9]{1,4}(\.[0-9]{1,6})?"


def share_of(text: str) -> float | None:
    """The percentage that ``text`` is; None: it is none."""
    found = _SHARE.fullmatch(text)
    return float(found[1]) if found else None


def length_of(percent: float, run: int) -> int:
    """So many percent of a run of that length, at least 1."""
    return max(1, round(percent / 100 * run))


def kept(path: str, percent: float) -> str:
    """A share as a curve keeps it."""
    return f"{path}={told(percent)}"


def told(percent: float) -> str:
    """A percentage as people write it."""
    return f"{percent:.6f}".rstrip("0").rstrip(".")


def read(kept: str) -> tuple[str, float]:
    """The path and the percentage of a share that a curve keeps."""
    path, _, percent = kept.partition("=")
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
