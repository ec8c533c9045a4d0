import json
from dataclasses import replace
from urllib.parse import urlencode

import numpy as np
import pytest
from hypothesis import given
from plotly.io.json import from_json_plotly

from lrviz.examples import EXAMPLES
from lrviz.figures import curves_figure, to_json
from lrviz.figures.fan import fan_bytes
from lrviz.scene import Curve, Timeline, fields_of, first_scene, scene_of
from lrviz.scene.insights import readout, summary
from lrviz.schedules import SCHEDULES, CosineDecay, Linear, PolynomialDecay, Sequence
from lrviz.view.fans import address
from lrviz.view.fans import fan_at as _answer
from tests.plotly import valid
from tests.strategies import scenes


def _field(scene, name):
    return next(field for field in fields_of(scene.curve) if field.name == name)


def _fan(scene, field):
    """Each stop's x (in the axis' unit) and y, and the head: taken apart as the browser does."""
    packed = fan_bytes(scene, field)
    place = 8 + int.from_bytes(packed[:4], "little")
    head = json.loads(packed[8:place])
    arrays = []
    for kind, length in head["arrays"]:
        arrays.append(np.frombuffer(packed, f"<{kind}", length, place))
        place += -(-arrays[-1].nbytes // 8) * 8
    assert place == len(packed)
    x, y, dots = arrays
    ends = np.cumsum(head["sizes"])[:-1]
    steps = [np.cumsum(part.astype(float)) / head["perTick"] for part in np.split(x, ends)]
    lines, start = [], 0
    for shape in (steps[line] for line in head["lines"]):
        lines.append((shape, y[start : start + len(shape)]))
        start += len(shape)
    assert start == len(y)
    assert len(dots) in (0, len(x))
    return head | {"dots": dots}, lines


@pytest.mark.parametrize("title", EXAMPLES)
def test_every_stop_is_what_the_figure_would_be_there(title):
    scene = EXAMPLES[title].scene
    for field in fields_of(scene.curve):
        fan, lines = _fan(scene, field)
        for place in (0, len(lines) // 2, len(lines) - 1):
            stop = field.parse(fan["stops"][place])
            at_stop = scene.with_schedule(scene.curve.schedule.with_value(field, stop))
            x, y = lines[place]
            jump = np.flatnonzero(np.diff(x) == 0) + 1
            x, y = np.delete(x, jump - 1), np.delete(y, jump - 1)
            if x[-1] * fan["perTick"] == scene.timeline.steps:
                x, y = x[:-1], y[:-1]
            steps = np.rint(x * fan["perTick"])
            np.testing.assert_allclose(
                y, at_stop.curve.rate(steps, scene.timeline), rtol=1e-6, atol=1e-37
            )
            figure = from_json_plotly(to_json(curves_figure(at_stop, str)))["layout"]
            assert fan["marks"][place] == [shape["x0"] for shape in figure.get("shapes", [])]
            found = at_stop.curve.restarts(scene.timeline)
            exact = readout(summary(at_stop.curve, scene.timeline), found)
            told = dict(zip(exact, fan["readout"][place], strict=True))
            assert told["Final rate"] == exact["Final rate"]
            assert told.get("Restarts") == exact.get("Restarts")


def test_a_drag_scales_the_axis_as_the_page_will():
    scene = first_scene()
    fan, _ = _fan(scene, _field(scene, "initial_learning_rate"))
    for place, text in enumerate(fan["stops"]):
        schedule = replace(scene.curve.schedule, initial_learning_rate=float(text))
        figure = valid(curves_figure(scene.with_schedule(schedule), str))
        np.testing.assert_allclose(fan["range"][place], figure.layout.yaxis.range, rtol=1e-6)


def test_a_typed_value_is_a_stop_of_its_own():
    scene = first_scene()
    field = _field(scene, "t_mul")
    scene = scene.with_schedule(scene.curve.schedule.with_value(field, 1.2345))
    assert "1.2345" in _fan(scene, field)[0]["stops"]


def test_stops_that_leave_the_knots_where_they_are_share_their_points():
    scene = first_scene()
    # With m_mul = 0 nothing jumps: all cycles but the first are flat.
    assert len(_fan(scene, _field(scene, "m_mul"))[0]["sizes"]) == 2
    fan, _ = _fan(scene, _field(scene, "first_decay_steps"))
    assert len(fan["sizes"]) == len(set(fan["lines"])) > 40


def test_a_boundary_that_is_dragged_keeps_its_kink():
    phases = Sequence((Linear(0.0, 0.1, 500), Linear(0.1, 0.0, 9500)), (500,), fitted=(0,))
    scene = scene_of(Curve(phases), timeline=Timeline(total_steps=10_000))
    field = next(each for each in fields_of(scene.curve) if each.path == "boundaries.0")
    fan, lines = _fan(scene, field)
    assert len(lines) > 40
    for text, (x, y) in zip(fan["stops"], lines, strict=True):
        steps = np.rint(x * fan["perTick"])
        if (boundary := int(field.parse(text))) < scene.timeline.steps:
            assert boundary in steps
            assert y[np.flatnonzero(steps == boundary)[0]] == pytest.approx(0.1)


def test_only_what_can_slide_has_a_fan():
    curve = Curve(CosineDecay(0.1, 100))
    assert [field.name for field in fields_of(curve)] == [
        "initial_learning_rate",
        "decay_steps",
        "alpha",
        "warmup_steps",
        "exponent",
    ]
    assert "cycle" not in [field.name for field in fields_of(Curve(PolynomialDecay(0.1, 100)))]


def test_a_short_run_shows_its_steps_as_dots():
    scene = scene_of(Curve(CosineDecay(0.1, 10)), timeline=Timeline(10, 1, 1))
    fan, lines = _fan(scene, _field(scene, "alpha"))
    assert len(lines[0][0]) == len(fan["dots"]) == 10
    assert set(fan["dots"]) == {7}
    assert not len(_fan(first_scene(), _field(first_scene(), "alpha"))[0]["dots"])


@given(scenes())
def test_every_scene_has_fans_of_bounded_size(scene):
    for field in fields_of(scene.curve)[:1]:
        assert len(fan_bytes(scene, field)) < 1_500_000


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_a_run_of_1e15_steps_is_no_more_work(schedule):
    run = Timeline(total_steps=10**15)
    scene = scene_of(Curve(schedule.example(10**15)), timeline=run)
    for field in fields_of(scene.curve):
        _, lines = _fan(scene, field)
        assert sum(len(x) for x, _ in lines) < 120_000


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_each_slider_has_a_fan_wherever_the_others_stand(schedule):
    scene = scene_of(Curve(schedule.example(750)), timeline=Timeline(total_steps=750))
    made, fields = scene.curve.schedule, fields_of(scene.curve)
    for wanted in fields:
        told = {each.path: each.text(made.value(each.path)) for each in fields}
        del told[wanted.path]
        query = [
            ("field", wanted.path),
            *(("set", f"{path}~{text}") for path, text in told.items()),
        ]
        assert _answer(f"{address(scene).partition('?')[2]}&{urlencode(query)}") is not None, wanted
