"""The forecast on the page: what it needs, what it is fitted to, its chart."""

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest

from lrviz.link import to_query
from lrviz.page import Page
from lrviz.training.holder import HOLDER
from tests.app.steps import open_page, ran, texts_in, widget
from tests.view.test_own_law import COSINE, EXAMPLE, FLAT, RECIPE, WSD, run_of


@pytest.fixture
def opened(monkeypatch):
    """Opens the Train tab of a reader who has trained these."""

    def open_(*runs, recipe=RECIPE, curves=EXAMPLE.scene.curves):
        trainer = SimpleNamespace(
            runs=lambda owner: list(runs),
            find=lambda name: next((run for run in runs if run.id == name), None),
            full=lambda owner: None,
            flaw=None,
            ahead=lambda run: 0,
            devices=["CPU:0"],
        )
        monkeypatch.setattr(HOLDER, "trainer", trainer)
        monkeypatch.setattr(HOLDER, "_begun", True)
        scene = replace(EXAMPLE.scene, lines=curves, selected=0)
        return open_page(to_query(Page(scene, tab="train", recipe=recipe)))

    return open_


def test_without_runs_nothing_is_said_and_with_one_what_is_needed(opened):
    assert not _speaks(opened())
    app = opened(run_of("a", COSINE))
    assert _speaks(app)
    assert "one flat and one that decays" in texts_in(app)


def test_the_reader_chooses_what_the_law_is_fitted_to(opened):
    app = opened(run_of("a", FLAT, COSINE), run_of("b", WSD))
    assert "fitted to 2 of your runs" in texts_in(app)
    assert "WSD was forecast to end at" in texts_in(app)
    figure = next(each for each in _figures(app) if "forecast" in each["layout"]["uirevision"])
    names = [trace["name"] for trace in figure["data"]]
    assert {"Constant, fitted", "Constant, measured", "WSD, forecast"} <= set(names)
    pills = widget(app.button_group, "law-of")
    ran(pills.set_value(["Constant", "CosineDecay", "WSD"]).run())
    assert "fitted to 3 of your runs" in texts_in(app)
    ran(pills.set_value(["WSD"]).run())
    assert "Choose two or more" in texts_in(app)


def _speaks(app):
    return "Forecast" in [each.value for each in app.subheader]


def _figures(app):
    told = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    return [json.loads(each["figure"]) for each in told if "figure" in each]
