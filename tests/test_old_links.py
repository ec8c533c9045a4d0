"""Links of the first wave."""

import json
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from lrviz.link import from_query
from lrviz.training.spec import Recipe

OLD = json.loads(Path(__file__).with_name("old_links.json").read_text("utf-8"))
#: What links of that day could not say, and what is so without it.
NEW = {"exponent": 1.0, "cycle_limit": None, "end_learning_rate": None}


@pytest.mark.parametrize("old", OLD, ids=lambda old: old["link"][:40])
def test_links_of_the_first_wave_open_as_they_did(old):
    """Each with what the page of that day made of it."""
    page, problems = from_query(parse_qsl(old["link"], keep_blank_values=True))
    scene, study, learner = page.scene, page.study, page.learner
    # What a run may have had since then is as it was without.
    new = {"gradient_accumulation_steps": "1", "devices": "1", "drop_last": "false"}
    assert scene.timeline.texts() == old["timeline"] | new
    for curve, known in zip(scene.curves, old["curves"], strict=True):
        assert type(curve.schedule).__name__ == known["schedule"]
        # What a schedule may say since then is as it was without.
        texts = curve.schedule.texts()
        assert {name: texts[name] for name in known["values"]} == known["values"]
        new = {name: curve.schedule.value(name) for name in texts.keys() - known["values"].keys()}
        assert new.items() <= NEW.items()
        for name in ("per", "label", "shown", "color"):
            assert getattr(curve, name) == known[name]
    assert [scene.selected, scene.unit, scene.scale] == [
        old[name] for name in ("selected", "unit", "scale")
    ]
    assert [page.language, page.tab, page.run] == [old[name] for name in ("language", "tab", "run")]
    assert {
        "lesson": study.lesson,
        "at": study.at,
        "answer": learner.answer,
        "shown": study.revealed,
        "done": list(learner.done),
        "room": learner.room,
        "projector": learner.projector,
        "hidden": list(study.hidden),
        "title": study.title,
        "words": study.words,
    } == old["study"]
    assert sorted(map(str, problems)) == sorted(old["problems"])
    # What they do not say is as it was: they say nothing of what is trained.
    assert (page.recipe, page.chosen) == (Recipe(), ())
