"""The lens of cycles: the selected curve's cycles in a table."""

from dataclasses import dataclass

from lrviz.lenses.kind import Kind
from lrviz.scene import Scene
from lrviz.table import Table
from lrviz.text import Sentence, mark, number

#: At most so many rows are shown.
_ROWS = 50


@dataclass(frozen=True)
class CyclesLens(Kind):
    """The table of the selected curve's cycles: a text of the page, no view in the chart."""

    name = "cycles"
    title = mark("Cycles")

    def payload(self, scene: Scene) -> None:
        """Nothing is drawn."""

    def table(self, scene: Scene) -> Table | Sentence:
        """The cycles of the selected curve."""
        curve, timeline = scene.curve, scene.timeline
        every = curve.cycles(timeline)
        if not every:
            return Sentence("It does not restart: there are no cycles.")
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
