"""How a payload leaves: texts in the reader's language, the rest as JSON."""

import json

from lrviz.locale import translator
from lrviz.scene import first_scene
from lrviz.text import Sentence, counted, paragraph
from lrviz.view.chart import Drawing, Marker, Switch, axes
from lrviz.view.live import live_payload
from lrviz.view.payload import component_data, to_json

KOREAN = translator("ko")


def test_sentences_are_translated_wherever_they_are():
    value = {"one": Sentence("Undo"), "more": [("a", Sentence("Redo"))], "plain": "Undo"}
    assert json.loads(to_json(value, KOREAN)) == {
        "one": "되돌리기",
        "more": [["a", "다시 실행"]],
        "plain": "Undo",
    }


def test_a_component_gets_texts_and_numbers():
    payload = {"text": Sentence("Undo"), "count": 3, "none": None, "rows": [Sentence("Redo")]}
    data = component_data(payload, KOREAN)
    assert json.loads(data.pop("rows")) == ["다시 실행"]
    assert data == {"text": "되돌리기", "count": 3, "none": None}


def test_without_values_the_browsers_places_stay():
    assert Sentence("step {step}, epoch {epoch}").translated(str) == "step {step}, epoch {epoch}"
    assert "{step}" in Sentence("step {step}, epoch {epoch}").translated(KOREAN)


def test_a_paragraph_is_its_sentences_in_their_order():
    steps = counted("{count} step", "{count} steps", 2)
    assert str(paragraph(steps, "75", Sentence("none"))) == "2 steps 75 none"
    assert paragraph(Sentence("Undo"), Sentence("Redo")).translated(KOREAN) == "되돌리기 다시 실행"


def _marker():
    return Marker(
        id="a-0",
        axis="x",
        value=0.0,
        low=0.0,
        high=9.0,
        step=1.0,
        whole=True,
        label=Sentence("Your answer: a step"),
        text=Sentence("step {number}", {"number": "{value}"}),
        arrows=(Sentence("A little less"), Sentence("A little more")),
    )


def test_a_marker_keeps_the_place_of_its_value():
    payload = Drawing({}, (), marker=_marker(), play=True).payload("lesson")
    extras = json.loads(to_json(payload["extras"], KOREAN))
    assert "{value}" in extras["marker"]["text"]
    assert "{value}" in extras["play"]["step"]
    assert Drawing({}, ()).payload("lesson")["extras"] == ""


def test_a_switch_takes_what_it_offers():
    taken = []
    drawing = Drawing({}, (), switches=axes(first_scene()))
    acts = drawing.checked({"scale": lambda *texts: taken.append(texts), "other": taken.append})
    acts["scale"]("log", "")
    acts["scale"]("cubic", "")
    assert taken == [("log", "")]
    assert set(acts) == {"scale", "other"}
    (scale, unit) = drawing.switches
    assert (scale.value, unit.value) == ("linear", "step")
    assert Switch("a", Sentence("Undo"), {"x": "X"}, "x").payload["options"] == [("x", "X")]


def test_a_chart_that_follows_knows_what_was_taken_and_who_asks():
    live = live_payload(first_scene(), asker="me", taken=7)
    assert live["taken"] == 7
    assert live["fan"].endswith("asker=me")
    assert "m_mul" not in live["between"]
    scene = first_scene()
    scene = scene.with_schedule(scene.curve.schedule.with_values({"m_mul": 0.123}))
    # What was typed has a stop of its own.
    assert "m_mul" in live_payload(scene, asker="me", taken=7)["between"]
