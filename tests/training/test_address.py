"""The same trainer against a scheduler at an address: nobody gets in without a certificate."""

import gc
import os
import subprocess
import sys
from pathlib import Path

import dask
import pytest
from distributed import Client, Security

from lrviz.scene import Curve
from lrviz.schedules import Constant
from lrviz.training.service import Trainer
from lrviz.training.spec import FitSpec, Recipe
from tests.browser.conftest import free_port

pytestmark = pytest.mark.keras

ROOT = Path(__file__).parents[2]
QUICK = FitSpec(Recipe(data="moons", epochs=2, units=8), (Curve(Constant(0.1)),))


@pytest.fixture
def certificates(tmp_path):
    """A key and its certificate, in files; and Dask's configuration that uses them."""
    made = Security.temporary()
    pairs = {"ca": made.tls_ca_file, "cert": made.tls_client_cert, "key": made.tls_client_key}
    for name, text in pairs.items():
        (tmp_path / f"{name}.pem").write_text(text)
    tls = "distributed.comm.tls"
    found = {f"{tls}.ca-file": str(tmp_path / "ca.pem")}
    for role in ("scheduler", "worker", "client"):
        for part in ("cert", "key"):
            found[f"{tls}.{role}.{part}"] = str(tmp_path / f"{part}.pem")
    return found


@pytest.fixture
def scheduler(certificates):
    """A scheduler and two workers, each a process of its own."""
    port = str(free_port())
    address = f"tls://127.0.0.1:{port}"
    dask_command = str(Path(sys.executable).with_name("dask"))
    scheduler = ["scheduler", "--protocol", "tls", "--host", "127.0.0.1", "--port", port]
    worker = ["worker", address, "--nthreads", "1", "--preload", "lrviz.training.worker"]
    names = {
        f"DASK_{name.replace('.', '__').replace('-', '_').upper()}": value
        for name, value in certificates.items()
    }
    processes = [
        subprocess.Popen(
            [dask_command, *command, "--no-dashboard"],
            env=os.environ | names | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command in (scheduler, worker, worker)
    ]
    yield address
    for process in reversed(processes):
        process.terminate()
    for process in processes:
        process.wait(30)


def test_the_same_at_an_address_and_nobody_without_a_certificate(scheduler, certificates):
    with dask.config.set(certificates), Trainer(address=scheduler) as trainer:
        runs = [trainer.submit(QUICK) for _ in range(3)]
        for run in runs:
            assert run.wait(120) == "done", run.problem
            assert run.steps == 50
        stopped = trainer.submit(FitSpec(Recipe(data="moons", epochs=4000), QUICK.sources))
        next(stopped.events())
        stopped.cancel()
        assert stopped.wait(10) == "cancelled"
    with pytest.raises((OSError, TypeError, RuntimeError)):
        Client(scheduler, timeout=3, set_as_default=False, security=Security())
    # Freed later, in the thread that starts Dask's next loop, that client would block it for good.
    gc.collect()
