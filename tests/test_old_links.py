"""Links of the first wave, and of the second."""

import json
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from lrviz.link import from_query, to_query
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


#: Written by the page when a curve had no id, and its colour was what identified it.
BY_COLOR = [
    (
        (
            "v=2&samples=2400&batch_size=32&epochs=10&total_steps=none&selected=2&unit=step&scale=l"
            "inear&language=en&tab=train&fit.curves=2,0"
            "&curve=StepDecay~initial_learning_rate~0.1~drop~0.5~drop_every~2~per~epoch~color~0~sho"
            "wn~true"
            "&curve=CosineDecay~initial_learning_rate~0.1~decay_steps~750~alpha~0.0~warmup_target~n"
            "one~warmup_steps~0~exponent~1.0~per~step~color~1~shown~true"
            "&curve=CosineDecayRestarts~initial_learning_rate~0.1~first_decay_steps~50~t_mul~2.0~m_"
            "mul~0.9~alpha~0.0~cycle_limit~none~per~step~color~2~shown~true"
        ),
        (2, 0),
        (0, 2),
    ),
    (
        (
            "v=2&samples=2400&batch_size=32&epochs=10&total_steps=none&selected=0&unit=step&scale=l"
            "inear&language=en&tab=train&fit.curves=3,2&fit.plateau=true"
            "&curve=OneCycle~max_lr~0.1~total_steps~750~pct_start~0.3~anneal_strategy~cos~div_facto"
            "r~25.0~final_div_factor~10000.0~per~step~color~3~shown~true~label~four"
            "&curve=CosineDecayRestarts~initial_learning_rate~0.1~first_decay_steps~50~t_mul~2.0~m_"
            "mul~0.9~alpha~0.0~cycle_limit~none~per~step~color~2~shown~true"
            "&curve=StepDecay~initial_learning_rate~0.1~drop~0.5~drop_every~2~per~epoch~color~0~sho"
            "wn~true"
            "&curve=Constant~learning_rate~0.05~per~step~color~1~shown~true~label~new"
        ),
        (0, 1),
        (0, 1),
    ),
]


@pytest.mark.parametrize(("link", "chosen", "trained"), BY_COLOR)
def test_ids_are_by_place_and_colours_that_were_chosen_are_of_the_same_curves(
    link, chosen, trained
):
    page, problems = from_query(parse_qsl(link, keep_blank_values=True))
    assert problems == ()
    curves = page.scene.curves
    assert [curve.id for curve in curves] == list(range(len(curves)))
    assert page.chosen == chosen
    assert page.trained[: len(trained)] == tuple(curves[place] for place in trained)
    assert len(page.trained) == len(trained) + page.with_plateau
    colors = [int(text.split("~")[0]) for text in link.split("~color~")[1:]]
    assert [curve.color for curve in curves] == colors
    # The address that the page writes now opens it again.
    assert from_query(to_query(page)) == (page, ())
