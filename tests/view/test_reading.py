"""What there is to read of a curve: remarks, cycles, formula."""

import pytest

from lrviz.locale import translator
from lrviz.scene import Curve, Lens, Timeline, first_scene, scene_of
from lrviz.schedules import CosineDecay, CosineDecayRestarts
from lrviz.table import Table
from lrviz.text import Sentence
from lrviz.view.reading import reading


def _scene(schedule, steps=750):
    return scene_of(Curve(schedule), timeline=Timeline(total_steps=steps))


def test_the_cycles_are_a_table():
    text = reading(first_scene()).markdown(str)
    assert "| Cycle | First step | Epoch | Length (steps) | Peak | Trough |" in text
    assert "| --: | --: | --: | --: | --: | --: |" in text
    assert text.count("\n| ") == 1 + 4
    assert "길이 (스텝)" in reading(first_scene()).markdown(translator("ko"))


def test_a_curve_that_never_restarts_has_no_cycles():
    assert "there are no cycles" in reading(_scene(CosineDecay(0.1, 750))).markdown(str)


def test_of_many_cycles_the_first_are_shown():
    many = _scene(CosineDecayRestarts(0.1, 5, t_mul=1.0))
    text = reading(many).markdown(str)
    assert "The first 50 cycles of the run." in text
    assert text.count("\n| ") == 51


def test_another_lens_takes_the_place_of_the_cycles():
    scene = first_scene()
    other = scene.__class__(**vars(scene) | {"lens": Lens(kind="path")})
    assert reading(other).table is None


@pytest.mark.parametrize("part", ["surprises", "table", "formula"])
def test_a_part_can_be_left_out(part):
    parts = {"surprises": "drawn with", "table": "First step", "formula": "$$"}
    whole = reading(first_scene(), refused=True).markdown(str)
    rest = reading(first_scene(), refused=True, **{part: False}).markdown(str)
    assert all(each in whole for each in parts.values())
    assert [name for name, each in parts.items() if each not in rest] == [part]


def test_nothing_is_no_text():
    nothing = reading(first_scene(), surprises=False, table=False, formula=False)
    assert nothing.markdown(str) == ""


def test_a_remark_is_no_markdown():
    remark = reading(_scene(CosineDecay(0.1, 5000))).markdown(str)
    assert ":material/lightbulb: The run ends before the decay does\\: 750 of 5,000" in remark


def test_a_table_of_texts_and_numbers():
    table = Table(
        (Sentence("Run"), Sentence("State")), (("1", Sentence("done")),), (1,), Sentence("Right.")
    )
    assert table.markdown(str) == "| Run | State |\n| --: | :-- |\n| 1 | done |\n\nRight."
