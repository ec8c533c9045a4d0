"""How much of the machine training may take."""

import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from lrviz.errors import InvalidLimits
from lrviz.text import Sentence, quoted

#: What a worker must be allowed to hold: with TensorFlow and scikit-learn's data it holds 0.7 GB,
#: and is ended at 95 %.
_LEAST_MEMORY = "1GB"


@dataclass(frozen=True)
class Limits:
    """What training may take.

    Attributes:
        workers: How many runs train at the same time, each in a process of its own.
        memory: The most that a worker may hold, as Dask reads it ("2GB").
        longest_run: The longest that a run may take, in seconds.
        silence: A run that tells nothing for so long, in seconds, hangs.
        grace: How long the worker of a cancelled run may take to stop before it is restarted, in
            seconds.
        per_owner: How many runs one reader may have waiting or running.
        waiting: How many runs may wait.
        kept: How many ended runs are kept.
        age: How long an ended run is kept, in seconds.
    """

    workers: int = 2
    memory: str = "2GB"
    longest_run: float = 900.0
    silence: float = 60.0
    grace: float = 2.0
    per_owner: int = 2
    waiting: int = 100
    kept: int = 30
    age: float = 12 * 3600.0


def limits_from(environment: Mapping[str, str] = os.environ) -> Limits:
    """The limits that LRVIZ_WORKERS, LRVIZ_WORKER_MEMORY and LRVIZ_LONGEST_RUN set.

    Raises:
        InvalidLimits: if one of them is not understood, or too low.
    """
    found: dict[str, object] = {}
    problems: dict[str, Sentence] = {}
    for name, (limit, parse, least) in _VARIABLES.items():
        given = environment.get(name, "").strip()
        if not given:
            continue
        try:
            found[limit] = parse(given)
        except (ValueError, OverflowError):
            values: dict[str, object] = {"name": name, "value": quoted(given), "least": least}
            problems[name] = Sentence("{name} is {value}: give {least} or more.", values)
    if problems:
        raise InvalidLimits(problems)
    return replace(Limits(), **found)  # type: ignore[arg-type]  # each by its own parser


def _workers(text: str) -> int:
    if (workers := int(text)) < 1:
        raise ValueError
    return workers


def _seconds(text: str) -> float:
    if not 1 <= (seconds := float(text)) < math.inf:
        raise ValueError
    return seconds


def _memory(text: str) -> str:
    # Dask is loaded for whoever sets this, and for nobody else.
    from dask.utils import parse_bytes

    if parse_bytes(text) < parse_bytes(_LEAST_MEMORY):
        raise ValueError
    return text


#: By variable: the limit that it sets, how it is read, and the least.
_VARIABLES: dict[str, tuple[str, Callable[[str], object], str]] = {
    "LRVIZ_WORKERS": ("workers", _workers, "1"),
    "LRVIZ_WORKER_MEMORY": ("memory", _memory, _LEAST_MEMORY),
    "LRVIZ_LONGEST_RUN": ("longest_run", _seconds, "1"),
}
