"""What is shown beneath the chart: chosen, set, kept in the link; and a better curve, found."""

import json
import math

import pytest

from lrviz.examples import EXAMPLES
from lrviz.forecast import LAWS
from lrviz.lenses import KINDS, LossLens, PathLens
from lrviz.lenses.path.landscapes import LANDSCAPES
from lrviz.link import from_query, to_query
from lrviz.page import Page
from lrviz.scene import MOST_CURVES
from tests.app.steps import (
    curve,
    open_page,
    page_in,
    ran,
    rows_in,
    say,
    scene_in,
    sent_in,
    session_in,
    texts_in,
    type_into,
)

FORECAST = EXAMPLES["Forecast: cosine, WSD, and one that you tune"].scene


def _lens(app):
    (told,) = (each for each in sent_in(app) if "figure" in each)
    return json.loads(told["lens"]) if told["lens"] else None


def _linked(app):
    return from_query(to_query(page_in(app)))[0].scene.lens


def test_a_lens_is_chosen_and_is_in_the_link():
    app = open_page()
    assert _lens(app)["kind"] == "cycles"
    assert "| First step |" in texts_in(app)
    say(app, "curves", "lens", "path")
    assert _lens(app)["kind"] == "path"
    assert "| First step |" not in texts_in(app)
    assert {"lens/noise", "lens/momentum", "lens/seed"} <= rows_in(app).keys()
    type_into(app, "lens/noise", "0.25")
    say(app, "curves", "lens-choice", "basins")
    say(app, "curves", "lens-set", "start_x start_y", "0.5 -0.75")
    path = scene_in(app).lens.of(PathLens)
    assert path == PathLens("basins", 0.25, start_x=0.5, start_y=-0.75)
    assert _linked(app) == scene_in(app).lens
    say(app, "curves", "lens", "loss")
    assert "lens/noise" not in rows_in(app)
    assert scene_in(app).lens.of(PathLens).noise == 0.25
    # What is undone are the curves; how one looks at them stays.
    curve(app, "add", "Constant")
    curve(app, "undo")
    assert scene_in(app).lens.kind == "loss"


@pytest.mark.parametrize(
    ("act", "texts"),
    [
        ("lens", ("<script>",)),
        ("lens-choice", ("hill",)),
        ("lens-set", ("start_x", "nan")),
        ("lens-set", ("start_y", "1e99")),
        ("lens-set", ("hill", "1")),
        ("lens-press", ("",)),
    ],
)
def test_what_no_lens_knows_changes_nothing(act, texts):
    app = open_page([("lens.kind", "path")])
    before = scene_in(app)
    say(app, "curves", act, *texts)
    assert scene_in(app) == before


def test_a_landscape_has_a_start_of_its_own():
    assert (PathLens().start_x, PathLens().start_y) == LANDSCAPES["bowl"].start
    app = open_page([("lens.kind", "path")])
    for name, ground in LANDSCAPES.items():
        say(app, "curves", "lens-choice", name)
        lens = scene_in(app).lens.of(PathLens)
        assert (lens.start_x, lens.start_y) == ground.start
        told = _lens(app)
        assert told["settings"]["start_x"] == ground.start[0]
        assert any(ground.look_for in each for each in told["remarks"])


@pytest.mark.parametrize(
    ("example", "gain"),
    [
        ("Three schedules over one run", 1.0),
        ("nanoGPT: warm-up 2,000, cosine over 600,000", 200.0),
        ("BERT: warm-up 10,000, a line to 0", 1000.0),
    ],
)
def test_small_rates_are_made_visible_on_a_landscape(example, gain):
    """The power is written into the scene once: it does not jump while a slider moves."""
    app = open_page(to_query(Page(EXAMPLES[example].scene)))
    say(app, "curves", "lens", "path")
    assert scene_in(app).lens.of(PathLens).gain == gain
    if gain > 1:
        assert any("One move of the particles is" in each for each in _lens(app)["remarks"])


def test_what_the_law_was_never_tested_on_is_said_and_not_drawn():
    app = open_page([("lens.kind", "loss")])
    told = _lens(app)
    assert set(told["view"]["levels"].values()) == {"never"}
    assert any("was never tested at a peak of 0.1" in each for each in told["remarks"])
    assert told["button"] is None
    # The two sentences hold for all curves: each is said once.
    assert len(told["remarks"]) == 2


def test_a_better_curve_is_found_among_the_open_locks():
    app = open_page(to_query(Page(FORECAST)))
    told = _lens(app)
    assert set(told["view"]["levels"].values()) == {"tested"}
    assert told["button"]
    locked = {path for path, row in rows_in(app).items() if row.get("locked")}
    assert any(path.endswith("0.decay_steps") for path in locked)
    curve(app, "lock", "2.power")
    assert "2.power" in scene_in(app).lens.of(LossLens).locked
    say(app, "curves", "lens-press")
    scene = scene_in(app)
    assert len(scene.curves) == 4
    assert scene.curve.name == "WSD, yours, improved"
    before, after = (each.schedule for each in (FORECAST.curve, scene.curve))
    for path in scene.lens.of(LossLens).locked:
        assert after.value(path) == before.value(path)
    steps, law = scene.curve.steps(scene.timeline), scene.lens.of(LossLens).law
    ends = [law.end(steps, each.rate(steps, scene.timeline)) for each in scene.curves]
    assert min(ends) == ends[-1]
    assert all(math.isfinite(each) for each in ends)
    curve(app, "lock", "2.power")
    assert "2.power" not in scene_in(app).lens.of(LossLens).locked
    curve(app, "lock", "no.such.path")
    assert "no.such.path" not in scene_in(app).lens.of(LossLens).locked


def test_where_everything_is_locked_nothing_is_found():
    app = open_page(to_query(Page(FORECAST)))
    for path in ("boundaries.1", "2.decay_steps", "2.end_learning_rate", "2.power"):
        curve(app, "lock", path)
    say(app, "curves", "lens-press")
    assert len(scene_in(app).curves) == 3
    assert any("knows no better one" in each for each in _lens(app)["remarks"])
    # Of another curve nothing is known yet.
    curve(app, "select", 0)
    assert not any("knows no better one" in each for each in _lens(app)["remarks"])


def test_where_there_is_no_room_for_another_curve_none_is_looked_for():
    full = FORECAST
    while len(full.curves) < MOST_CURVES:
        full = full.add(FORECAST.curve)
    app = open_page(to_query(Page(full)))
    assert _lens(app)["button"] is None
    say(app, "curves", "lens-press")
    assert scene_in(app) == full


def test_the_models_of_a_lens_are_the_laws():
    app = open_page([("lens.kind", "loss")])
    names = []
    for model, title in _lens(app)["choice"]["options"]:
        say(app, "curves", "lens-choice", model)
        told, law = _lens(app), scene_in(app).lens.of(LossLens).law
        assert told["view"]["law"]["L0"] == law.L0
        # It tells the errors of what is shown: an end, and a difference of two.
        assert (told["view"]["law"]["end"], told["view"]["law"]["gap"]) == (
            law.errors.end,
            law.errors.gap,
        )
        assert f"off, and the difference of two up to {law.errors.gap}" in told["choice"]["help"]
        names.append(title)
    assert names == [law.name for law in LAWS]


def test_a_projector_and_a_teachers_lesson_show_it():
    lens = [("lens.kind", "path"), ("lens.landscape", "valley")]
    app = open_page([*lens, ("projector", "true")])
    assert _lens(app)["kind"] == "path"
    own = [*lens, ("tab", "learn"), ("lesson", "own")]
    assert len(_lens(open_page(own))["kinds"]) == len(KINDS)
    fixed = _lens(open_page([*own, ("hide", "lens")]))
    assert (fixed["kind"], fixed["kinds"], fixed["choice"]) == ("path", [], None)
    # Without a choice the table of cycles is no lens.
    table = [("tab", "learn"), ("lesson", "own"), ("hide", "lens")]
    assert _lens(open_page(table)) is None


def test_a_question_hides_its_lens_until_it_is_answered():
    app = open_page([("tab", "learn"), ("lesson", "decay")])
    assert _lens(app) is None
    session_in(app).study(revealed=True)
    ran(app.run())
    assert _lens(app)["view"]["ground"]["bowl"] == [1, 0, 4, 0]
