"""What the tests of workers and of pages wait with."""

import time


def until(condition, seconds=60.0):
    """Waits until ``condition()`` holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
