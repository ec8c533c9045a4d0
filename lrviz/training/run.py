"""A run as the server knows it."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Condition
from typing import Any, Literal

from lrviz.text import Sentence
from lrviz.training.events import Event, RunEnded
from lrviz.training.history import FitHistory, Histories
from lrviz.training.spec import FitSpec

State = Literal["waiting", "running", "done", "cancelled", "failed"]


@dataclass(eq=False)
class Part:
    """Fits of a run that one worker trains, in turn.

    Attributes:
        worker: The worker's address.
        fits: The places of its fits in the spec.
        future: Holds what :func:`lrviz.training.tasks.run` returns.
        started: When it was given to the worker.
        messages: How many messages have come.
        heard: When the last one came.
        lost: Since when it is known that the worker is gone.
        over: Whether the worker has ended it.
    """

    worker: str
    fits: tuple[int, ...]
    future: Any
    started: float = field(default_factory=time.monotonic)
    messages: int = 0
    heard: float = field(default_factory=time.monotonic)
    lost: float = 0.0
    over: bool = False


@dataclass(eq=False)
class Run:
    """A run that was submitted: what it tells, and how far it is.

    Attributes:
        id: Its name; who knows it may look at the run.
        spec: What is trained.
        owner: Whose it is; empty: nobody's in particular.
        state: ``waiting``, ``running``, or how it ended: ``done``, ``cancelled``, ``failed``.
        problem: Why it failed.
    """

    id: str
    spec: FitSpec
    owner: str = ""
    state: State = "waiting"
    problem: Sentence | None = None
    submitted: float = field(default_factory=time.monotonic)
    started: float = 0.0
    ended: float = 0.0

    # Below is the trainer's own.
    changed: Condition = field(default_factory=Condition, repr=False)
    told: list[Event] = field(default_factory=list, repr=False)
    histories: Histories = field(init=False, repr=False)
    parts: list[Part] = field(default_factory=list, repr=False)
    cancelled: float = 0.0

    def __post_init__(self) -> None:
        self.histories = Histories(self.spec)

    @property
    def active(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ("waiting", "running")

    @property
    def history(self) -> tuple[FitHistory, ...]:
        """What each of its fits has told so far."""
        with self.changed:
            return self.histories.so_far()

    @property
    def seconds(self) -> float:
        """How long it has been running, or ran."""
        if not self.started:
            return 0.0
        return (self.ended or time.monotonic()) - self.started

    @property
    def steps(self) -> int:
        """How many steps of all its fits are logged."""
        return sum(history.steps for history in self.history)

    def events(self) -> Iterator[Event]:
        """Every event from the first on, each as it comes; ends with :class:`RunEnded`."""
        for place in range(10**9):
            with self.changed:
                while place >= len(self.told):
                    self.changed.wait()
                event = self.told[place]
            yield event
            if isinstance(event, RunEnded):
                return

    def wait(self, timeout: float | None = None) -> State:
        """Wait until it has ended, or for ``timeout`` seconds; returns its state then."""
        with self.changed:
            self.changed.wait_for(lambda: not self.active, timeout)
            return self.state

    def cancel(self) -> None:
        """Ask it to stop; it does within a second. What it told stays."""
        with self.changed:
            if self.active and not self.cancelled:
                self.cancelled = time.monotonic()
                self.changed.notify_all()

    def tell(self, events: list[Event], part: int) -> None:
        """Take in what the worker of a part tells."""
        with self.changed:
            if part < len(self.parts):
                self.parts[part].messages += 1
                self.parts[part].heard = time.monotonic()
            if self.active:
                self._take(events)

    def end(self, state: State, problem: Sentence | None = None) -> None:
        """It has ended."""
        with self.changed:
            self.state, self.problem, self.ended = state, problem, time.monotonic()
            self._take([RunEnded(state, problem)])

    def _take(self, events: list[Event]) -> None:
        for event in events:
            self.histories.add(event)
        self.told += events
        self.changed.notify_all()


def shared(free: Sequence[str], waiting: Sequence[Run]) -> list[list[str]]:
    """The workers that each of the runs that can begin now gets.

    Each run gets one before any gets two: the curves of a run train at the same time where nobody
    else waits.
    """
    runs = waiting[: len(free)]
    given: list[list[str]] = [[worker] for worker in free[: len(runs)]]
    for worker in free[len(runs) :]:
        wanting = [
            place for place, run in enumerate(runs) if len(given[place]) < len(run.spec.lines)
        ]
        if wanting:
            given[min(wanting, key=lambda place: len(given[place]))].append(worker)
    return given
