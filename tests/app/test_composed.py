"""Schedules made of schedules: in a link, in controls, in a fan, in a fit, in the code."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import pytest

from lrviz.errors import InvalidSchedule
from lrviz.export import FRAMEWORKS
from lrviz.link import from_query, to_query, to_text
from lrviz.page import Page, first_page
from lrviz.scene import Curve, Timeline, scene_of
from lrviz.schedules import Constant, CosineDecay, Factor, Linear, Sequence
from lrviz.view.fans import address, fan_at
from tests.app.steps import chart_in, curve, open_page, scene_in, texts_in, type_into

FORM = "curve-0-Factor"
CURVE = Curve(Factor(CosineDecay(0.1, 50, alpha=0.25), CosineDecay(1.0, 40, alpha=0.5)))
PAGE = Page(scene_of(CURVE, timeline=Timeline(total_steps=50)))


def test_two_fields_of_one_name_have_two_paths():
    schedule = CURVE.schedule
    paths = [each.path for each in schedule.fields()]
    assert paths[:2] == ["base.initial_learning_rate", "base.decay_steps"]
    assert (schedule.value("factor.alpha"), schedule.value("base.alpha")) == (0.5, 0.25)
    changed = schedule.with_values({"factor.alpha": 0.1, "base.alpha": 0.2})
    assert changed == Factor(CosineDecay(0.1, 50, alpha=0.2), CosineDecay(1.0, 40, alpha=0.1))
    with pytest.raises(InvalidSchedule) as refused:
        schedule.retyped({"base.alpha": "7", "factor.alpha": "x"})
    assert set(refused.value.problems) == {"base.alpha", "factor.alpha"}
    assert "base.alpha must be at most 1" in str(refused.value)


def test_in_a_link():
    assert from_query(to_query(PAGE)) == (PAGE, ())
    assert "Factor~base~CosineDecay~base.initial_learning_rate~0.1~" in to_text(PAGE)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Factor~base~Constant~base.learning_rate~1", "factor is missing"),
        ("Factor~base~Nope", "“base” = “Nope”"),
        ("Factor~base~CosineDecay", "initial_learning_rate is missing"),
        ("Sequence", "schedules is missing"),
        ("Sequence~0~Constant~0.learning_rate~0.1~1~Nope", "“1” = “Nope”"),
        ("Sequence~1~Constant~1.learning_rate~0.1", "schedules is missing"),
        ("Sequence~boundaries~5~0~Constant~0.learning_rate~0.1", "one number less"),
        (
            "Sequence~boundaries~5,2~0~Constant~0.learning_rate~1~1~Constant~1.learning_rate~1"
            "~2~Constant~2.learning_rate~1",
            "boundaries must rise",
        ),
        (
            "Sequence~0~Sequence~0.0~Sequence~0.0.0~Sequence~0.0.0.0~Constant"
            "~0.0.0.0.learning_rate~0.1",
            "nested too deeply",
        ),
        (
            "~".join(
                ["Sequence~boundaries", ",".join("1" * 16)]
                + [f"{i}~Constant~{i}.learning_rate~1" for i in range(17)]
            ),
            "1 to 15 numbers",
        ),
    ],
)
def test_in_a_link_that_is_wrong(text, part):
    page, (problem,) = from_query([("curve", text)])
    assert page == first_page()
    assert part in str(problem)


def test_phases_are_called_by_their_places():
    inner = Factor(CosineDecay(0.2, 40), Constant(0.5))
    schedule = Sequence((Linear(0.0, 0.1, 50), inner), (50,))
    paths = [each.path for each in schedule.fields()]
    assert paths[:3] == ["boundaries", "boundaries.0", "tied"]
    assert {"0.decay_steps", "1.base.alpha", "1.factor.learning_rate"} <= set(paths)
    changed = schedule.retyped({"1.base.alpha": "0.75", "0.decay_steps": "30", "boundaries.0": "9"})
    assert changed == Sequence(
        (Linear(0.0, 0.1, 30), Factor(CosineDecay(0.2, 40, alpha=0.75), Constant(0.5))), (9,)
    )
    assert schedule.with_part("1", CosineDecay(0.3, 9)).part("1") == CosineDecay(0.3, 9)
    page = Page(scene_of(Curve(schedule), timeline=Timeline(total_steps=50)))
    assert from_query(to_query(page)) == (page, ())
    with pytest.raises(InvalidSchedule) as refused:
        schedule.with_values({"0.decay_steps": 0, "1.base.alpha": "x"})
    assert set(refused.value.problems) == {"0.decay_steps", "1.base.alpha"}
    with pytest.raises(KeyError):
        Factor(CosineDecay(0.1, 50), Constant(1.0)).with_part("0", Constant(1.0))


def test_in_controls():
    app = open_page(to_query(PAGE))
    type_into(app, f"{FORM}/base.alpha", "0.5")
    curve(app, "part", "factor")
    type_into(app, f"{FORM}/factor.alpha", "1")
    curve(app, "part", "base")
    assert scene_in(app).curve.schedule == Factor(
        CosineDecay(0.1, 50, alpha=0.5), CosineDecay(1.0, 40, alpha=1.0)
    )
    type_into(app, f"{FORM}/base.alpha", "3")
    assert "base.alpha must be at most 1" in texts_in(app)
    assert scene_in(app).curve.schedule.base.alpha == 0.5
    assert {"base.alpha", "factor.alpha"} <= set(chart_in(app)["values"])


def _line(fan, stop):
    length = int.from_bytes(fan[:4], "little")
    head = json.loads(fan[8 : 8 + length])
    (_, count), (_, rates), _ = head["arrays"]
    begin = 8 + length + -(-count * 2 // 8) * 8
    y = np.frombuffer(fan, "<f4", rates, begin)
    ends = np.cumsum([head["sizes"][each] for each in head["lines"]])
    place = head["stops"].index(stop)
    return y[ends[place] - head["sizes"][head["lines"][place]] : ends[place]]


@pytest.mark.parametrize(("path", "stop"), [("factor.alpha", "0.2"), ("base.alpha", "0.75")])
def test_in_a_fan(path, stop):
    fan = fan_at(f"{to_text(PAGE)}&{urlencode({'field': path, 'set': 'base.decay_steps~40'})}")
    schedule = CURVE.schedule.with_values({"base.decay_steps": 40, path: float(stop)})
    np.testing.assert_allclose(_line(fan, stop)[:50], schedule(np.arange(50)), rtol=1e-6)


def test_each_boundary_has_a_fan():
    phases = (Linear(0.0, 0.1, 50), CosineDecay(0.1, 500), Linear(0.1, 0.0, 200))
    scene = scene_of(Curve(Sequence(phases, (50, 550))), timeline=Timeline(total_steps=750))
    for path in ("boundaries.0", "boundaries.1"):
        # The browser tells the values of the other fields.
        others = [("set", f"boundaries.{i}~{at}") for i, at in enumerate((50, 550))]
        others = [each for each in others if path not in each[1]]
        query = address(scene).partition("?")[2]
        assert fan_at(f"{query}&{urlencode([('field', path), *others])}") is not None


FITTED = (
    CURVE,
    Curve(Sequence((Linear(0.0, 0.1, 10), Constant(0.1), Linear(0.1, 0.0, 5)), (10, 20))),
)


@pytest.mark.keras
def test_in_a_fit_and_in_the_code_to_take_away():
    """In a process of its own: TensorFlow stays out of this one."""
    root = Path(__file__).parents[2]
    codes = [FRAMEWORKS["keras"].write(each, PAGE.scene.timeline) for each in FITTED]
    program = f"""
import importlib, json
from lrviz.training.spec import FitSpec, Recipe
from tests.app.test_composed import FITTED

told = []
recipe = Recipe(data="moons", epochs=1, units=1)
worker = importlib.import_module("lrviz.training.worker")
for curve, code in zip(FITTED, {codes!r}):
    rates = []
    def say(events):
        for event in events:
            rates.extend(getattr(event, "rates", []))
    worker.run(FitSpec(recipe, (curve,)), say, bool)
    names = {{}}
    exec(code, names)
    told.append([list(map(float, rates)), [names["rate"](at) for at in range(25)]])
print(json.dumps(told))
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
    told = json.loads(done.stdout.splitlines()[-1])
    for each, (fitted, exported) in zip(FITTED, told, strict=True):
        planned = each.schedule(np.arange(25))
        np.testing.assert_allclose(fitted[:25], planned, rtol=1e-5, atol=1e-9)
        np.testing.assert_allclose(exported, planned, rtol=1e-5, atol=1e-9)
