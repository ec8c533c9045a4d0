"""What Dask runs on a worker. It is imported on both sides; TensorFlow is not, but by name."""

import hashlib
import importlib
import logging
import math
import pickle
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import psutil
from distributed import Worker, get_worker

from lrviz.errors import TrainingError
from lrviz.text import Sentence
from lrviz.training.events import Event
from lrviz.training.spec import FitSpec

#: Named, never imported: see there.
WORKER = "lrviz.training.worker"
#: The topic under which events travel from the workers to the server.
TOPIC = "lrviz-fits"

#: A worker is replaced when its fits have left this share of what was free at its start.
_WORN = 0.5

_LOG = logging.getLogger(__name__)
#: The runs that are to stop, on this worker.
_cancelled: set[str] = set()


@dataclass(frozen=True)
class Outcome:
    """How many messages were sent; why the run failed, if it did; whether the worker is worn."""

    messages: int
    problem: Sentence | None
    worn: bool


def run(spec: FitSpec, run_id: str, part: int, fits: tuple[int, ...]) -> Outcome:
    """Train these fits of the spec; tell what happens under :data:`TOPIC`."""
    worker = get_worker()
    sent = 0

    def say(events: list[Event]) -> None:
        nonlocal sent
        sent += 1
        worker.log_event(TOPIC, {"run": run_id, "part": part, "events": pickle.dumps(events)})

    problem = None
    try:
        _worker().run(spec, say, lambda: run_id in _cancelled, fits)
    except TrainingError as error:
        problem = error.sentence
    except Exception as error:
        _LOG.exception("A fit failed.")
        problem = Sentence("Keras stopped the fit: {error}", {"error": str(error)[:300]})
    finally:
        _cancelled.discard(run_id)
    return Outcome(sent, problem, _worn(worker))


def _worn(worker: Worker) -> bool:
    """Whether the worker holds so much that it had better be replaced before the next run.

    TensorFlow keeps some megabytes of every fit.
    """
    limit = worker.memory_manager.memory_limit or math.inf
    at_first: int = _worker().AT_FIRST
    held: int = psutil.Process().memory_info().rss
    return held - at_first > _WORN * (limit - at_first)


def cancel(run_id: str) -> None:
    """Let a run on this worker stop at its next batch."""
    _cancelled.add(run_id)


def devices() -> list[str]:
    """The devices of this worker."""
    found: list[str] = _worker().devices()
    return found


@cache
def version() -> str:
    """A digest of lrviz's own code: workers and server must have the same."""
    root = files("lrviz")
    digest = hashlib.sha256()
    with as_file(root) as folder:
        for file in sorted(folder.rglob("*.py")):
            digest.update(f"{file.relative_to(folder).as_posix()}\n".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _worker() -> Any:
    return importlib.import_module(WORKER)
