"""The server's one trainer, started when somebody first wants to train."""

import gc
import logging
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lrviz.training.service import Trainer

_LOG = logging.getLogger(__name__)


@dataclass
class Holder:
    """The trainer, or how far it is."""

    trainer: "Trainer | None" = None
    failed: bool = False
    _begun: bool = False
    _lock: Lock = field(default_factory=Lock)

    def begin(self) -> None:
        """Start the trainer in the background, unless it was started already."""
        with self._lock:
            if self._begun:
                return
            self._begun, self.failed = True, False
        Thread(target=self._start, name="lrviz-start", daemon=True).start()

    def _start(self) -> None:
        try:
            # Dask is loaded here, aside: nobody who only looks at curves pays for it.
            from lrviz.training.service import Trainer

            self.trainer = Trainer()
        except Exception:
            _LOG.exception("The workers could not be started.")
        if self.trainer is None:
            # A client of Dask's that could not connect is garbage in a cycle. Freed in the thread
            # that starts Dask's next loop, it would wait there for a lock held by its starter.
            gc.collect()
            self.failed, self._begun = True, False


#: One for all sessions of this server.
HOLDER = Holder()
