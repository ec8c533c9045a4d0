"""Whatever befalls a worker: one plain sentence, nothing logged is lost, the others go on."""

import importlib
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from dataclasses import replace
from pathlib import Path

import dask
import psutil
import pytest

from lrviz.errors import TrainingError
from lrviz.scene import Curve
from lrviz.schedules import Constant
from lrviz.training.service import Trainer
from lrviz.training.spec import FitSpec, Recipe
from tests.waiting import until

pytestmark = pytest.mark.keras

SOURCES = (Curve(Constant(0.1)),)
QUICK = FitSpec(Recipe(data="moons", epochs=2, units=8), SOURCES)
#: Minutes of training, if nobody stops it.
ENDLESS = FitSpec(Recipe(data="moons", epochs=4000, units=8), SOURCES)


def _trains(run):
    until(lambda: run.steps > 20)
    return run


def _die():
    os._exit(1)


def _hog():
    importlib.import_module("lrviz.training.tasks").hogged = bytearray(3 * 2**30)


def _hang():
    """From now on, every batch on this worker takes an hour."""
    module = importlib.import_module("lrviz.training.worker")

    def poll(watch):
        module.hangs = True
        time.sleep(3600)

    module._Watch._poll = poll


def _hangs():
    return getattr(importlib.import_module("lrviz.training.worker"), "hangs", False)


def _soon(act):
    threading.Timer(0.1, act).start()


def _on(trainer, run, act, *arguments):
    return trainer._cluster.client.run(act, *arguments, workers=[run.parts[0].worker])


def _kill(trainer, run):
    (pid,) = _on(trainer, run, os.getpid).values()
    os.kill(pid, signal.SIGKILL)


TROUBLES = {
    "SIGKILL": (_kill, "The worker broke down or was killed."),
    "os._exit": (
        lambda trainer, run: _on(trainer, run, _soon, _die),
        "The worker broke down or was killed.",
    ),
    "out of memory": (
        lambda trainer, run: _on(trainer, run, _soon, _hog),
        "The fit needed more memory than a worker may take",
    ),
}


def test_a_worker_that_dies_takes_nobody_with_it(trainer):
    """And comes back, however often it was lost in a short time.

    Dask gives up the place of a worker that is away too long, counted from its first loss.
    """
    assert dask.config.get("distributed.deploy.lost-worker-timeout") == "1000 days"
    neighbour = _trains(trainer.submit(ENDLESS))
    for befall, sentence in TROUBLES.values():
        # It trains where the last one died: the neighbour has the other worker.
        unlucky = _trains(trainer.submit(ENDLESS))
        logged = unlucky.steps
        befall(trainer, unlucky)
        assert unlucky.wait(300) == "failed"
        assert str(unlucky.problem).startswith(sentence)
        assert unlucky.steps >= logged
    assert trainer.submit(QUICK).wait(300) == "done"
    before = neighbour.steps
    until(lambda: neighbour.steps > before)
    neighbour.cancel()
    assert neighbour.wait(60) == "cancelled"


def test_a_hung_step_is_cancelled_and_the_next_run_works(trainer):
    run = _trains(trainer.submit(ENDLESS))
    _on(trainer, run, _hang)
    until(lambda: all(_on(trainer, run, _hangs).values()))
    logged = run.steps
    run.cancel()
    # The step would go on for an hour.
    assert run.wait(60) == "cancelled"
    assert run.steps >= logged
    assert trainer.submit(QUICK).wait(300) == "done"


def test_runs_are_cancelled_waiting_or_training(trainer):
    runs = [trainer.submit(ENDLESS) for _ in range(3)]
    _trains(runs[0])
    _trains(runs[1])
    assert runs[2].state == "waiting"
    for run in reversed(runs):
        run.cancel()
        assert run.wait(60) == "cancelled"
        run.cancel()
    # Who waited never trained.
    assert runs[2].steps == 0
    assert runs[0].steps > 0
    assert runs[0].problem is None


def test_ten_at_once_on_two_workers_all_end_in_their_order(trainer):
    runs = [trainer.submit(QUICK) for _ in range(10)]
    assert trainer.ahead(runs[-1]) >= 7
    for run in runs:
        assert run.wait(300) == "done"
        assert run.steps == 50
    started = [run.started for run in runs]
    assert started == sorted(started)


def test_a_run_that_takes_too_long_or_is_silent_is_stopped(trainer, monkeypatch):
    # Its clock may run out before its first step: so it begins with time enough.
    run = _trains(trainer.submit(ENDLESS))
    monkeypatch.setattr(trainer, "limits", replace(trainer.limits, longest_run=2.0))
    assert run.wait(300) == "failed"
    assert "longer than 2 seconds" in str(run.problem)
    assert run.steps > 0
    monkeypatch.setattr(trainer, "limits", replace(trainer.limits, longest_run=900.0))
    run = _trains(trainer.submit(ENDLESS))
    _on(trainer, run, _hang)
    monkeypatch.setattr(trainer, "limits", replace(trainer.limits, silence=1.0))
    assert run.wait(300) == "failed"
    assert "hung in a step" in str(run.problem)


def _wear():
    """Hold more than half of what a worker has free, and less than ends it."""
    importlib.import_module("lrviz.training.tasks").hogged = bytearray(768 * 2**20)


def test_a_worker_that_has_grown_is_replaced_between_runs(trainer):
    run = _trains(trainer.submit(ENDLESS))
    _on(trainer, run, _wear)
    run.cancel()
    until(lambda: run.parts[0].worker not in trainer._cluster.workers())
    assert trainer.submit(QUICK).wait(300) == "done"


def test_each_reader_and_the_server_are_bounded(trainer, monkeypatch):
    mine = [trainer.submit(ENDLESS, "me") for _ in range(2)]
    with pytest.raises(TrainingError, match="2 runs waiting or training"):
        trainer.submit(QUICK, "me")
    theirs = trainer.submit(QUICK, "you")
    monkeypatch.setattr(trainer, "limits", replace(trainer.limits, waiting=1))
    with pytest.raises(TrainingError, match="Too many runs"):
        trainer.submit(QUICK, "she")
    for run in mine:
        run.cancel()
        run.wait(60)
    assert theirs.wait(300) == "done"
    assert trainer.runs("me") == mine
    trainer.remove(mine[0])
    assert trainer.find(mine[0].id) is None
    assert trainer.find(mine[1].id) is mine[1]
    monkeypatch.setattr(trainer, "limits", replace(trainer.limits, kept=0))
    last = trainer.submit(QUICK, "me")
    assert trainer.find(mine[1].id) is None
    assert last.wait(300) == "done"


def test_the_device_that_is_chosen_is_the_one_that_is_used(tmp_path, monkeypatch):
    code = """
        import tensorflow as tf
        cpu = tf.config.list_physical_devices("CPU")[0]
        two = [tf.config.LogicalDeviceConfiguration()] * 2
        tf.config.set_logical_device_configuration(cpu, two)
    """
    (tmp_path / "two_cpus.py").write_text(textwrap.dedent(code), "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with Trainer(workers=1, preload=["two_cpus"]) as trainer:
        assert trainer.devices == ["CPU:0", "CPU:1"]
        for device in trainer.devices:
            recipe = replace(QUICK.recipe, device=device)
            run = trainer.submit(FitSpec(recipe, SOURCES))
            assert run.wait(300) == "done"
            assert run.history[0].device == device


SERVER = """
    import os, sys, time
    from lrviz.training.service import Trainer
    from tests.training.test_trouble import ENDLESS

    def main():
        trainer = Trainer(workers=1)
        run = trainer.submit(ENDLESS)
        while not run.steps:
            time.sleep(0.05)
        print("trains", flush=True)
        time.sleep(600)

    if __name__ == "__main__":
        main()
"""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_server(how, tmp_path):
    file = tmp_path / "server.py"
    file.write_text(textwrap.dedent(SERVER), "utf-8")
    root = Path(__file__).parents[2]
    server = subprocess.Popen(
        [sys.executable, file],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    assert server.stdout.readline() == "trains\n"
    family = psutil.Process(server.pid).children(recursive=True)
    assert family
    server.send_signal(how)
    server.wait(60)
    server.stdout.close()
    gone, alive = psutil.wait_procs(family, timeout=60)
    assert alive == []
    assert gone
