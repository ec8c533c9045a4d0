"""The same trainer against a scheduler at an address, set up as the README says."""

import gc
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import dask
import psutil
import pytest
from distributed import Client, Security
from playwright.sync_api import expect

from lrviz.errors import TrainingError
from lrviz.scene import Curve
from lrviz.schedules import Constant
from lrviz.training import cluster
from lrviz.training.service import Trainer
from lrviz.training.spec import FitSpec, Recipe
from tests.server import free_port

pytestmark = pytest.mark.keras

ROOT = Path(__file__).parents[2]
QUICK = FitSpec(Recipe(data="moons", epochs=2, units=8), (Curve(Constant(0.1)),))


def _end(process):
    """Ends a process that we started, and those that it started."""
    family = [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]
    for each in family:
        each.send_signal(signal.SIGTERM)
    psutil.wait_procs(family, timeout=30)
    process.wait(30)


def _start(folder, *command, **environment):
    return subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def pasted(tmp_path_factory):
    """The README's lines for a cluster, pasted into a shell; the folder and both addresses."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl on this machine")
    folder = tmp_path_factory.mktemp("clone")
    for name in ("lrviz", "app.py", ".streamlit"):
        (folder / name).symlink_to(ROOT / name)
    (folder / ".venv").symlink_to(sys.prefix)
    (lines,) = re.findall(
        r"<!-- cluster -->\n```\n(.*?)```", (ROOT / "README.md").read_text(), re.S
    )
    scheduler, page = str(free_port()), str(free_port())
    shell = _start(
        folder,
        "bash",
        "-euc",
        lines.replace("8786", scheduler),
        STREAMLIT_SERVER_PORT=page,
        STREAMLIT_SERVER_ADDRESS="127.0.0.1",
        STREAMLIT_SERVER_HEADLESS="true",
    )
    yield folder, f"tls://127.0.0.1:{scheduler}", f"http://127.0.0.1:{page}/"
    _end(shell)


def _answers(address, seconds=300):
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address + "_stcore/health", timeout=5):
                return
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.1)


def _trainer(address, seconds=300):
    """A trainer at the address, as soon as there is a worker."""
    end = time.monotonic() + seconds
    while True:
        try:
            return Trainer(address=address)
        except TrainingError:
            assert time.monotonic() < end


def test_the_readme_s_cluster_trains_and_nobody_gets_in_without_a_certificate(pasted):
    folder, scheduler, page = pasted
    _answers(page)
    tls = "distributed.comm.tls"
    files = {f"{tls}.ca-file": str(folder / "dask-cert.pem")}
    for role in ("scheduler", "worker", "client"):
        files |= {
            f"{tls}.{role}.{part}": str(folder / f"dask-{part}.pem") for part in ("cert", "key")
        }
    with dask.config.set(files), _trainer(scheduler) as trainer:
        runs = [trainer.submit(QUICK) for _ in range(3)]
        for run in runs:
            assert run.wait(300) == "done", run.problem
            assert run.steps == 50
        stopped = trainer.submit(FitSpec(Recipe(data="moons", epochs=4000), QUICK.lines))
        next(stopped.events())
        stopped.cancel()
        assert stopped.wait(60) == "cancelled"
    with pytest.raises((OSError, TypeError, RuntimeError)):
        Client(scheduler, timeout=3, set_as_default=False, security=Security())
    # Freed later, in the thread that starts Dask's next loop, that client would block it for good.
    gc.collect()


@pytest.mark.browser
def test_the_page_trains_on_the_readme_s_cluster(pasted, chromium):
    page = chromium.new_page()
    _answers(pasted[2])
    page.goto(pasted[2] + "?v=1&tab=train")
    train = page.get_by_role("button", name="Train", exact=True)
    train.wait_for(timeout=60_000)
    train.click()
    progress = page.locator(".st-key-train-progress").get_by_text(re.compile("training.*step"))
    expect(progress.first).to_be_visible(timeout=120_000)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("cancelled").first).to_be_visible()
    page.close()


@pytest.fixture
def bare(tmp_path):
    """A scheduler without certificates and workers, and what starts a worker in a folder."""
    port, started = str(free_port()), []
    address = f"tcp://127.0.0.1:{port}"

    def start(folder, *command):
        python = (sys.executable, "-m", "dask", *command, "--no-dashboard")
        started.append(_start(folder, *python, PYTHONPATH=""))

    start(tmp_path, "scheduler", "--host", "127.0.0.1", "--port", port)
    yield address, lambda folder: start(folder, "worker", address, "--nthreads", "1")
    for process in reversed(started):
        _end(process)


def _refused(address, sentence, seconds=300):
    """Waits until this is why there is no trainer."""
    end = time.monotonic() + seconds
    while True:
        with pytest.raises(TrainingError) as refused:
            Trainer(address=address)
        if sentence in str(refused.value):
            return
        assert time.monotonic() < end


def test_what_keeps_a_cluster_from_training_is_said(bare, tmp_path, monkeypatch):
    # Nobody waits long for being told why, and the test less.
    assert cluster._ANSWER + cluster._WORKER < 15
    monkeypatch.setattr(cluster, "_ANSWER", 1.0)
    monkeypatch.setattr(cluster, "_WORKER", 1.0)
    _refused("tcp://127.0.0.1:9", "does not answer")
    address, start_worker = bare
    _refused(address, "has no worker")
    stranger, older = tmp_path / "stranger", tmp_path / "older"
    stranger.mkdir()
    start_worker(stranger)
    _refused(address, "cannot import lrviz")
    shutil.copytree(ROOT / "lrviz", older / "lrviz")
    with (older / "lrviz" / "scene.py").open("a") as file:
        file.write("# Something else.\n")
    with Client(address, set_as_default=False) as client:
        (without,) = client.nthreads()
        start_worker(older)
        client.wait_for_workers(2, timeout=60)
        client.retire_workers([without])
    _refused(address, "another version")
