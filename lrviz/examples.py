"""Scenes to start from: the course note's, the SGDR paper's, and others."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lrviz.lenses import LossLens
from lrviz.lenses.path import walked
from lrviz.page import Page
from lrviz.scene import Curve, Scene, Timeline, first_scene, scene_of
from lrviz.schedules import (
    WSD,
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    ExponentialDecay,
    InverseSqrt,
    Linear,
    OneCycle,
    PolynomialDecay,
    Schedule,
    Sequence,
    StepDecay,
)
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


def _steps(steps: int, schedule: Schedule) -> Scene:
    return scene_of(Curve(schedule), timeline=Timeline(total_steps=steps))


def _gpt3() -> Scene:
    # 175B: batches of 3.2M tokens; up in 375M of them, down to 10 % in 260B of 300B (Brown et al.
    # 2020).
    phases = (Linear(0.0, 6e-5, 117), CosineDecay(6e-5, 81_133, 0.1))
    return _steps(93_750, Sequence(phases, (117,)))


def _nanogpt() -> Scene:
    # train.py: warmup_iters 2000, lr_decay_iters 600000, min_lr 6e-5; it warms up by
    # (t + 1) / 2001.
    up = Linear(6e-4 / 2001, 6e-4, 2000)
    return _steps(600_000, Sequence((up, CosineDecay(6e-4, 598_000, 0.1)), (2000,)))


def _torchtitan() -> Scene:
    # llama3_8b: lr 3e-4, 1,000 steps of which 200 warm up by (t + 1) / 200; then a line to 0.
    phases = (Linear(3e-4 / 200, 3e-4, 199), Linear(3e-4, 0.0, 800))
    return _steps(1000, Sequence(phases, (200,)))


def _deepseek() -> Scene:
    # V3: 2,000 steps up to 2.2e-4, flat to 10T tokens of 14.8T, along a cosine to a tenth in 4.3T.
    phases = (Linear(0.0, 2.2e-4, 2000), Constant(2.2e-4), CosineDecay(2.2e-4, 29_000, 0.1))
    return _steps(100_000, Sequence(phases, (2000, 67_500)))


def _attention() -> Scene:
    # d_model 512, 4,000 steps of warm-up, 100,000 steps (Vaswani et al. 2017).
    peak = (512 * 4000) ** -0.5
    phases = (Linear(0.0, peak, 4000), InverseSqrt(peak, 4000))
    return _steps(100_000, Sequence(phases, (4000,)))


def _bert() -> Scene:
    phases = (Linear(0.0, 1e-4, 10_000), Linear(1e-4, 0.0, 990_000))
    return _steps(1_000_000, Sequence(phases, (10_000,)))


def _resnet() -> Scene:
    # ImageNet, batches of 256, 90 epochs; a tenth every 30 (He et al. 2016, as in torchvision).
    run = Timeline(samples=1_281_167, batch_size=256, epochs=90)
    return scene_of(Curve(StepDecay(0.1, 0.1, 30), per="epoch"), timeline=run)


def _forecast() -> Scene:
    # Luo et al. 2025: linspace(0, 3e-4, 2160), then what is compared, over 24,000 steps.
    peak, steps = 3e-4, 24_000
    up, flat = Linear(0.0, peak, 2159), Constant(peak)
    falls = (
        ("WSD", Sequence((up, flat, ExponentialDecay(peak, 4000, 0.1)), (2159, 20_000))),
        ("WSD, yours", Sequence((up, flat, PolynomialDecay(peak, 6000, 3e-5)), (2159, 18_000))),
    )
    cosine = Curve(Sequence((up, CosineDecay(peak, 21_840, 0.1)), (2160,)), label="cosine")
    scene = scene_of(
        cosine,
        *(Curve(schedule, label=label) for label, schedule in falls),
        timeline=Timeline(total_steps=steps),
        selected=2,
    )
    # The warm-up and the peak are the law's own.
    locked = (
        *(f"0.{name}" for name in ("initial_learning_rate", "end_learning_rate", "decay_steps")),
        "1.learning_rate",
        "2.initial_learning_rate",
        "boundaries.0",
    )
    return replace(scene, lens=LossLens(locked=locked).lens)


def _valley() -> Scene:
    # Wen et al. 2024, "Understanding Warmup-Stable-Decay Learning Rates: A River Valley ...".
    scene = scene_of(
        Curve(CosineDecay(0.1, 750)),
        Curve(WSD(0.1, 40, 600, 110, "linear")),
        Curve(Constant(0.02)),
        timeline=Timeline(total_steps=750),
        selected=1,
    )
    return walked(scene, "valley")


def _own() -> Scene:
    # The stream of a random teacher: 65,536 points in batches of 32, each seen once.
    return scene_of(
        Curve(Constant(0.5)),
        Curve(CosineDecay(0.5, 2048)),
        Curve(WSD(0.5, 100, 1500, 448, "linear")),
        Curve(CosineDecayRestarts(0.5, 512, t_mul=1.0)),
        timeline=Timeline(samples=65_536, batch_size=32, epochs=1),
        selected=2,
    )


@dataclass(frozen=True)
class Example:
    """A scene to start from; with a recipe to train its curves, where there is data of its run."""

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
    mark("GPT-3: warm-up and cosine to a tenth"): Example(_gpt3()),
    mark("nanoGPT: warm-up 2,000, cosine over 600,000"): Example(_nanogpt()),
    mark("torchtitan: warm-up 200, a line to 0"): Example(_torchtitan()),
    mark("DeepSeek-V3: warm-up, stable, decay"): Example(_deepseek()),
    mark("fastai: one cycle"): Example(
        _steps(1000, OneCycle(1e-3, 1000, 0.25, "cos", 25.0, 4000.0))
    ),
    mark("BERT: warm-up 10,000, a line to 0"): Example(_bert()),
    mark("Attention is all you need: the inverse square root"): Example(_attention()),
    mark("ResNet: a tenth every 30 epochs"): Example(_resnet()),
    mark("Forecast: cosine, WSD, and one that you tune"): Example(_forecast()),
    mark("A river valley: cosine, and warmup-stable-decay"): Example(_valley()),
    mark("Forecast your own model: a stream seen once"): Example(
        _own(), Recipe(data="stream", epochs=1, units=64)
    ),
    mark("Restarts to train with: digits, some labels wrong"): Example(_restarts(), Recipe()),
}
