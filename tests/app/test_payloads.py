"""What Python sends is what the browser's types say: one typedef for each payload."""

import gzip
import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

import lrviz.lenses
import lrviz.ui
from lrviz import page as made
from lrviz.examples import EXAMPLES
from lrviz.figures import Look
from lrviz.figures.curves import HOVER
from lrviz.figures.fan import fan_bytes
from lrviz.link import to_query
from lrviz.scene import fields_of, first_scene
from lrviz.training.holder import HOLDER
from lrviz.training.run import Run
from lrviz.training.spec import FitSpec, Recipe
from lrviz.ui.train import growing
from lrviz.view.subject import LENS, row_name
from tests.app.learn_steps import click, open_learn, send
from tests.app.steps import (
    chart_in,
    curves_in,
    open_page,
    page_in,
    ran,
    rows_in,
    sent_in,
    type_into,
    widget,
)

WIDGETS = Path(lrviz.ui.__file__).parent / "widgets"
LENSES = Path(lrviz.lenses.__file__).parent
VIEW_FILES = sorted(LENSES.rglob("payload.js"))
FILES = (*sorted(WIDGETS.rglob("payloads.js")), *VIEW_FILES)
TYPES = "".join(path.read_text("utf-8") for path in FILES)
TYPEDEFS = set(re.findall(r"@typedef {object} (\w+)\n", TYPES))
#: The typedef of what each kind of lens draws: PathPayload of path/payload.js.
VIEWS = {path.parent.name: f"{path.parent.name.capitalize()}Payload" for path in VIEW_FILES}
KINDS = {
    "string": str,
    "number": (int, float),
    "boolean": bool,
    "number[]": list,
    "string[]": list,
    "Shape": dict,
}


def _typedef(name):
    """The properties of a typedef, and the type that each has there."""
    body = re.search(rf"@typedef {{object}} {name}\n(.*?)\*/", TYPES, re.DOTALL)[1]
    return {each: kind for kind, each in re.findall(r"@property {(.+?)} (\w+)(?= |\n)", body)}


def _kind(kind):
    """The kind that a type has in JSON; None: any."""
    known = dict if kind.startswith("Record<") else KINDS.get(kind)
    known = list if kind.endswith("[]") else known
    return str if kind.startswith('"') else known


def _holds(name, payload):
    kinds = _typedef(name)
    assert set(payload) == set(kinds), name
    for each, kind in kinds.items():
        if _kind(kind) is not None:
            assert isinstance(payload[each], _kind(kind)), f"{name}.{each}"
        elif kind in TYPEDEFS:
            _holds(kind, payload[each])


def _sent(app, *names):
    """What the components that have these names in their data were sent."""
    sent = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    return [data for data in sent if set(names) <= set(data)]


def test_a_chart_and_its_sliders():
    app = open_page()
    (chart,) = _sent(app, "figure")
    _holds("ChartPayload", chart)
    assert set(json.loads(chart["figure"])) == {"data", "layout"}
    live = chart_in(app)
    _holds("LivePayload", live)
    for each in json.loads(chart["switches"]):
        _holds("SwitchPayload", each)
    panels = _sent(app, "rows")
    assert len(panels) == 2
    for panel in panels:
        _holds("PanelPayload", panel)
        for row in json.loads(panel["rows"]):
            _holds("RowPayload", row)
    assert {row["name"] for row in rows_in(app).values() if row["stops"]} == set(live["values"])
    curves = curves_in(app)
    _holds("CurvesPayload", curves)
    for each in curves["curves"]:
        _holds("CurveEntry", each)
    for each in curves["levels"]:
        _holds("LevelPayload", each)
        _holds("PartPayload", each["parts"][0])


@pytest.mark.parametrize(("lesson", "asks"), [("restart", True), ("m_mul", False)])
def test_a_question_on_a_chart(lesson, asks):
    app = open_page([("tab", "learn"), ("lesson", lesson)])
    (chart,) = _sent(app, "figure")
    _holds("ChartPayload", chart)
    extras = json.loads(chart["extras"])
    _holds("ExtrasPayload", extras)
    _holds("PlayPayload", extras["play"])
    assert (extras["marker"] is not None) is asks
    if asks:
        _holds("MarkerPayload", extras["marker"])


def test_news_of_a_room_and_the_projectors_keys():
    app = open_page([("tab", "learn"), ("lesson", "restart"), ("projector", "true")])
    (projector,) = _sent(app, "texts")
    _holds("ProjectorPayload", projector)
    _holds("ProjectorTexts", json.loads(projector["texts"]))
    (top,) = _sent(app, "place")
    _holds("TopPayload", top)
    app = open_page([("tab", "learn")])
    ran(widget(app.button, "open-room").click().run())
    (news,) = _sent(app, "who")
    _holds("NewsPayload", news)


def test_the_button_that_sends_an_answer():
    teacher = click(open_learn(), "open-room")
    click(teacher, "start-restart")
    student = open_learn(room=page_in(teacher).learner.room)
    (first,) = _sent(student, "sent")
    _holds("SendingPayload", first)
    assert (first["question"], first["value"], first["sent"]) == ("restart-0", None, None)
    send(student, "restart-0", 300.0)
    (then,) = _sent(ran(student.run()), "sent")
    _holds("SendingPayload", then)
    assert then["sent"] == 300.0
    # A parameter's name tells the browser where the answer is typed.
    click(click(teacher, "reveal-restart-0"), "next")
    (asked,) = _sent(ran(student.run()), "sent")
    assert (asked["question"], asked["field"], asked["sent"]) == ("restart-1", "t_mul", None)
    type_into(student, "curve-0-CosineDecayRestarts/t_mul", "nothing")
    (refused,) = _sent(student, "sent")
    assert refused["value"] is None


def test_the_button_that_shares():
    (told,) = (each for each in sent_in(open_page()) if "share" in each.get("texts", ""))
    _holds("SharePayload", told)


@pytest.mark.parametrize("kind", lrviz.lenses.KINDS)
def test_a_lens(kind):
    (chart,) = _sent(open_page([("lens.kind", kind)]), "figure")
    lens = json.loads(chart["lens"])
    _holds("LensPayload", lens)
    if lens["choice"]:
        _holds("LensChoice", lens["choice"])
    assert (lens["view"] is not None) is (kind in VIEWS)
    if kind in VIEWS:
        _holds(VIEWS[kind], lens["view"])


def test_the_button_of_a_lens():
    query = to_query(made.Page(EXAMPLES["Forecast: cosine, WSD, and one that you tune"].scene))
    (chart,) = _sent(open_page(query), "figure")
    _holds("LensButton", json.loads(chart["lens"])["button"])


def test_a_fan():
    scene = first_scene()
    fan = fan_bytes(scene, fields_of(scene.curve)[0])
    length = int.from_bytes(fan[:4], "little")
    _holds("FanHead", json.loads(fan[8 : 8 + length]))


def test_what_a_fit_has_told(monkeypatch):
    run = Run("abc", FitSpec(Recipe(data="moons"), (first_scene().curve,)))
    trainer = SimpleNamespace(find=lambda name: run, runs=lambda owner: [run])
    monkeypatch.setattr(HOLDER, "trainer", trainer)
    told = json.loads(gzip.decompress(growing._packed("abc", (), Look(), "en", "running.0")))
    _holds("GrownPayload", told)
    assert set(json.loads(told["figures"]["fit"])) == {"data", "layout"}


def test_names_that_both_sides_know():
    names = (WIDGETS / "live" / "names.js").read_text("utf-8")
    for name, text in {"HOVER": HOVER, "LENS": row_name(LENS, "")}.items():
        assert f'export const {name} = "{text}";' in names


def test_every_typedef_of_a_payload_is_held_to_python():
    """A typedef that no test above looks at would say what it likes."""
    looked_at = {
        *re.findall(r'_holds\("(\w+)"', Path(__file__).read_text("utf-8")),
        *VIEWS.values(),
    }
    looked_at |= {kind for name in looked_at for kind in _typedef(name).values()} & TYPEDEFS
    assert looked_at == TYPEDEFS
