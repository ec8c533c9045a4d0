import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from plotly.io.json import from_json_plotly

from lrviz.examples import EXAMPLES
from lrviz.figures import curves_figure, to_json
from lrviz.figures.palette import COLORS, DASHES
from lrviz.scene import MOST_CURVES, Curve, Timeline, first_scene, scene_of
from lrviz.scene.lines import drawn
from lrviz.schedules import (
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    ExponentialDecay,
    Linear,
    Sequence,
    StepDecay,
)
from tests.plotly import valid
from tests.strategies import scenes


def _trace(figure, uid):
    return next(trace for trace in figure.data if trace.uid == uid)


def test_each_curve_is_a_line_in_its_colour_and_dash():
    figure = valid(curves_figure(first_scene(), str))
    for color, name in enumerate(["StepDecay", "CosineDecay", "CosineDecayRestarts"]):
        line = _trace(figure, str(color))
        assert (line.name, line.line.color, line.line.dash) == (name, COLORS[color], DASHES[color])
        assert line.visible is True
    assert _trace(figure, "2").line.width > _trace(figure, "0").line.width


def test_a_restart_is_a_jump_not_a_slope():
    scene = first_scene()
    x, y, real = drawn(scene.curves[2], scene.timeline)
    at = np.flatnonzero(x == 50)
    assert len(at) == 2
    assert y[at[0]] == scene.curve.rate(49, scene.timeline)
    assert y[at[1]] == scene.curve.rate(50, scene.timeline)
    assert real[at].tolist() == [0, 1]


def test_applied_every_epoch_a_curve_is_stairs():
    scene = scene_of(
        Curve(StepDecay(0.1, 0.5, 1), per="epoch"),
        timeline=Timeline(samples=9, batch_size=3, epochs=3),
    )
    x, y, _ = drawn(scene.curve, scene.timeline)
    assert x.tolist() == [0, 3, 3, 6, 6, 9]
    np.testing.assert_allclose(y, [0.1, 0.1, 0.05, 0.05, 0.025, 0.025])


def test_a_hidden_curve_stays_in_the_legend_only():
    figure = valid(curves_figure(first_scene().toggle(1), str))
    assert _trace(figure, "1").visible == "legendonly"
    assert "hover-1" not in [trace.uid for trace in figure.data]


def _log_range(*curves, selected=0):
    scene = replace(scene_of(*curves, timeline=Timeline(), selected=selected), scale="log")
    return curves_figure(scene, str)["layout"]["yaxis"]["range"]


@pytest.mark.parametrize(
    ("other", "decades"),
    [
        (Constant(10.0), 4.2),
        # It falls to nothing, and it is nothing.
        (CosineDecay(1e-3, 740), 5.55),
        (Constant(0.0), 0.2),
        # Far below, far above, and beyond all numbers.
        (Constant(1e-12), 6.2),
        (ExponentialDecay(0.1, 1, 4.0), 6.2),
    ],
)
def test_a_log_axis_holds_the_chosen_curve_and_is_not_stretched(other, decades):
    chosen = Curve(Constant(1e-3))
    low, high = _log_range(Curve(other), chosen, selected=1)
    assert low < -3 < high
    assert high - low == pytest.approx(decades, abs=0.01)


def test_a_log_axis_of_a_chosen_curve_far_below_the_others_shows_it():
    low, high = _log_range(Curve(Constant(1e-8)), Curve(Constant(10.0)))
    assert low < -8 < high
    low, high = _log_range(replace(Curve(Constant(1e-8)), shown=False), Curve(Constant(10.0)))
    assert (low, high) == pytest.approx((0.9, 1.1))


def test_all_hidden_is_still_a_figure():
    scene = first_scene().toggle(0).toggle(1).toggle(2)
    for scale in ("linear", "log"):
        assert len(valid(curves_figure(replace(scene, scale=scale), str)).data) == 3


def test_the_pointer_compares_all_curves_at_one_step():
    figure = valid(curves_figure(first_scene(), str))
    hovers = [_trace(figure, uid) for uid in ("other-unit", "hover-0", "hover-1", "hover-2")]
    for hover in hovers:
        assert (hover.x0, hover.dx, len(hover.y)) == (0, 1, 750)
    np.testing.assert_allclose(hovers[3].y, first_scene().curve.schedule(np.arange(750)), rtol=1e-6)
    assert hovers[3].customdata[[0, 49, 50, 749]].tolist() == [0, 0, 1, 3]
    np.testing.assert_allclose(hovers[0].customdata[[0, 75]], [0, 1])
    assert figure.layout.hovermode == "x unified"


def _boxed(curves, *, legend):
    """What the pointer's box says of each curve."""
    figure = curves_figure(scene_of(*curves, timeline=Timeline()), str, legend=legend)
    hovers = [each for each in figure["data"] if each["uid"].startswith("hover-")]
    return figure, hovers


def test_the_pointers_box_shows_each_curve_as_it_is_drawn():
    figure, hovers = _boxed(
        [Curve(StepDecay(0.1, 0.5, 9)), Curve(CosineDecay(0.1, 9))], legend=False
    )
    lines = {each["uid"]: each["line"] for each in figure["data"]}
    for hover in hovers:
        drawn = lines[hover["uid"].removeprefix("hover-")]
        assert hover["line"]["width"] > 0
        assert all(hover["line"][each] == drawn[each] for each in ("color", "dash"))
    assert "hoverlabel" not in figure["layout"]


def test_the_pointers_box_of_many_curves_is_small():
    curves = [Curve(CosineDecay(0.1, 9), label=f"{number} of eight curves") for number in range(8)]
    figure, hovers = _boxed(curves, legend=False)
    assert figure["layout"]["hoverlabel"]["font"]["size"] == 11
    assert hovers[3]["hovertemplate"].startswith("3 of eight cu…  <b>")
    # In a legend, what is hidden with a line goes by its group.
    figure, hovers = _boxed(curves, legend=True)
    assert {each["legendgroup"] for each in hovers} == {str(color) for color in range(8)}


def test_the_pointer_counts_cycles_as_the_table_does():
    run = Timeline(total_steps=400)
    # It begins higher than the warm-up ends, which is a restart, and no cycle is before it.
    phases = (Linear(0.0, 0.05, 50), CosineDecayRestarts(0.1, 100, 1.0), Linear(0.1, 0.0, 90))
    curve = Curve(Sequence(phases, (50, 310)))
    assert curve.restarts(run)[0] == 50
    assert [(each.index, each.start) for each in curve.cycles(run)] == [
        (0, 50),
        (1, 150),
        (2, 250),
    ]
    (hover,) = (
        each
        for each in curves_figure(scene_of(curve, timeline=run), str)["data"]
        if each["uid"] == "hover-0"
    )
    at = [0, 49, 50, 149, 150, 309, 310, 399]
    np.testing.assert_array_equal(
        np.array(hover["customdata"], float)[at],
        [np.nan, np.nan, 0, 0, 1, 2, np.nan, np.nan],
    )
    assert [hover["text"][each] for each in at[1:4]] == ["", "  cycle 0", "  cycle 0"]
    plain = Curve(Sequence(phases[::2], (50,)))
    (hover,) = (
        each
        for each in curves_figure(scene_of(plain, timeline=run), str)["data"]
        if each["uid"] == "hover-0"
    )
    assert "customdata" not in hover
    assert "cycle" not in hover["hovertemplate"]


def test_in_epochs_the_same_curves_are_drawn_over_epochs():
    scene = first_scene()
    in_epochs = scene.__class__(**vars(scene) | {"unit": "epoch"})
    steps, epochs = (_trace(valid(curves_figure(each, str)), "1") for each in (scene, in_epochs))
    np.testing.assert_allclose(np.array(epochs.x) * 75, steps.x, rtol=1e-6)
    np.testing.assert_array_equal(epochs.y, steps.y)


def test_restarts_of_the_selected_curve_are_marked():
    figure = valid(curves_figure(first_scene(), str))
    assert [shape.x0 for shape in figure.layout.shapes] == [50, 150, 350]
    dense = scene_of(Curve(CosineDecayRestarts(0.1, 1, 1.0)), timeline=Timeline())
    assert valid(curves_figure(dense, str)).layout.shapes == ()


def test_a_name_is_shown_as_it_is():
    scene = first_scene().with_line(2, label="<b>x</b> %{y} <script>")
    figure = valid(curves_figure(scene, str))
    assert _trace(figure, "2").name == "&lt;b&gt;x&lt;/b&gt; % {y} &lt;script&gt;"
    assert "<script>" not in to_json(curves_figure(scene, str))


def test_a_short_run_shows_its_steps_as_dots():
    scene = EXAMPLES["The course note: batch 32, one step an epoch"].scene
    line = _trace(valid(curves_figure(scene, str)), "0")
    assert line.mode == "lines+markers"
    assert np.count_nonzero(line.marker.size) == 10


@pytest.mark.parametrize("steps", [10**3, 10**6, 10**12])
def test_the_figure_stays_small_however_long_the_run(steps):
    scene = scene_of(
        *(Curve(CosineDecayRestarts(0.1, 1, 1.0)) for _ in range(MOST_CURVES)),
        timeline=Timeline(total_steps=steps),
    )
    assert len(to_json(curves_figure(scene, str))) < 400_000


@given(scenes())
def test_any_scene_is_a_valid_figure(scene):
    figure = curves_figure(scene, str)
    valid(figure)
    text = to_json(figure)
    traces = [
        each for each in from_json_plotly(text)["data"] if each.get("showlegend") is not False
    ]
    assert len(traces) == len(scene.curves)
    for trace, curve in zip(traces, scene.curves, strict=True):
        assert len(trace["x"]) == len(trace["y"]) > 0
        assert trace["uid"] == str(curve.id)
    # JSON has no such numbers; base64 arrays do, and NaN there is a gap.
    json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} in the JSON"))


def _luminance(color):
    parts = np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(parts <= 0.03928, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("background", ["#FFFFFF", "#10151C"])
def test_every_colour_stands_out_in_both_themes(background):
    for color in COLORS:
        light, dark = sorted([_luminance(color), _luminance(background)], reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3, color


def test_curves_are_told_apart_by_colour_and_dash():
    assert len(set(COLORS)) == len(COLORS) == len(DASHES) == MOST_CURVES
    assert len(set(DASHES)) >= 6
