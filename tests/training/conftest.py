import pytest

from lrviz.training.service import Trainer


@pytest.fixture(scope="session")
def _shared():
    with Trainer(workers=2) as shared:
        yield shared


@pytest.fixture
def trainer(_shared):
    """Two workers, shared by all tests; whatever a test leaves running is cancelled."""
    yield _shared
    for run in list(_shared._runs.values()):
        run.cancel()
        run.wait(60)
