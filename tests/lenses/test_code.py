"""The lens of code without a page."""

from dataclasses import replace
from typing import get_args

from lrviz.export import FRAMEWORKS
from lrviz.lenses.code import CodeLens, FrameworkName
from lrviz.link import from_query, to_query
from lrviz.page import Page
from lrviz.scene import first_scene


def test_the_code_is_what_is_exported_of_the_selected_curve():
    assert get_args(FrameworkName) == tuple(FRAMEWORKS)
    scene = first_scene()
    for name, framework in FRAMEWORKS.items():
        lens = CodeLens().chosen(name)
        payload = lens.payload(scene)
        assert payload["code"] == framework.write(scene.curve, scene.timeline)
        assert str(payload["texts"]["label"]) == f"CosineDecayRestarts for {framework.title}"
        assert lens.remarks(scene) == [*framework.notes(scene.curve, scene.timeline)]
        assert (name, framework.title) in lens.choice.options
    other = replace(scene, selected=0)
    assert "CosineDecayRestarts" not in CodeLens().payload(other)["code"]


def test_its_framework_is_in_the_link():
    page = Page(replace(first_scene(), lens=CodeLens("torch").lens))
    query = dict(to_query(page))
    assert (query["lens.kind"], query["lens.framework"]) == ("code", "torch")
    assert from_query(to_query(page)) == (page, ())
