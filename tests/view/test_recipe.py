"""The form of a recipe: which numbers matter, and what is not trained with."""

from dataclasses import replace

import pytest

from lrviz.page import first_page
from lrviz.training.spec import Recipe
from lrviz.view.recipe import choices, difference, recipe_rows, refusal
from lrviz.view.subject import PLATEAU, RECIPE, schedule_of
from lrviz.view.typed import Typed


@pytest.mark.parametrize(
    ("recipe", "more"),
    [
        (Recipe(data="digits", model="linear", optimizer="Adam"), []),
        (
            Recipe(data="noisy-digits", model="one", optimizer="SGD"),
            ["units", "momentum", "redrawn"],
        ),
        (Recipe(data="digits", model="two", optimizer="Nesterov"), ["units", "momentum"]),
    ],
)
def test_the_numbers_that_matter(recipe, more):
    names = [row.field.name for row in recipe_rows(recipe)]
    assert names == ["batch_size", "epochs", "seed", *more]


def test_a_device_is_chosen_where_there_are_several_or_another_was():
    def fields(recipe, *devices):
        return [each.field for each in choices(recipe, devices)]

    assert fields(Recipe(), "CPU:0") == ["data", "model", "optimizer"]
    assert fields(Recipe(), "CPU:0", "GPU:0")[-1] == "device"
    (*_, gone) = choices(Recipe(device="GPU:7"), ["CPU:0"])
    assert list(gone.options) == ["", "CPU:0", "GPU:7"]


def test_a_refused_value_is_never_trained_with():
    page, typed = first_page(), Typed()
    assert refusal(page, typed) is None
    typed.accept(page, RECIPE, "epochs", "0")
    assert "correct the value in red" in str(refusal(page, typed))
    assert typed.focused == "recipe/epochs"
    typed.forget()
    # One of a form that is not on the page does not matter.
    typed.accept(page, PLATEAU, "factor", "7")
    assert refusal(page, typed) is None
    assert "in red" in str(refusal(replace(page, with_plateau=True), typed))


def test_a_refused_value_of_a_curve_that_is_trained_with_is_named():
    page, typed = first_page(), Typed()
    typed.accept(page, schedule_of(page.scene.curves[0]), "drop", "-1")
    # The selected one is trained with, and that is another.
    assert refusal(page, typed) is None
    typed.accept(page, schedule_of(page.scene.curve), "alpha", "2")
    assert str(refusal(page, typed)).startswith(
        "Nothing was trained: correct “CosineDecayRestarts” in Explore first. alpha must be"
    )


def test_a_run_of_another_length_than_explores_is_said():
    page = first_page()
    assert "This fit" in str(difference(page))
    same = replace(page, scene=page.scene.over(page.recipe.timeline))
    assert difference(same) is None
