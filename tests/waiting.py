"""What the tests of workers and of pages wait with."""

import time


def until(condition, seconds=300.0):
    """Waits until ``condition()`` holds; returns what it said."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end
        time.sleep(0.02)
    return found
