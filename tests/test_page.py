from dataclasses import replace

import pytest

from lrviz.errors import InvalidFields
from lrviz.examples import EXAMPLES
from lrviz.learn.study import Learner, Study
from lrviz.page import Page, first_page
from lrviz.scene import MOST_CURVES, Curve, Plateau, Timeline, scene_of
from lrviz.schedules import Constant


def test_what_is_trained_is_what_was_chosen_or_the_selected_curve():
    page = first_page()
    curves = page.scene.curves
    assert page.trained == (page.scene.curve,)
    assert replace(page, chosen=(2, 0)).trained == (curves[0], curves[2])
    # A curve that is gone was chosen once.
    assert replace(page, chosen=(7,)).trained == (page.scene.curve,)


def test_a_plateau_is_trained_beside_them_in_a_colour_of_its_own():
    page = replace(first_page(), with_plateau=True)
    (plateau,) = page.trained
    assert isinstance(plateau, Plateau)
    assert plateau.color == 7
    first, plateau = replace(page, chosen=(0,)).trained
    assert (first.color, plateau.color) == (0, 7)
    assert (first.id, plateau.id) == (0, 3)
    full = scene_of(*(Curve(Constant(0.1)) for _ in range(MOST_CURVES)), timeline=Timeline())
    (plateau,) = Page(full, with_plateau=True).trained
    assert (plateau.id, plateau.color) == (MOST_CURVES, MOST_CURVES - 1)


def test_an_example_changes_the_picture_and_never_the_readers_place():
    reader = replace(
        first_page(),
        language="ko",
        tab="train",
        run="abc",
        study=Study("restart", 1),
        learner=Learner(room="K7M2QX"),
    )
    reader = replace(reader, recipe=replace(reader.recipe, device="GPU:0", epochs=3))
    for title, example in EXAMPLES.items():
        opened = example.opened(reader)
        assert opened.scene == example.scene, title
        assert replace(opened, scene=reader.scene, recipe=reader.recipe) == reader
        # The device stays the reader's choice; without a recipe of its own all of it stays.
        assert opened.recipe.device == "GPU:0"
        assert (opened.recipe == reader.recipe) == (example.recipe is None)


@pytest.mark.parametrize(
    "values",
    [
        {"language": "fr"},
        {"tab": 3},
        {"run": "a b"},
        {"chosen": (100,)},
        {"chosen": ("x",)},
        {"with_plateau": 1},
    ],
)
def test_what_a_page_cannot_hold_is_refused(values):
    with pytest.raises(InvalidFields):
        replace(first_page(), **values)


def test_an_empty_list_where_a_list_may_be_empty():
    chosen = next(each for each in Page.declared() if each.path == "chosen")
    assert chosen.parse("") == ()
    assert chosen.text(()) == ""


def test_what_is_no_part_is_as_usual_where_a_text_says_nothing_of_it():
    assert Plateau.from_text({"factor": "0.25"}) == Plateau(factor=0.25)
