"""Where fits run: a Dask cluster of our own on this machine, or one at an address."""

import logging
import os
import signal
import time
from collections.abc import Callable, Sequence
from threading import Thread

import dask
from distributed import Client, Future, LocalCluster, Security

from lrviz.errors import TrainingError
from lrviz.text import Sentence
from lrviz.training import tasks
from lrviz.training.limits import Limits
from lrviz.training.spec import FitSpec

_CONFIG = {
    # A run whose worker died is over; trying again would only kill the next one.
    "distributed.scheduler.allowed-failures": 0,
    # A run is given to one worker, and stays there.
    "distributed.scheduler.work-stealing": False,
    # A worker that is away is on its way back, however long TensorFlow takes to load: Dask would
    # give up its place for good, also where it was lost twice within this time.
    "distributed.deploy.lost-worker-timeout": "1000 days",
    # A worker that needs more than its limit is ended; nothing is written to the disk.
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": 0.95,
    # Looking at what a fit does a hundred times a second would cost a tenth of it.
    "distributed.worker.profile.enabled": False,
    # Dask's own pages would be open to anybody on this machine.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}
#: How long a worker may take to import TensorFlow and be there, in seconds.
_PATIENCE = 120
#: How long a scheduler at an address may take to answer, and to have a worker, in seconds: whoever
#: waits for the page is told then.
_ANSWER, _WORKER = 5.0, 6.0


class Cluster:
    """A thin layer over Dask that knows workers by their addresses."""

    def __init__(
        self,
        limits: Limits,
        address: str | None,
        told: Callable[[dict[str, object]], None],
        preload: Sequence[str] = (),
    ) -> None:
        """Start, or connect; returns when there is a worker.

        Args:
            limits: What a cluster of our own may take.
            address: A scheduler's address; Dask's own configuration says with which certificates.
                None: a cluster of our own, with certificates that last as long as it does.
            told: Called, in a thread of Dask's, with each message of a worker.
            preload: Modules that our own workers import before TensorFlow.

        Raises:
            TrainingError: if the scheduler at ``address``, or a worker of use, is not there.
        """
        self._own: LocalCluster | None = None
        self._starved: set[str] = set()
        # By address: why a worker of a cluster that is not ours is of no use; None: it is.
        self._flaws: dict[str, Sentence | None] = {}
        if address is None:
            self._own = _local(limits, preload)
            self.client = Client(self._own, security=self._own.security, set_as_default=False)
        else:
            self.client = _connected(address)
        try:
            self.client.subscribe_topic(tasks.TOPIC, lambda event: told(event[1]))
            self.client.subscribe_topic(
                "worker-restart-memory", lambda event: self._starved.add(event[1]["worker"])
            )
            self._wait()
            found = self.client.run(tasks.devices, workers=self.workers())
            self.devices = sorted(set().union(*found.values()))
        except BaseException:
            # Whoever tries again would have twice the workers.
            self.close()
            raise

    def workers(self) -> list[str]:
        """The addresses of the workers that are there now, and of use."""
        there = list(self.client.nthreads())
        if self._own is not None:
            return there
        self._flaws = {each: self._flaws[each] for each in there if each in self._flaws}
        new = [each for each in there if each not in self._flaws]
        if new:
            self._flaws |= self._examined(new)
        return [each for each in there if self._flaws[each] is None]

    @property
    def flaw(self) -> Sentence | None:
        """What keeps the cluster at an address from training, as of the last look."""
        flaws = list(self._flaws.values())
        if self._own is not None or None in flaws:
            return None
        return flaws[0] if flaws else Sentence("The Dask cluster of this server has no worker.")

    def _wait(self) -> None:
        """Wait for a worker."""
        if self._own is not None:
            self.client.wait_for_workers(1, timeout=_PATIENCE)
            return
        end = time.monotonic() + _WORKER
        while not self.workers():
            if time.monotonic() > end and self.flaw:
                raise TrainingError(self.flaw)
            time.sleep(0.2)

    def _examined(self, workers: list[str]) -> dict[str, Sentence | None]:
        """What keeps each of ``workers`` from training."""

        # Dask sends a function within a function as its code: it needs no lrviz to be read.
        def version() -> str | None:
            try:
                from lrviz.training import tasks
            except ImportError:
                return None
            return tasks.version()

        found = self.client.run(version, workers=workers, on_error="return")
        flaws: dict[str, Sentence | None] = {}
        for worker in workers:
            said = found.get(worker)
            if said is None:
                flaws[worker] = Sentence(
                    "A worker of this server's Dask cluster cannot import lrviz: start it in the "
                    "folder that holds lrviz, as the README says."
                )
            elif said != tasks.version():
                flaws[worker] = Sentence(
                    "A worker of this server's Dask cluster has another version of lrviz, Python "
                    "or Dask than the server."
                )
            else:
                flaws[worker] = None
        return flaws

    def start(
        self, worker: str, spec: FitSpec, run_id: str, part: int, fits: tuple[int, ...]
    ) -> "Future[tasks.Outcome]":
        """Train these fits on that worker, as a part of the run.

        The future holds what :func:`lrviz.training.tasks.run` returns.
        """
        return self.client.submit(
            tasks.run,
            spec,
            run_id,
            part,
            fits,
            key=f"run-{run_id}-{part}",
            workers=[worker],
            allow_other_workers=False,
            pure=False,
        )

    def cancel(self, worker: str, run_id: str) -> None:
        """Ask a run to stop. Returns at once: the worker may be unable to answer."""
        self._aside(lambda: self.client.run(tasks.cancel, run_id, workers=[worker]))

    def restart(self, worker: str) -> None:
        """End a worker's process and start another. Returns at once."""
        if self._own is not None:
            # It hangs: there is no use in asking it. Its nanny starts another one.
            for nanny in self._own.workers.values():
                if nanny.worker_address == worker and nanny.pid is not None:
                    os.kill(nanny.pid, signal.SIGKILL)
            return
        self._aside(
            lambda: self.client.restart_workers([worker], timeout=30, raise_for_error=False)
        )

    def starved(self, worker: str) -> bool:
        """Whether that worker was ended because it took too much memory; told once."""
        found = worker in self._starved
        self._starved.discard(worker)
        return found

    def close(self) -> None:
        """Let go of the cluster; one of our own ends."""
        self.client.close()
        if self._own is not None:
            self._own.close()

    def _aside(self, act: Callable[[], object]) -> None:
        def quietly() -> None:
            try:
                act()
            except Exception as error:
                # Its worker may be gone, which the run's own future tells.
                logging.getLogger(__name__).info("A worker did not answer: %s", error)

        Thread(target=quietly, daemon=True).start()


def _local(limits: Limits, preload: Sequence[str]) -> LocalCluster:
    dask.config.set(_CONFIG)
    return LocalCluster(
        n_workers=limits.workers,
        threads_per_worker=1,
        processes=True,
        memory_limit=limits.memory,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        # Without certificates, anybody on this machine could make the workers run anything.
        security=Security.temporary(),
        silence_logs=logging.CRITICAL,
        preload=[*preload, tasks.WORKER],
    )


def _connected(address: str) -> Client:
    try:
        return Client(address, set_as_default=False, timeout=_ANSWER)
    except (OSError, TypeError, RuntimeError, ValueError) as error:
        logging.getLogger(__name__).warning("No Dask scheduler at %s: %s", address, error)
        raise TrainingError(
            Sentence(
                "The Dask scheduler of this server does not answer, or not to its certificates."
            )
        ) from error
