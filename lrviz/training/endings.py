"""Workers that are still busy with what has ended for the reader."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from lrviz.training.run import Part


@dataclass
class _Ending:
    future: Any
    deadline: float
    restarted: bool = False


class Endings:
    """Each such worker is waited for, and replaced where it does not come to its end."""

    def __init__(self, restart: Callable[[str], None]) -> None:
        """``restart`` replaces a worker."""
        self._restart = restart
        self._endings: dict[str, _Ending] = {}

    @property
    def workers(self) -> set[str]:
        """Those that can take nothing new."""
        return set(self._endings)

    def wait(self, part: Part, deadline: float) -> None:
        """Wait for the worker of ``part`` until then."""
        self._endings[part.worker] = _Ending(part.future, deadline)

    def restart(self, part: Part) -> None:
        """Replace the worker of ``part`` at once."""
        self._again(part.worker, part.future)

    def settle(self, now: float, workers: Collection[str]) -> None:
        """See to them; ``workers`` are those that are there now."""
        for worker, ending in list(self._endings.items()):
            if ending.restarted:
                if worker not in workers:
                    del self._endings[worker]
            elif ending.future.done():
                del self._endings[worker]
                if ending.future.status == "finished" and ending.future.result().worn:
                    self._again(worker, ending.future)
            elif now > ending.deadline:
                self._again(worker, ending.future)

    def _again(self, worker: str, future: Any) -> None:
        self._endings[worker] = _Ending(future, 0.0, restarted=True)
        self._restart(worker)
