"""What the selected curve really does, in sentences, in a table and as a formula."""

from dataclasses import dataclass

from lrviz.scene import Scene
from lrviz.scene.remarks import remarks
from lrviz.text import Sentence, Translate, number
from lrviz.view.markdown import escaped
from lrviz.view.table import Table

#: At most so many rows of the cycle table.
_ROWS = 50
_REFUSED = Sentence("This curve is drawn with its last valid values.")
_NO_CYCLES = Sentence("It does not restart: there are no cycles.")


@dataclass(frozen=True)
class Reading:
    """What there is to read of a curve.

    Attributes:
        refused: Whether a value was refused, so that the curve is drawn with its last valid ones.
        remarks: What may surprise.
        cycles: Its cycles; None: they are not shown.
        formula: LaTeX, with its symbols and with its values.
    """

    refused: bool = False
    remarks: tuple[Sentence, ...] = ()
    cycles: Table | Sentence | None = None
    formula: tuple[str, ...] = ()

    def markdown(self, translate: Translate) -> str:
        """All of it as Markdown; empty: nothing."""
        paragraphs = []
        if self.refused:
            paragraphs.append(f":red[{escaped(_REFUSED.translated(translate))}]")
        for each in self.remarks:
            paragraphs.append(f":material/lightbulb: {escaped(each.translated(translate))}")
        if isinstance(self.cycles, Table):
            paragraphs.append(self.cycles.markdown(translate))
        elif self.cycles is not None:
            paragraphs.append(self.cycles.translated(translate))
        paragraphs += [f"$$\n{each}\n$$" for each in self.formula]
        return "\n\n".join(paragraphs)


def reading(
    scene: Scene,
    *,
    refused: bool = False,
    surprises: bool = True,
    table: bool = True,
    formula: bool = True,
) -> Reading:
    """What there is to read of the selected curve of ``scene``.

    Args:
        scene: The scene.
        refused: Whether a value of that curve was refused.
        surprises: Whether what may surprise is wanted,
        table: its cycles,
        formula: its formula.
    """
    curve = scene.curve
    return Reading(
        refused=surprises and refused,
        remarks=remarks(curve, scene.timeline) if surprises else (),
        cycles=_cycles(scene) if table and scene.lens.kind == "cycles" else None,
        formula=tuple(curve.schedule.latex()) if formula else (),
    )


def _cycles(scene: Scene) -> Table | Sentence:
    """The cycles of the selected curve."""
    curve, timeline = scene.curve, scene.timeline
    every = curve.cycles(timeline)
    if not every:
        return _NO_CYCLES
    stride = curve.stride(timeline)
    rows = []
    for cycle in every[:_ROWS]:
        first = cycle.start * stride
        rows.append(
            (
                f"{cycle.index}",
                f"{first:,}",
                number(first / timeline.steps_per_epoch),
                f"{cycle.length:,.6g}",
                number(cycle.peak),
                number(cycle.trough),
            )
        )
    unit = Sentence("steps") if curve.per == "step" else Sentence("epochs")
    note = None
    if len(every) > _ROWS:
        note = Sentence("The first {shown} cycles of the run.", {"shown": _ROWS})
    return Table(
        (
            Sentence("Cycle"),
            Sentence("First step"),
            Sentence("Epoch"),
            Sentence("Length ({unit})", {"unit": unit}),
            Sentence("Peak"),
            Sentence("Trough"),
        ),
        tuple(rows),
        note=note,
    )
