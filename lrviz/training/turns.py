"""Several fits on one worker, each in a thread of its own: one trains at a time, for an epoch."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from threading import Condition, Thread


class Turns:
    """Whose turn it is. Fits take turns, so that all grow together and none waits for another."""

    def __init__(self, fits: Sequence[int]) -> None:
        """The first of ``fits`` begins."""
        self._queue = deque(fits)
        self._changed = Condition()
        self._waited: dict[int, float] = dict.fromkeys(fits, 0.0)

    @property
    def shared(self) -> bool:
        """Whether there is another fit to pass the turn on to."""
        return len(self._queue) > 1

    def waited(self, fit: int) -> float:
        """How long ``fit`` has waited for its turns, in seconds."""
        return self._waited[fit]

    def wait(self, fit: int) -> None:
        """Wait until it is the turn of ``fit``."""
        with self._changed:
            self._changed.wait_for(lambda: self._queue[0] == fit)

    def pass_on(self, fit: int) -> None:
        """Let the next one train; returns when it is the turn of ``fit`` again."""
        begun = time.monotonic()
        with self._changed:
            self._queue.rotate(-1)
            self._changed.notify_all()
        self.wait(fit)
        self._waited[fit] += time.monotonic() - begun

    def leave(self, fit: int) -> None:
        """``fit`` is over."""
        with self._changed:
            self._queue.remove(fit)
            self._changed.notify_all()


def in_turn(fits: Sequence[int], act: Callable[[int, Turns], None]) -> None:
    """Call ``act`` for each of ``fits``, in threads that take turns; raises what one of them does.

    Each goes through to its end, whatever the others do.
    """
    turns, failed = Turns(fits), list[BaseException]()

    def alone(fit: int) -> None:
        turns.wait(fit)
        try:
            act(fit, turns)
        except BaseException as error:
            failed.append(error)
        finally:
            turns.leave(fit)

    threads = [Thread(target=alone, args=(fit,), daemon=True) for fit in fits]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
