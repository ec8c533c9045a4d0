import csv
import io
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrviz.export import MOST_ROWS, csv_text, plain_cell, stride
from lrviz.scene import Curve, Timeline, first_scene, scene_of
from lrviz.schedules import Constant, CosineDecay


def _rows(scene):
    return list(csv.reader(io.StringIO(csv_text(scene))))


def test_every_step_of_every_shown_curve():
    scene = first_scene().toggle(1)
    head, *rows = _rows(scene)
    assert head == ["step", "epoch", "StepDecay", "CosineDecayRestarts"]
    assert len(rows) == 750
    assert stride(scene) == 1
    for place, curve in ((2, scene.curves[0]), (3, scene.curves[2])):
        written = [float(row[place]) for row in rows]
        np.testing.assert_array_equal(written, curve.rate(np.arange(750), scene.timeline))
    assert rows[76][:2] == ["76", "1"]


def test_a_long_run_is_bounded():
    scene = scene_of(Curve(CosineDecay(0.1, 10**9)), timeline=Timeline(total_steps=10**9))
    assert stride(scene) == 10**4
    _, *rows = _rows(scene)
    assert len(rows) == MOST_ROWS
    assert rows[1][0] == "10000"


def test_names_stay_different_and_are_no_formulas():
    curves = [Curve(Constant(0.1), label=label) for label in ("a", "a", "=1+1", "a")]
    head = _rows(scene_of(*curves, timeline=Timeline(total_steps=2)))[0]
    assert head[2:] == ["a", "a (2)", "'=1+1", "a (3)"]


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("＝1+1", "'＝1+1"),
        ("＠SUM(1)", "'＠SUM(1)"),
        ("a;=1+1", "a;'=1+1"),
        ("a,  -2", "a,'  -2"),
        ('|"+1', "|'\"+1"),
        ("t_mul = 2, m-mul", "t_mul = 2, m-mul"),
    ],
)
def test_formulas_behind_separators_and_in_full_width_are_none(name, cell):
    assert plain_cell(name) == cell


@given(st.text())
def test_no_spreadsheet_finds_a_formula_in_a_name(name):
    for part in re.split(r"[,;|\t]", plain_cell(name)):
        assert not part.lstrip(' \n\r"').startswith(tuple("=+-@＝＋－＠"))
