"""Rooms of each test's own, in which nobody waits."""

import pytest

from lrviz.learn import rooms
from lrviz.ui.learn import membership


@pytest.fixture(autouse=True)
def _own_rooms():
    membership.hall.cache_clear()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    # A change that comes right after another waits for a moment: here nobody waits.
    monkeypatch.setattr(rooms, "PUBLISH_RATE_LIMIT", 0)
