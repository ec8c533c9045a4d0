"""The trainer: takes runs, gives each to a worker in turn, and looks after them."""

import logging
import os
import pickle
import secrets
import time
from collections.abc import Sequence
from dataclasses import replace
from threading import Event, RLock, Thread
from types import TracebackType
from typing import Self

from lrviz.errors import TrainingError
from lrviz.text import Sentence, counted
from lrviz.training.cluster import Cluster
from lrviz.training.endings import Endings
from lrviz.training.limits import Limits, limits_from
from lrviz.training.run import Part, Run, shared
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


class Trainer:
    """Real Keras fits in worker processes: ``submit`` a spec, and follow the run.

    Runs start in the order in which they came, one at a time on each worker. Where workers are
    left, the curves of a run are spread over them; on one worker they train in turn, an epoch each.
    A run that dies, hangs or takes too long ends with a sentence; what it told stays, and the
    others go on.
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
        self._closing, self._wake = Event(), Event()
        self._workers: list[str] = []
        self._called = 0.0
        self._cluster = Cluster(self.limits, address, self._told, preload)
        self._endings = Endings(self._cluster.restart)
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
        packed, part = message["events"], message["part"]
        if run is not None and isinstance(packed, bytes) and isinstance(part, int):
            # Only workers that hold our certificates can have sent it.
            run.tell(pickle.loads(packed), part)

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
            self._wake.wait(_TICK if active or self._endings.workers else None)
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
        self._endings.settle(now, self._workers)

    def _check(self, run: Run, now: float) -> None:
        if run.cancelled:
            # The reader need not wait for the workers, which stop at their next batch.
            self._stop(run, now)
            run.end("cancelled")
        elif now - run.started > self.limits.longest_run:
            seconds = counted("{count} second", "{count} seconds", self.limits.longest_run)
            values: dict[str, object] = {"seconds": seconds}
            sentence = Sentence(
                "The run took longer than {seconds}, the most that this server allows, and was "
                "stopped. What it logged is kept.",
                values,
            )
            self._stop(run, now, restart=True)
            run.end("failed", sentence)
        for part in run.parts:
            if run.active and not part.over:
                self._check_part(run, part, now)
        if run.active and all(part.over for part in run.parts):
            run.end("done")

    def _check_part(self, run: Run, part: Part, now: float) -> None:
        if part.future.done():
            self._finish(run, part, now)
        elif now - part.heard > self.limits.silence:
            self._endings.restart(part)
            part.over = True
            self._fail(
                run,
                Sentence("The fit hung in a step and was stopped. What it logged is kept."),
                now,
            )
        elif part.worker not in self._workers and self._called > part.started + _ROLL_CALL:
            self._lost(run, part, now)

    def _finish(self, run: Run, part: Part, now: float) -> None:
        if part.future.status != "finished":
            self._lost(run, part, now)
            return
        outcome = part.future.result()
        if part.messages < outcome.messages and now - part.heard < _LAST_MESSAGES:
            return
        self._endings.wait(part, now)
        part.over = True
        if outcome.problem:
            self._fail(run, outcome.problem, now)

    def _lost(self, run: Run, part: Part, now: float) -> None:
        """End a run of which a worker is gone, as soon as it is known why."""
        if self._cluster.starved(part.worker):
            why = Sentence(
                "The fit needed more memory than a worker may take, and was stopped. What it "
                "logged is kept; the next run gets a new worker."
            )
        elif not part.lost or now - part.lost < _LAST_WORDS:
            part.lost = part.lost or now
            return
        else:
            why = Sentence(
                "The worker broke down or was killed. What it logged is kept; the next run gets a "
                "new worker."
            )
        part.over = True
        self._fail(run, why, now)

    def _fail(self, run: Run, why: Sentence, now: float) -> None:
        """A part of the run is over before its time: so is the run."""
        self._stop(run, now)
        run.end("failed", why)

    def _stop(self, run: Run, now: float, *, restart: bool = False) -> None:
        """Have the workers stop what they train of the run."""
        for part in run.parts:
            if part.over:
                continue
            part.over = True
            if restart:
                self._endings.restart(part)
            else:
                self._endings.wait(part, now + self.limits.grace)
                self._cluster.cancel(part.worker, run.id)

    def _start(self) -> None:
        with self._lock:
            waiting = [run for run in self._runs.values() if run.state == "waiting"]
            running = [run for run in self._runs.values() if run.state == "running"]
        if not waiting:
            return
        busy = {part.worker for run in running for part in run.parts if not part.over}
        self._workers, self._called = self._cluster.workers(), time.monotonic()
        free = [each for each in self._workers if each not in busy | self._endings.workers]
        for run, workers in zip(waiting, shared(free, waiting), strict=False):
            lines, count = len(run.spec.lines), len(workers)
            run.started = time.monotonic()
            for number, worker in enumerate(workers):
                fits = tuple(range(number, lines, count))
                future = self._cluster.start(worker, run.spec, run.id, number, fits)
                run.parts.append(Part(worker, fits, future))
            run.state = "running"
