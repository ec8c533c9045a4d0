"""Fields belong to an instance and have a path: a schedule made of another works everywhere."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import pytest

from lrviz import link
from lrviz.errors import InvalidSchedule
from lrviz.export import FRAMEWORKS
from lrviz.export.keras import WRITERS
from lrviz.link import from_query, to_query, to_text
from lrviz.page import Page, first_page
from lrviz.scene import Curve, Timeline, scene_of
from lrviz.schedules import CosineDecay
from lrviz.ui.widgets.fan_route import _fan
from tests.app.steps import chart_in, open_page, scene_in, texts_in, type_into
from tests.wrapper import Chain, Scaled, written

FORM = "curve-0-Scaled"
CURVE = Curve(Scaled(CosineDecay(0.1, 50, alpha=0.25), alpha=0.5))
PAGE = Page(scene_of(CURVE, timeline=Timeline(total_steps=50)))


@pytest.fixture(autouse=True)
def known(monkeypatch):
    monkeypatch.setitem(link._SCHEDULES, "Scaled", Scaled)
    monkeypatch.setitem(link._SCHEDULES, "Chain", Chain)
    monkeypatch.setitem(WRITERS, Scaled, written)


def test_two_fields_of_one_name_have_two_paths():
    schedule = CURVE.schedule
    paths = [each.path for each in schedule.fields()]
    assert paths[:3] == ["alpha", "inner.initial_learning_rate", "inner.decay_steps"]
    assert "inner.alpha" in paths
    assert (schedule.value("alpha"), schedule.value("inner.alpha")) == (0.5, 0.25)
    changed = schedule.with_values({"alpha": 0.1, "inner.alpha": 0.2})
    assert changed == Scaled(CosineDecay(0.1, 50, alpha=0.2), alpha=0.1)
    with pytest.raises(InvalidSchedule) as refused:
        schedule.retyped({"inner.alpha": "7", "alpha": "x"})
    assert set(refused.value.problems) == {"alpha", "inner.alpha"}
    assert "inner.alpha must be at most 1" in str(refused.value)


def test_in_a_link():
    assert from_query(to_query(PAGE)) == (PAGE, ())
    assert "Scaled~alpha~0.5~inner~CosineDecay~inner.initial_learning_rate~0.1~" in to_text(PAGE)


@pytest.mark.parametrize(
    ("curve", "part"),
    [
        ("Scaled~alpha~1", "inner is missing"),
        ("Scaled~alpha~1~inner~Nope", "“inner” = “Nope”"),
        ("Scaled~inner~CosineDecay", "initial_learning_rate is missing"),
    ],
)
def test_in_a_link_that_is_wrong(curve, part):
    page, (problem,) = from_query([("curve", curve)])
    assert page == first_page()
    assert part in str(problem)


def test_parts_in_a_tuple_are_called_by_their_places():
    chain = Chain((CosineDecay(0.1, 50), Scaled(CosineDecay(0.2, 40), alpha=0.5)))
    paths = [each.path for each in chain.fields()]
    assert paths[0] == "0.initial_learning_rate"
    assert {"0.alpha", "1.alpha", "1.inner.alpha"} <= set(paths)
    changed = chain.retyped({"1.inner.alpha": "0.75", "0.decay_steps": "30"})
    assert changed == Chain(
        (CosineDecay(0.1, 30), Scaled(CosineDecay(0.2, 40, alpha=0.75), alpha=0.5))
    )
    assert Scaled(chain).value("inner.0.alpha") == 0.0
    assert chain.with_part("1", CosineDecay(0.3, 9)).part("1") == CosineDecay(0.3, 9)
    page = Page(scene_of(Curve(chain), timeline=Timeline(total_steps=50)))
    assert from_query(to_query(page)) == (page, ())
    with pytest.raises(InvalidSchedule) as refused:
        chain.with_values({"0.alpha": 7, "1.inner.alpha": "x"})
    assert set(refused.value.problems) == {"0.alpha", "1.inner.alpha"}
    with pytest.raises(KeyError):
        Scaled(CosineDecay(0.1, 50)).with_part("0", chain)


@pytest.mark.parametrize(
    ("curve", "part"),
    [
        ("Chain", "schedules is missing"),
        ("Chain~0~Constant~0.learning_rate~0.1~1~Nope", "“1” = “Nope”"),
        ("Chain~1~Constant~1.learning_rate~0.1", "schedules is missing"),
    ],
)
def test_a_chain_that_is_wrong(curve, part):
    _, (problem,) = from_query([("curve", curve)])
    assert part in str(problem)


def test_in_controls():
    app = open_page(to_query(PAGE))
    type_into(app, f"{FORM}/inner.alpha", "0.5")
    type_into(app, f"{FORM}/alpha", "2")
    assert scene_in(app).curve.schedule == Scaled(CosineDecay(0.1, 50, alpha=0.5), alpha=2.0)
    type_into(app, f"{FORM}/inner.alpha", "3")
    assert "inner.alpha must be at most 1" in texts_in(app)
    assert scene_in(app).curve.schedule.inner.alpha == 0.5
    assert {"alpha", "inner.alpha"} <= set(chart_in(app)["values"])


def _line(fan, stop):
    length = int.from_bytes(fan[:4], "little")
    head = json.loads(fan[8 : 8 + length])
    (_, count), (_, rates), _ = head["arrays"]
    begin = 8 + length + -(-count * 2 // 8) * 8
    y = np.frombuffer(fan, "<f4", rates, begin)
    ends = np.cumsum([head["sizes"][each] for each in head["lines"]])
    place = head["stops"].index(stop)
    return y[ends[place] - head["sizes"][head["lines"][place]] : ends[place]]


@pytest.mark.parametrize(("path", "stop"), [("alpha", "0.2"), ("inner.alpha", "0.75")])
def test_in_a_fan(path, stop):
    fan = _fan(f"{to_text(PAGE)}&{urlencode({'field': path, 'set': 'inner.decay_steps~40'})}")
    schedule = replace(CURVE.schedule, inner=CosineDecay(0.1, 40, alpha=0.25))
    schedule = schedule.with_values({path: float(stop)})
    np.testing.assert_allclose(_line(fan, stop)[:50], schedule(np.arange(50)), rtol=1e-6)


@pytest.mark.keras
def test_in_a_fit_and_in_the_code_to_take_away():
    """In a process of its own: TensorFlow stays out of this one."""
    root = Path(__file__).parents[2]
    program = f"""
import importlib, json
from lrviz.export.keras import WRITERS
from lrviz.training.spec import FitSpec, Recipe
from tests.app.test_wrapper import CURVE
from tests.wrapper import Scaled, written

WRITERS[Scaled] = written
rates = []
def say(events):
    for event in events:
        rates.extend(getattr(event, "rates", []))
recipe = Recipe(data="moons", epochs=1, units=1)
worker = importlib.import_module("lrviz.training.worker")
worker.run(FitSpec(recipe, (CURVE,)), say, bool)
names = {{}}
exec({FRAMEWORKS["keras"](CURVE, PAGE.scene.timeline)!r}, names)
print(json.dumps([list(map(float, rates)), [float(names["schedule"](at)) for at in range(25)]]))
"""
    env = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=root,
        env=env,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    fitted, exported = json.loads(done.stdout.splitlines()[-1])
    planned = CURVE.schedule(np.arange(25))
    np.testing.assert_allclose(fitted[:25], planned, rtol=1e-5)
    np.testing.assert_allclose(exported, planned, rtol=1e-5)
