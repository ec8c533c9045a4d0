"""The kinds of lens without a page: what each states of a scene."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

import lrviz.lenses
from lrviz.examples import EXAMPLES
from lrviz.lenses import KINDS, CyclesLens, LossLens, PathLens, shown
from lrviz.lenses.path.landscapes import LANDSCAPES
from lrviz.link import from_query
from lrviz.scene import MOST_CURVES, Curve, Lens, Scene, first_scene
from lrviz.schedules import Constant
from lrviz.text import Sentence

FORECAST = EXAMPLES["Forecast: cosine, WSD, and one that you tune"].scene


def _english(text):
    return text


def test_a_kind_is_its_folder():
    folder = Path(lrviz.lenses.__file__).parent
    folders = {path.parent.name for path in folder.glob("*/__init__.py")}
    assert set(KINDS) == folders
    for name, kind in KINDS.items():
        drawn = kind().payload(first_scene()) is not None
        assert (folder / name / f"{name}.js").exists() is drawn
        assert (folder / name / "payload.js").exists() is drawn


def test_fields_of_all_kinds_stand_beside_one_another_in_a_link():
    counts = Counter(field.name for kind in KINDS.values() for field in kind.declared())
    assert [name for name, count in counts.items() if count > 1] == []
    assert "kind" not in counts


def test_a_scene_keeps_the_settings_of_all_kinds():
    lens = Lens().with_settings(PathLens(seed=3)).with_settings(LossLens("25M"))
    assert lens.kind == "cycles"
    assert lens.of(PathLens).seed == 3
    assert replace(lens, kind="loss").of(PathLens).seed == 3
    # The order in which they were set is no matter, and the default is none.
    assert lens == Lens(settings=(LossLens("25M"), PathLens(seed=5), PathLens(seed=3)))
    assert lens.with_settings(PathLens()) == Lens(settings=(LossLens("25M"),))
    assert Lens(settings=(PathLens(), LossLens())) == Lens()
    assert shown(replace(first_scene(), lens=lens)) == CyclesLens()


def test_a_link_names_a_kind_that_there_is():
    page, problems = from_query([("lens.kind", "telescope"), ("lens.noise", "0.5")])
    assert page.scene.lens == Lens(settings=(PathLens(noise=0.5),))
    assert [str(each) for each in problems] == ["“lens.kind” = “telescope” was not understood."]


def test_a_path_says_what_its_landscape_is_for_and_how_long_a_move_is():
    scene = first_scene()
    path = PathLens().on("cliff")
    assert (path.start_x, path.start_y) == LANDSCAPES["cliff"].start
    assert path.chosen("valley") == path.on("valley")
    assert path.remarks(scene) == [Sentence(LANDSCAPES["cliff"].look_for)]
    longer = scene.over(replace(scene.timeline, total_steps=7500))
    assert "is 10 steps of the run" in str(path.remarks(longer)[1])
    assert path.table(scene) is None
    assert path.button(scene) is None
    assert path.press(scene, _english) is scene
    assert path.locks(scene) == {}
    assert path.with_lock("decay_steps") is path


@pytest.mark.parametrize(("rate", "gain"), [(0.1, 1.0), (0.03, 1.0), (6e-4, 200.0), (1e-30, 1e6)])
def test_a_path_is_opened_with_a_gain_that_shows_something(rate, gain):
    scene = Scene((Curve(Constant(rate)),), first_scene().timeline)
    assert PathLens(seed=4).opened(scene) == PathLens(seed=4, gain=gain)
    hidden = scene.with_line(scene.curve.id, shown=False)
    assert PathLens().opened(hidden).gain == 1.0


def test_cycles_are_no_view_and_have_nothing_to_choose():
    scene, cycles = first_scene(), CyclesLens()
    assert cycles.payload(scene) is None
    assert cycles.remarks(scene) == []
    assert cycles.choice is None
    assert cycles.chosen("25M") is cycles
    assert cycles.opened(scene) is cycles


def test_a_loss_is_improved_or_the_law_says_why_not():
    loss = FORECAST.lens.of(LossLens)
    better = loss.press(FORECAST, _english)
    assert better.curve.name == "WSD, yours, improved"
    assert len(better.curves) == 4
    every = replace(loss, locked=tuple(loss.locks(FORECAST)))
    assert all(every.locks(FORECAST).values())
    message = every.press(FORECAST, _english)
    assert str(message) == "WSD, yours: the law knows no better one with these open locks."


def test_a_loss_has_a_button_where_the_law_says_something_and_there_is_room():
    loss = FORECAST.lens.of(LossLens)
    assert loss.button(FORECAST) is not None
    assert loss.button(first_scene()) is None
    assert loss.button(FORECAST.with_line(FORECAST.curve.id, shown=False)) is None
    full = FORECAST
    while len(full.lines) < MOST_CURVES:
        full = full.add(FORECAST.curve)
    assert loss.button(full) is None


def test_what_holds_for_all_curves_is_said_once():
    remarks = [str(each) for each in LossLens().remarks(first_scene())]
    assert len(remarks) == len(set(remarks)) == 2
    other = FORECAST.with_line(0, schedule=Constant(1e-3))
    named = [str(each) for each in LossLens().remarks(other)]
    assert named
    assert all(each.startswith(f"{other.curves[0].name}: ") for each in named)
