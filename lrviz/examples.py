"""Scenes to start from: the course note's, the SGDR paper's, and two that make one point."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lrviz.page import Page
from lrviz.scene import Curve, Scene, Timeline, first_scene, scene_of
from lrviz.schedules import CosineDecay, CosineDecayRestarts, StepDecay
from lrviz.text import mark
from lrviz.training.spec import Recipe


def _note(batch_size: int) -> Scene:
    return scene_of(
        Curve(StepDecay(0.1, 0.5, 5), per="epoch"),
        Curve(CosineDecay(0.001, 50, alpha=0.001)),
        Curve(CosineDecayRestarts(0.1, 10, t_mul=1.0, m_mul=0.9, alpha=0.0)),
        timeline=Timeline(samples=10, batch_size=batch_size, epochs=10),
        selected=2,
    )


def _sgdr() -> Scene:
    # CIFAR-10: 50,000 images in batches of 128 for 200 epochs. The paper gives T_0 in epochs, and
    # moves along the cosine with every batch.
    run = Timeline(samples=50_000, batch_size=128, epochs=200)
    variants = ((50, 1.0), (100, 1.0), (200, 1.0), (1, 2.0), (10, 2.0))
    curves = (
        Curve(
            CosineDecayRestarts(0.05, epochs * run.steps_per_epoch, t_mul=t_mul),
            label=f"T_0 = {epochs}, T_mult = {t_mul:g}",
        )
        for epochs, t_mul in variants
    )
    return replace(scene_of(*curves, timeline=run, selected=4), unit="epoch")


def _t_mul() -> Scene:
    return scene_of(
        *(
            Curve(CosineDecayRestarts(0.1, 100, t_mul=t_mul), label=f"t_mul = {t_mul:g}")
            for t_mul in (1.0, 1.5, 2.0)
        ),
        timeline=Timeline(samples=2240, batch_size=32, epochs=10),
        selected=2,
    )


def _m_mul() -> Scene:
    return scene_of(
        *(
            Curve(
                CosineDecayRestarts(0.1, 100, t_mul=1.0, m_mul=m_mul, alpha=alpha),
                label=f"m_mul = {m_mul:g}, alpha = {alpha:g}",
            )
            for m_mul, alpha in ((1.0, 0.0), (0.7, 0.0), (0.7, 0.3))
        ),
        timeline=Timeline(samples=1600, batch_size=32, epochs=10),
        selected=1,
    )


def _restarts() -> Scene:
    # Where restarts can be seen to matter: many of the labels are wrong, and the models at the
    # ends of the cycles are better together than the last one alone.
    return scene_of(
        Curve(CosineDecay(1.0, 1800)),
        Curve(CosineDecayRestarts(1.0, 450, t_mul=1.0)),
        timeline=Timeline(samples=1437, batch_size=32, epochs=40),
        selected=1,
    )


@dataclass(frozen=True)
class Example:
    """A scene to start from, and what its curves are to train, where there is data of its run."""

    scene: Scene
    recipe: Recipe | None = None

    def opened(self, page: Page) -> Page:
        """``page`` with this scene and what it is trained with; its reader stays where they are.

        The device stays the reader's choice, too.
        """
        recipe = page.recipe
        if self.recipe is not None:
            recipe = replace(self.recipe, device=recipe.device)
        return replace(page, scene=self.scene, recipe=recipe)


def _note_recipe(batch_size: int) -> Recipe:
    return Recipe(data="note", model="linear", batch_size=batch_size, epochs=10)


#: Each example by its title (English, translated where shown).
EXAMPLES: Mapping[str, Example] = {
    mark("Three schedules over one run"): Example(first_scene()),
    mark("The course note: batch 32, one step an epoch"): Example(_note(32), _note_recipe(32)),
    mark("The course note with batch 1: now it restarts"): Example(_note(1), _note_recipe(1)),
    mark("SGDR paper, figure 1: T_0 and T_mult"): Example(_sgdr()),
    mark("What t_mul does: longer and longer cycles"): Example(_t_mul()),
    mark("What m_mul does, and how alpha dilutes it"): Example(_m_mul()),
    mark("Restarts to train with: digits, some labels wrong"): Example(_restarts(), Recipe()),
}
