"""The server's one trainer, started when somebody first wants to train."""

import errno
import gc
import logging
import time
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import TYPE_CHECKING

from lrviz.errors import InvalidLimits, TrainingError
from lrviz.text import Sentence

if TYPE_CHECKING:
    from lrviz.training.service import Trainer

_LOG = logging.getLogger(__name__)
#: How long after a failure it is tried again, in seconds, if somebody waits for it.
_PAUSE = 5.0


@dataclass
class Holder:
    """The trainer, or how far it is.

    Attributes:
        trainer: The trainer, once it is there.
        problem: Why the last try to start it failed; another one may be under way.
    """

    trainer: "Trainer | None" = None
    problem: Sentence | None = None
    _begun: bool = False
    _not_before: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def begin(self) -> None:
        """Start the trainer in the background, unless it was started already."""
        with self._lock:
            if self._begun or time.monotonic() < self._not_before:
                return
            self._begun = True
        Thread(target=self._start, name="lrviz-start", daemon=True).start()

    def _start(self) -> None:
        try:
            # Dask is loaded here, aside: nobody who only looks at curves pays for it.
            from lrviz.training.service import Trainer

            self.trainer = Trainer()
        except Exception as error:
            _LOG.exception("The workers could not be started.")
            self.problem = _why(error)
        if self.trainer is None:
            # A client of Dask's that could not connect is garbage in a cycle. Freed in the thread
            # that starts Dask's next loop, it would wait there for a lock held by its starter.
            gc.collect()
            self._begun, self._not_before = False, time.monotonic() + _PAUSE


def _why(error: Exception) -> Sentence:
    # Dask wraps what its own threads met.
    causes = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) is not None:
        causes.append(cause)  # type: ignore[arg-type]  # nothing but exceptions is raised
    for each in causes:
        if isinstance(each, TrainingError):
            return each.sentence
        if isinstance(each, InvalidLimits):
            return next(iter(each.problems.values()))
        if isinstance(each, OSError) and each.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            return Sentence(
                "The workers could not be started: the server's disk is full or cannot be "
                "written to."
            )
    return Sentence("The workers could not be started. The server's log says why.")


#: One for all sessions of this server.
HOLDER = Holder()
