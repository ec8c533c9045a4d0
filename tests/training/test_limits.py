"""What training may take, and what a fit may be."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lrviz.errors import InvalidFit, InvalidLimits
from lrviz.scene import Plateau
from lrviz.training.limits import Limits, limits_from
from lrviz.training.spec import FitSpec, Recipe
from tests.server import free_port


def test_limits_come_from_the_environment():
    assert limits_from({}) == Limits()
    given = {"LRVIZ_WORKERS": "5", "LRVIZ_WORKER_MEMORY": "1GB", "LRVIZ_LONGEST_RUN": "60"}
    limits = limits_from(given)
    assert (limits.workers, limits.memory, limits.longest_run) == (5, "1GB", 60.0)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"epochs": 10**5}, "epochs"),
        ({"batch_size": 0}, "batch_size"),
        ({"data": "nope"}, "data"),
        ({"model": "nope"}, "model"),
        ({"optimizer": "nope"}, "optimizer"),
        ({"momentum": 2}, "momentum"),
        ({"seed": -1}, "seed"),
    ],
)
def test_recipes_are_checked(values, name):
    with pytest.raises(InvalidFit) as refused:
        Recipe(**values)
    assert list(refused.value.problems) == [name]


@pytest.mark.parametrize("count", [0, 5])
def test_one_to_four_curves(count):
    with pytest.raises(InvalidFit, match="1 to 4 curves"):
        FitSpec(Recipe(), (Plateau(),) * count)


@pytest.mark.parametrize(
    ("name", "value", "least"),
    [
        ("LRVIZ_WORKER_MEMORY", "650MB", "1GB"),
        ("LRVIZ_WORKER_MEMORY", "plenty", "1GB"),
        ("LRVIZ_WORKER_MEMORY", "nan", "1GB"),
        ("LRVIZ_WORKERS", "0", "1"),
        ("LRVIZ_WORKERS", "two", "1"),
        ("LRVIZ_LONGEST_RUN", "-1", "1"),
        ("LRVIZ_LONGEST_RUN", "nan", "1"),
        ("LRVIZ_LONGEST_RUN", "inf", "1"),
    ],
)
def test_limits_that_make_no_sense_are_refused_with_the_least(name, value, least):
    with pytest.raises(InvalidLimits) as refused:
        limits_from({name: value})
    assert str(refused.value) == f"{name} is “{value}”: give {least} or more."


def test_a_server_with_such_a_limit_says_so_and_ends():
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    ended = subprocess.run(
        [*command, "--server.port", str(free_port()), "--server.address", "127.0.0.1"],
        cwd=root,
        env=os.environ | {"LRVIZ_WORKER_MEMORY": "650MB"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode
    said = ended.stdout + ended.stderr
    assert "LRVIZ_WORKER_MEMORY is “650MB”: give 1GB or more." in said
    assert "Traceback" not in said
