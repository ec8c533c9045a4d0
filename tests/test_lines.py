"""A line that is no curve needs one class and one entry; all that is drawn of it follows."""

import csv
import io
import json
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import parse_qsl

import numpy as np
import pytest

from lrviz.declared import Parameter
from lrviz.errors import InvalidFields
from lrviz.export import csv_text
from lrviz.export.keras import applied
from lrviz.figures import curves_figure, presented_figure
from lrviz.figures.fan import fan_bytes
from lrviz.figures.palette import COLORS
from lrviz.link import from_query, to_query, to_text
from lrviz.page import Page, first_page
from lrviz.scene import LINES, Curve, Line, Plateau, Scene, fields_of, first_scene
from lrviz.scene.insights import description, summary
from lrviz.scene.labels import relabelled
from lrviz.schedules import Constant
from tests.plotly import valid
from tests.view.steps import Curves

_LIST = Parameter(at_least=0.0, at_most=1e15)


@dataclass(frozen=True)
class Series(Line):
    """Rates that are known at some steps, with lines between them."""

    known: Annotated[tuple[int, ...], _LIST]
    rates: Annotated[tuple[float, ...], _LIST]

    def rate(self, step, timeline):
        return np.interp(step, self.known, self.rates, left=np.nan, right=np.nan)

    def steps(self, timeline, points=0):
        return np.array(self.known, float)


LOGGED = Series((0, 100, 749), (0.1, 0.3, 0.0), label="logged ~ 1")


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    monkeypatch.setitem(LINES, "Series", Series)


@pytest.fixture
def scene():
    return first_scene().add(LOGGED)


def test_it_is_added_with_an_id_and_a_colour_and_is_not_selected(scene):
    line = scene.lines[3]
    assert line == replace(LOGGED, id=3, color=3)
    assert (scene.curve, scene.curves) == (first_scene().curve, first_scene().lines)
    assert scene.shown == scene.lines
    # What it does not say itself is as of a line that counts steps and never restarts.
    timeline = scene.timeline
    assert (line.count(timeline), line.stride(timeline), line.over(timeline)) == (750, 1, line)
    assert (line.restarts(timeline), line.cycles(timeline), line.jumps) == (None, (), False)
    assert [field.name for field in Series.own()] == ["known", "rates"]
    assert (line.title, replace(line, label="").name) == ("Series", "Series")


def test_it_is_drawn_and_named(scene):
    figure = valid(curves_figure(scene, str))
    (line,) = (trace for trace in figure.data if trace.uid == "3")
    assert (line.name, line.line.color) == ("logged ~ 1", COLORS[3])
    np.testing.assert_array_equal(line.x, [0, 100, 749])
    np.testing.assert_array_equal(line.y, np.float32([0.1, 0.3, 0.0]))
    (hover,) = (trace for trace in figure.data if trace.uid == "hover-3")
    assert hover.y[50] == np.float32(0.2)
    # The axis has room for it, also where the selected curve follows a slider.
    assert figure.layout.yaxis.range[1] > 0.3
    head = fan_bytes(scene, fields_of(scene.curve)[0])
    assert json.loads(head[8 : 8 + int.from_bytes(head[:4], "little")])["range"][0][1] > 0.3
    names = [each["text"] for each in presented_figure(scene, str)["layout"]["annotations"]]
    assert "logged ~ 1" in names
    assert str(description(scene)[-1]).startswith("logged ~ 1: from 0.1 to 0")
    assert summary(scene.lines[3], scene.timeline).highest == 0.3


def test_it_is_in_the_list_where_it_is_hidden_moved_renamed_and_removed(scene):
    curves = Curves(Page(scene))
    entry = curves.list()["curves"][3]
    assert (entry["name"], entry["kind"], entry["css"]) == ("logged ~ 1", "Series", COLORS[3])
    assert (entry["shown"], entry["chosen"], entry["wrong"]) == (True, False, False)
    curves.edit("toggle", 3)
    assert not curves.scene.lines[3].shown
    assert len(_rows(curves.scene)[0]) == 5
    curves.edit("place", 3, "0")
    assert [line.id for line in curves.scene.lines] == [3, 0, 1, 2]
    assert curves.scene.curve == scene.curve
    # It has no controls: the curve beside it is selected.
    curves.edit("select", 3)
    assert curves.scene.curve.id == 0
    curves.edit("color", 3, "2")
    curves.edit("color", 3, "8")
    curves.edit("color", 3, "x")
    assert [line.color for line in curves.scene.lines] == [2, 0, 1, 2]
    curves.edit("label", 3, "mine")
    curves.edit("duplicate", 3)
    assert [line.name for line in curves.scene.lines if isinstance(line, Series)] == [
        "mine",
        "mine *",
    ]
    for _ in range(2):
        curves.edit("remove", 3)
        curves.edit("remove", 4)
    assert curves.scene.lines == first_scene().lines
    curves.session.undo()
    assert len(curves.scene.lines) == 4


def test_the_last_curve_stays_whatever_else_there_is(scene):
    for id in (0, 1, 2):
        scene = scene.remove(id)
    assert [line.id for line in scene.lines] == [2, 3]
    with pytest.raises(InvalidFields, match="at least one curve"):
        replace(scene, lines=scene.lines[1:])


def test_it_survives_a_link(scene):
    for place in range(4):
        page = Page(scene.move(3, place).toggle(3))
        assert from_query(parse_qsl(to_text(page), keep_blank_values=True)) == (page, ())
    texts = [text for name, text in to_query(Page(scene)) if name == "curve"]
    assert texts[3] == (
        "Series~color~3~shown~true~label~logged %7E 1~known~0,100,749~rates~0.1,0.3,0.0"
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Series~known~0,1", "rates is missing"),
        ("Series~known~x~rates~1", "“known” = “x” was not understood"),
        ("Series~known~0~rates~1~alpha~1", "“alpha” = “1” was not understood"),
    ],
)
def test_what_a_link_says_wrongly_of_it_is_said(text, problem):
    curve = next(text for name, text in to_query(first_page()) if name == "curve")
    page, (why,) = from_query([("curve", curve), ("curve", text)])
    assert problem in str(why)
    assert len(page.scene.lines) == 1


def test_a_link_without_a_curve_opens_the_first_scene():
    page, (why,) = from_query([("curve", "Series~known~0~rates~1")])
    assert page == first_page()
    assert str(why) == "A scene needs at least one curve."


def test_it_is_in_the_table(scene):
    head, *rows = _rows(scene)
    assert head[5] == "logged ~ 1"
    assert [float(rows[step][5]) for step in (0, 50, 100, 749)] == [0.1, 0.2, 0.3, 0.0]


def _rows(scene):
    return list(csv.reader(io.StringIO(csv_text(scene))))


def test_a_label_that_states_a_value_of_its_own_is_kept_true(scene):
    plateau = Plateau(patience=3, label="patience = 3")
    before = scene.add(plateau)
    after = before.with_line(4, patience=5)
    assert relabelled(before, after).lines[4].name == "patience = 5"


def test_a_plateau_is_a_line_that_has_no_rate_to_draw():
    curve = Curve(Constant(0.1))
    scene = Scene((curve, Plateau(id=1, color=7)), first_scene().timeline)
    figure = valid(curves_figure(scene, str))
    (line,) = (trace for trace in figure.data if trace.uid == "1")
    assert line.name == "ReduceLROnPlateau"
    assert np.isnan(line.y).all()
    page = Page(scene)
    assert from_query(to_query(page)) == (page, ())


def test_keras_is_not_told_how_to_apply_what_it_cannot():
    with pytest.raises(NotImplementedError):
        applied(LOGGED)
