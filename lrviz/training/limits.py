"""How much of the machine training may take."""

import os
from collections.abc import Mapping
from dataclasses import dataclass


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
    """The limits that LRVIZ_WORKERS, LRVIZ_WORKER_MEMORY and LRVIZ_LONGEST_RUN set."""
    default = Limits()
    return Limits(
        workers=max(1, int(environment.get("LRVIZ_WORKERS", default.workers))),
        memory=environment.get("LRVIZ_WORKER_MEMORY", default.memory),
        longest_run=float(environment.get("LRVIZ_LONGEST_RUN", default.longest_run)),
    )
