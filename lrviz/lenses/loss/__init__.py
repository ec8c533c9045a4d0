"""The lens of losses: what a published law forecasts for the curves."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Literal, Self, get_args

from lrviz.declared import Parameter
from lrviz.forecast import LAWS, MultiPowerLaw
from lrviz.forecast.improve import improve
from lrviz.forecast.reach import Reach, reach
from lrviz.lenses.kind import Button, Choice, Kind
from lrviz.once import once
from lrviz.scene import MOST_CURVES, Curve, Scene, Timeline, clean_label, fields_of
from lrviz.text import Sentence, Translate, mark

#: What a loss is forecast by: the published law for a model of so many parameters.
Model = Literal["25M", "100M", "400M"]
#: So many fields may be locked.
_MOST_LOCKED = 60
_CONSTANTS = ("L0", "A", "alpha", "B", "C", "beta", "gamma")


@dataclass(frozen=True)
class LossLens(Kind):
    """The losses that a law forecasts, with its error.

    Attributes:
        model: Whose law forecasts the loss.
        locked: The fields that stay as they are when a better curve is looked for.
    """

    name = "loss"
    title = mark("Loss")

    model: Annotated[
        Model,
        Parameter(help=mark("Whose published law forecasts the loss."), symbol=r"\text{model}"),
    ] = "100M"
    locked: Annotated[
        tuple[str, ...],
        Parameter(pattern=r"[a-z0-9][a-zA-Z0-9_.]{0,63}", least_items=0, most_items=_MOST_LOCKED),
    ] = ()

    @property
    def law(self) -> MultiPowerLaw:
        """The law that forecasts the losses."""
        return next(law for law in LAWS if law.name.endswith(self.model))

    @property
    def choice(self) -> Choice:
        """The models whose laws were published."""
        law = self.law
        errors: dict[str, object] = {
            "source": law.source,
            "end": float(f"{100 * law.errors.end:.2g}"),
            "gap": law.errors.gap,
        }
        return Choice(
            "model",
            Sentence("Model"),
            Sentence(
                "{source}. Where runs were trained, their ends were forecast up to {end} % off, "
                "and the difference of two up to {gap}: the law's errors here.",
                errors,
            ),
            tuple((model, law.name) for model, law in zip(get_args(Model), LAWS, strict=True)),
            self.model,
        )

    def payload(self, scene: Scene) -> Mapping[str, object]:
        """The law, and how far it reaches for each of the shown curves."""
        return {
            "law": law_payload(self.law),
            "levels": {str(id): each.level for id, each in self._reaches(scene).items()},
            "texts": {
                "axis": Sentence("loss, forecast"),
                "nothing": Sentence(
                    "The law says nothing here. An example with runs that it was fitted to is in "
                    "the menu above: “Forecast: cosine, WSD, and one that you tune”."
                ),
                "best": Sentence(
                    "The first is best by {gap}; such differences were off by up to {error}."
                ),
                "tied": Sentence(
                    "The law cannot rank the first two: such differences were off by up to {error}."
                ),
                "untested": Sentence(
                    "The law cannot rank the first two: it was never tested on such curves."
                ),
            },
        }

    def remarks(self, scene: Scene) -> list[Sentence]:
        """How the curves differ from those that the law was tested on."""
        reaches = self._reaches(scene)
        names: dict[Sentence, list[str]] = {}
        for line in scene.distinct.shown:
            for why in reaches[line.id].why:
                names.setdefault(why, []).append(line.name)
        # What holds for all curves is said once, without their names.
        return [
            why
            if len(each) == len(scene.shown)
            else Sentence("{name}: {why}", {"name": ", ".join(each), "why": why})
            for why, each in names.items()
        ]

    def button(self, scene: Scene) -> Button | None:
        """To add a better curve than the selected one, where the law can rank it."""
        curve = scene.curve
        ranked = reach(curve, scene.timeline, self.law.setting).level != "never"
        if not (curve.shown and ranked and len(scene.lines) < MOST_CURVES):
            return None
        return Button(
            Sentence("Improve this curve"),
            Sentence(
                "Moves the parameters with an open lock to the lowest forecast loss at the run's "
                "end."
            ),
        )

    def press(self, scene: Scene, translate: Translate) -> Scene | Sentence:
        """Add the best curve that the law finds near the selected one, if there is a better one."""
        curve = scene.curve
        better = _better(curve, scene.timeline, self.law, self.locked)
        if better is None:
            return Sentence(
                "{name}: the law knows no better one with these open locks.",
                {"name": scene.distinct.curve.name},
            )
        label = clean_label(translate("{name}, improved").format(name=curve.name))
        return scene.add(replace(better, label=label, shares=()))

    def locks(self, scene: Scene) -> Mapping[str, bool]:
        """A lock on each field that can be moved for a better loss."""
        return {field.path: field.path in self.locked for field in fields_of(scene.curve)}

    def with_lock(self, path: str) -> Self:
        """The same with the lock of that field opened or closed."""
        others = tuple(each for each in self.locked if each != path)
        locked = others if path in self.locked else (*others, path)[-_MOST_LOCKED:]
        return replace(self, locked=locked)

    def _reaches(self, scene: Scene) -> dict[int, Reach]:
        timeline, setting = scene.timeline, self.law.setting
        return {line.id: reach(line, timeline, setting) for line in scene.shown}


def law_payload(law: MultiPowerLaw) -> dict[str, float]:
    """The constants of a law and its errors, as ``law.js`` takes them."""
    constants = {name: value for name, value in asdict(law).items() if name in _CONSTANTS}
    return constants | {"end": law.errors.end, "gap": law.errors.gap}


@once(most=64)
def _better(
    curve: Curve, timeline: Timeline, law: MultiPowerLaw, locked: tuple[str, ...]
) -> Curve | None:
    """Computed once for all of a class who ask for the same."""
    return improve(curve, timeline, law, locked)
