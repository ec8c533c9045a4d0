"""Rooms of each test's own, in which nobody waits; and a page that starts at once."""

from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner

from lrviz.learn import events
from lrviz.ui.learn import membership


@pytest.fixture(scope="session", autouse=True)
def _scanned_once():
    """A server looks once through all installed packages for components; so do all AppTests."""
    with pytest.MonkeyPatch.context() as patch:
        scan = manifest_scanner.scan_component_manifests
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(scan))
        yield


@pytest.fixture(autouse=True)
def _own_rooms():
    membership.hall.cache_clear()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    # A change that comes right after another waits for a moment: here nobody waits.
    monkeypatch.setattr(events, "PUBLISH_RATE_LIMIT", 0)
