"""The trainer: takes runs, gives each to a worker in turn, and looks after them."""

import logging
import os
import pickle
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Event, RLock, Thread
from types import TracebackType
from typing import Any, Self

from lrviz.errors import TrainingError
from lrviz.text import Sentence, counted
from lrviz.training.cluster import Cluster
from lrviz.training.limits import Limits, limits_from
from lrviz.training.run import Run
from lrviz.training.spec import FitSpec

#: How often the runs are looked after, in seconds.
_TICK = 0.05
#: How often it is checked that the workers are still there.
_ROLL_CALL = 1.0
#: How long the last messages of a run that has ended may be on their way.
_LAST_MESSAGES = 3.0
#: How long it may take to hear why a worker is gone.
_LAST_WORDS = 0.4

_LOG = logging.getLogger(__name__)


@dataclass
class _Ending:
    """A worker that is still busy with a run that has ended for the reader."""

    future: Any
    deadline: float = 0.0
    restarted: bool = False


class Trainer:
    """Real Keras fits in worker processes: ``submit`` a spec, and follow the run.

    Runs start in the order in which they came, one at a time on each worker. A run that dies,
    hangs or takes too long ends with a sentence; what it told stays, and the others go on.
    """

    def __init__(
        self,
        workers: int | None = None,
        address: str | None = None,
        *,
        limits: Limits | None = None,
        preload: Sequence[str] = (),
    ) -> None:
        """Start a cluster on this machine, or use the one at ``address``.

        Args:
            workers: How many runs train at the same time, on this machine.
            address: A Dask scheduler's address; by default that in LRVIZ_DASK_ADDRESS, if any.
            limits: What training may take; by default what the environment says.
            preload: Modules that workers of our own import first.
        """
        self.limits = limits or limits_from()
        if workers is not None:
            self.limits = replace(self.limits, workers=workers)
        address = address or os.environ.get("LRVIZ_DASK_ADDRESS") or None
        self._lock = RLock()
        self._runs: dict[str, Run] = {}
        self._ending: dict[str, _Ending] = {}
        self._closing, self._wake = Event(), Event()
        self._workers: list[str] = []
        self._called = 0.0
        self._cluster = Cluster(self.limits, address, self._told, preload)
        self.devices: list[str] = self._cluster.devices
        self._keeper = Thread(target=self._keep, name="lrviz-trainer", daemon=True)
        self._keeper.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def full(self, owner: str) -> Sentence | None:
        """Why ``owner`` can submit no run now, if so."""
        with self._lock:
            active = [run for run in self._runs.values() if run.active]
        if owner and sum(run.owner == owner for run in active) >= self.limits.per_owner:
            return Sentence(
                "You have {count} runs waiting or training, which is the most: wait for one to "
                "end, or cancel one.",
                {"count": self.limits.per_owner},
            )
        if len(active) >= self.limits.waiting + self.limits.workers:
            return Sentence("Too many runs are waiting. Try again in a few minutes.")
        return None

    @property
    def flaw(self) -> Sentence | None:
        """What keeps runs that wait from starting: nothing of the kind on this machine."""
        return self._cluster.flaw

    def submit(self, spec: FitSpec, owner: str = "") -> Run:
        """Put a run into the queue.

        Raises:
            TrainingError: if ``owner`` has too many runs waiting or running, or everybody has.
        """
        with self._lock:
            if (full := self.full(owner)) is not None:
                raise TrainingError(full)
            run = Run(secrets.token_urlsafe(9), spec, owner)
            self._runs[run.id] = run
            self._forget()
        self._wake.set()
        return run

    def find(self, run_id: str) -> Run | None:
        """The run of that name, if it is still known."""
        with self._lock:
            return self._runs.get(run_id)

    def runs(self, owner: str) -> list[Run]:
        """An owner's runs, in the order in which they were submitted."""
        with self._lock:
            return [run for run in self._runs.values() if run.owner == owner]

    def ahead(self, run: Run) -> int:
        """How many runs wait before this one."""
        with self._lock:
            waiting = [each for each in self._runs.values() if each.state == "waiting"]
        return waiting.index(run) if run in waiting else 0

    def remove(self, run: Run) -> None:
        """Forget a run that has ended."""
        with self._lock:
            if not run.active:
                self._runs.pop(run.id, None)

    def close(self) -> None:
        """Cancel what runs, and end the cluster."""
        self._closing.set()
        self._wake.set()
        self._keeper.join(10)
        with self._lock:
            for run in self._runs.values():
                if run.active:
                    run.end("cancelled")
        self._cluster.close()

    def _told(self, message: dict[str, object]) -> None:
        run = self.find(str(message["run"]))
        packed = message["events"]
        if run is not None and isinstance(packed, bytes):
            # Only workers that hold our certificates can have sent it.
            run.tell(pickle.loads(packed))

    def _forget(self) -> None:
        ended = [run for run in self._runs.values() if not run.active]
        too_old = time.monotonic() - self.limits.age
        for place, run in enumerate(reversed(ended)):
            if place >= self.limits.kept or run.ended < too_old:
                del self._runs[run.id]

    def _keep(self) -> None:
        while not self._closing.is_set():
            with self._lock:
                active = [run for run in self._runs.values() if run.active]
            self._wake.wait(_TICK if active or self._ending else None)
            self._wake.clear()
            try:
                self._look_after(active)
                self._start()
            except Exception:
                _LOG.exception("The trainer could not look after its runs.")
                self._closing.wait(1.0)

    def _look_after(self, active: list[Run]) -> None:
        now = time.monotonic()
        if now - self._called > _ROLL_CALL:
            self._workers, self._called = self._cluster.workers(), now
        for run in active:
            if run.state == "waiting" and run.cancelled:
                run.end("cancelled")
            elif run.state == "running":
                self._check(run, now)
        self._settle(now)

    def _settle(self, now: float) -> None:
        """See to the workers whose runs have ended for the reader."""
        for worker, ending in list(self._ending.items()):
            if ending.restarted:
                if worker not in self._workers:
                    del self._ending[worker]
            elif ending.future.done():
                del self._ending[worker]
                if ending.future.status == "finished" and ending.future.result().worn:
                    self._restart(worker, ending.future)
            elif now > ending.deadline:
                self._restart(worker, ending.future)

    def _check(self, run: Run, now: float) -> None:
        if run.future.done():
            self._finish(run, now)
        elif run.cancelled:
            # The reader need not wait for the worker, which stops at its next batch.
            self._ending[run.worker] = _Ending(run.future, now + self.limits.grace)
            self._cluster.cancel(run.worker, run.id)
            run.end("cancelled")
        elif now - run.started > self.limits.longest_run:
            self._restart(run.worker, run.future)
            seconds = counted("{count} second", "{count} seconds", self.limits.longest_run)
            values: dict[str, object] = {"seconds": seconds}
            run.end(
                "failed",
                Sentence(
                    "The run took longer than {seconds}, the most that this server allows, and was "
                    "stopped. What it logged is kept.",
                    values,
                ),
            )
        elif now - run.heard > self.limits.silence:
            self._restart(run.worker, run.future)
            run.end(
                "failed",
                Sentence("The fit hung in a step and was stopped. What it logged is kept."),
            )
        elif run.worker not in self._workers and self._called > run.started + _ROLL_CALL:
            self._lost(run, now)

    def _finish(self, run: Run, now: float) -> None:
        if run.future.status != "finished":
            self._lost(run, now)
            return
        outcome = run.future.result()
        if run.messages < outcome.messages and now - run.heard < _LAST_MESSAGES:
            return
        self._ending[run.worker] = _Ending(run.future)
        run.end("failed" if outcome.problem else "done", outcome.problem)

    def _lost(self, run: Run, now: float) -> None:
        """End a run whose worker is gone, as soon as it is known why."""
        if self._cluster.starved(run.worker):
            why = Sentence(
                "The fit needed more memory than a worker may take, and was stopped. What it "
                "logged is kept; the next run gets a new worker."
            )
        elif not run.lost or now - run.lost < _LAST_WORDS:
            run.lost = run.lost or now
            return
        else:
            why = Sentence(
                "The worker broke down or was killed. What it logged is kept; the next run gets a "
                "new worker."
            )
        run.end("failed", why)

    def _restart(self, worker: str, future: Any) -> None:
        self._ending[worker] = _Ending(future, restarted=True)
        self._cluster.restart(worker)

    def _start(self) -> None:
        with self._lock:
            waiting = [run for run in self._runs.values() if run.state == "waiting"]
            busy = {run.worker for run in self._runs.values() if run.state == "running"}
        if not waiting:
            return
        self._workers, self._called = self._cluster.workers(), time.monotonic()
        free = [each for each in self._workers if each not in busy | set(self._ending)]
        for run, worker in zip(waiting, free, strict=False):
            run.worker, run.started = worker, time.monotonic()
            run.heard = run.started
            run.future = self._cluster.start(worker, run.spec, run.id)
            run.state = "running"
