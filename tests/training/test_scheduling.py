"""Who trains when: the trainer beside a cluster that is only said to be there."""

import time

import pytest

from lrviz.errors import TrainingError
from lrviz.scene import Curve
from lrviz.schedules import Constant
from lrviz.text import Sentence
from lrviz.training import service
from lrviz.training.limits import Limits
from lrviz.training.service import Trainer
from lrviz.training.spec import FitSpec, Recipe
from lrviz.training.tasks import Outcome
from tests.waiting import until

SPEC = FitSpec(Recipe(data="moons", epochs=1), (Curve(Constant(0.1)),))


class Future:
    """What Dask promises of a fit."""

    def __init__(self):
        self.status, self.outcome = "pending", None

    def done(self):
        return self.status != "pending"

    def result(self):
        return self.outcome

    def finish(self, problem=None, worn=False, messages=0):
        self.outcome, self.status = Outcome(messages, problem, worn), "finished"

    def fail(self):
        self.status = "error"


class FakeCluster:
    """Workers by name; what is started on them does as the test says."""

    def __init__(self, limits, address, told, preload):
        self.devices, self.flaw = ["CPU:0"], None
        self.known = [f"worker-{number}" for number in range(limits.workers)]
        self.started, self.cancelled, self.restarted = [], [], []
        self.fits = []
        self.hungry, self.broken = set(), False
        self.calls = 0

    def workers(self):
        self.calls += 1
        if self.broken:
            raise RuntimeError("the scheduler is away")
        return list(self.known)

    def start(self, worker, spec, run_id, part, fits):
        future = Future()
        self.started.append((worker, run_id))
        self.fits.append(fits)
        return future

    def cancel(self, worker, run_id):
        self.cancelled.append(run_id)

    def restart(self, worker):
        self.restarted.append(worker)
        self.known.remove(worker)

    def starved(self, worker):
        return worker in self.hungry

    def close(self):
        pass


@pytest.fixture
def begin(monkeypatch):
    """Starts a trainer with these limits; gives it and its cluster."""
    monkeypatch.setattr(service, "Cluster", FakeCluster)
    monkeypatch.setattr(service, "_ROLL_CALL", 0.05)
    monkeypatch.setattr(service, "_LAST_WORDS", 0.1)
    monkeypatch.setattr(service, "_LAST_MESSAGES", 0.1)
    trainers = []

    def started(**limits):
        trainers.append(Trainer(limits=Limits(**limits)))
        return trainers[-1], trainers[-1]._cluster

    yield started
    for trainer in trainers:
        trainer.close()


def _looked_after(cluster):
    """Waits until the trainer has looked after its runs, wholly, after what has just happened."""
    after = cluster.calls + 2
    until(lambda: cluster.calls >= after)


def _running(run):
    until(lambda: run.state == "running")
    return run


def test_runs_start_in_the_order_in_which_they_came_one_on_each_worker(begin):
    trainer, cluster = begin(workers=2, per_owner=9)
    runs = [trainer.submit(SPEC, f"owner {number}") for number in range(4)]
    for run in runs[:2]:
        _running(run)
    assert [run_id for _, run_id in cluster.started] == [run.id for run in runs[:2]]
    assert len({worker for worker, _ in cluster.started}) == 2
    assert [trainer.ahead(run) for run in runs[2:]] == [0, 1]
    assert runs[2].state == "waiting"
    runs[1].parts[0].future.finish()
    _running(runs[2])
    assert runs[1].state == "done"
    assert cluster.started[2] == (runs[1].parts[0].worker, runs[2].id)
    assert runs[3].state == "waiting"


def test_who_has_enough_waits_and_so_does_everybody(begin):
    trainer, _ = begin(workers=1, per_owner=2, waiting=2)
    runs = [trainer.submit(SPEC, "a"), trainer.submit(SPEC, "a")]
    with pytest.raises(TrainingError, match="You have 2 runs"):
        trainer.submit(SPEC, "a")
    trainer.submit(SPEC, "b")
    with pytest.raises(TrainingError, match="Too many runs"):
        trainer.submit(SPEC, "c")
    runs[1].cancel()
    until(lambda: runs[1].state == "cancelled")
    assert trainer.full("c") is None
    trainer.submit(SPEC, "c")


def test_a_cancelled_run_frees_its_reader_at_once_and_its_worker_when_it_stops(begin):
    trainer, cluster = begin(workers=1, grace=60.0)
    first, second = _running(trainer.submit(SPEC)), trainer.submit(SPEC)
    future = first.parts[0].future
    first.cancel()
    until(lambda: first.state == "cancelled")
    assert cluster.cancelled == [first.id]
    _looked_after(cluster)
    assert second.state == "waiting"
    future.finish()
    _running(second)
    assert cluster.restarted == []


def test_a_worker_that_does_not_stop_in_time_is_replaced(begin):
    trainer, cluster = begin(workers=1, grace=0.1)
    first, second = _running(trainer.submit(SPEC)), trainer.submit(SPEC)
    first.cancel()
    until(lambda: cluster.restarted == ["worker-0"])
    cluster.known.append("worker-1")
    _running(second)
    assert second.parts[0].worker == "worker-1"


@pytest.mark.parametrize(
    ("limits", "part"),
    [({"longest_run": 0.2}, "took longer than"), ({"silence": 0.2}, "hung in a step")],
)
def test_a_run_that_takes_too_long_or_hangs_ends_with_a_sentence(begin, limits, part):
    trainer, cluster = begin(workers=1, **limits)
    run = _running(trainer.submit(SPEC))
    until(lambda: run.state == "failed")
    assert part in str(run.problem)
    assert cluster.restarted == ["worker-0"]


@pytest.mark.parametrize(("hungry", "part"), [(True, "more memory"), (False, "broke down")])
def test_a_run_whose_worker_is_gone_says_why(begin, hungry, part):
    trainer, cluster = begin(workers=1)
    run = _running(trainer.submit(SPEC))
    if hungry:
        cluster.hungry.add(run.parts[0].worker)
    cluster.known.clear()
    until(lambda: run.state == "failed")
    assert part in str(run.problem)


def test_a_run_that_dask_gives_up_is_lost_too(begin):
    trainer, _ = begin(workers=1)
    run = _running(trainer.submit(SPEC))
    run.parts[0].future.fail()
    until(lambda: run.state == "failed")
    assert "broke down" in str(run.problem)


def test_what_the_worker_says_of_its_end_is_told(begin):
    trainer, _ = begin(workers=1)
    run = _running(trainer.submit(SPEC))
    run.parts[0].future.finish(problem=Sentence("No data."))
    until(lambda: run.state == "failed")
    assert str(run.problem) == "No data."


def test_the_last_messages_are_waited_for(begin):
    trainer, cluster = begin(workers=1)
    run = _running(trainer.submit(SPEC))
    run.parts[0].heard = time.monotonic() + 600
    run.parts[0].future.finish(messages=1)
    _looked_after(cluster)
    assert run.state == "running"
    run.tell([], 0)
    until(lambda: run.state == "done")


def test_a_worn_worker_is_replaced_before_the_next_run(begin):
    trainer, cluster = begin(workers=1)
    first = _running(trainer.submit(SPEC))
    first.parts[0].future.finish(worn=True)
    until(lambda: cluster.restarted == ["worker-0"])
    second = trainer.submit(SPEC)
    cluster.known.append("worker-1")
    _running(second)


def test_a_scheduler_that_is_away_for_a_moment_loses_no_run(begin, monkeypatch):
    # Not by caplog: a cluster of Dask's in the same process silences what pytest listens with.
    said = []
    monkeypatch.setattr(service._LOG, "exception", said.append)
    trainer, cluster = begin(workers=1)
    cluster.broken = True
    run = trainer.submit(SPEC)
    until(lambda: said)
    assert "could not look after" in said[0]
    cluster.broken = False
    _running(run)


def test_only_so_many_ended_runs_are_kept(begin):
    trainer, _ = begin(workers=1, kept=2)
    for _ in range(4):
        run = _running(trainer.submit(SPEC, "a"))
        run.parts[0].future.finish()
        until(lambda run=run: run.state == "done")
    trainer.submit(SPEC, "a")
    assert [run.state for run in trainer.runs("a")][:2] == ["done", "done"]
    assert len(trainer.runs("a")) == 3


def test_closing_cancels_what_runs_and_what_waits(begin):
    trainer, _ = begin(workers=1)
    runs = [_running(trainer.submit(SPEC)), trainer.submit(SPEC)]
    trainer.close()
    assert [run.state for run in runs] == ["cancelled", "cancelled"]
    # Nothing is left to be looked after.
    assert not trainer._keeper.is_alive()


RACE = FitSpec(
    Recipe(data="moons", epochs=1), tuple(Curve(Constant(rate)) for rate in (0.1, 0.2, 0.3))
)


def test_the_curves_of_a_run_are_spread_over_the_workers_that_are_free(begin):
    trainer, cluster = begin(workers=2)
    run = _running(trainer.submit(RACE))
    assert sorted(cluster.fits) == [(0, 2), (1,)]
    assert len({worker for worker, _ in cluster.started}) == 2
    run.parts[0].future.finish()
    _looked_after(cluster)
    assert run.state == "running"
    # The worker of the part that is over trains for the next who waits.
    other = _running(trainer.submit(SPEC, "other"))
    assert other.parts[0].worker == run.parts[0].worker
    run.parts[1].future.finish()
    until(lambda: run.state == "done")


def test_who_waits_gets_a_worker_before_anybody_gets_two(begin):
    trainer, cluster = begin(workers=3, per_owner=9)
    cluster.broken = True
    runs = [trainer.submit(RACE, "a"), trainer.submit(RACE, "b")]
    cluster.broken = False
    for run in runs:
        _running(run)
    assert sorted(len(run.parts) for run in runs) == [1, 2]
    assert all(sorted(sum((part.fits for part in run.parts), ())) == [0, 1, 2] for run in runs)


@pytest.mark.parametrize("end", ["problem", "silence", "cancel", "lost"])
def test_when_one_part_is_over_before_its_time_so_is_the_run(begin, end):
    trainer, cluster = begin(workers=2, silence=0.3 if end == "silence" else 60.0, grace=60.0)
    run = _running(trainer.submit(RACE))
    first, second = run.parts
    if end == "problem":
        first.future.finish(problem=Sentence("No data."))
    elif end == "silence":
        second.heard = time.monotonic() + 60
    elif end == "cancel":
        run.cancel()
    else:
        cluster.known.remove(first.worker)
    until(lambda: not run.active)
    assert run.state == ("cancelled" if end == "cancel" else "failed")
    assert run.id in cluster.cancelled
