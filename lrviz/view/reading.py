"""What the selected curve really does, in sentences, in a table and as a formula."""

from dataclasses import dataclass

from lrviz.lenses import shown
from lrviz.scene import Scene
from lrviz.scene.remarks import remarks
from lrviz.table import Table
from lrviz.text import Sentence, Translate
from lrviz.view.markdown import escaped

_REFUSED = Sentence("This curve is drawn with its last valid values.")


@dataclass(frozen=True)
class Reading:
    """What there is to read of a curve.

    Attributes:
        refused: Whether a value was refused, so that the curve is drawn with its last valid ones.
        remarks: What may surprise.
        table: The table of the lens beneath the chart; None: there is none.
        formula: LaTeX, with its symbols and with its values.
    """

    refused: bool = False
    remarks: tuple[Sentence, ...] = ()
    table: Table | Sentence | None = None
    formula: tuple[str, ...] = ()

    def markdown(self, translate: Translate) -> str:
        """All of it as Markdown; empty: nothing."""
        paragraphs = []
        if self.refused:
            paragraphs.append(f":red[{escaped(_REFUSED.translated(translate))}]")
        for each in self.remarks:
            paragraphs.append(f":material/lightbulb: {escaped(each.translated(translate))}")
        if isinstance(self.table, Table):
            paragraphs.append(self.table.markdown(translate))
        elif self.table is not None:
            paragraphs.append(self.table.translated(translate))
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
        table: the lens's table,
        formula: its formula.
    """
    curve = scene.curve
    return Reading(
        refused=surprises and refused,
        remarks=remarks(curve, scene.timeline) if surprises else (),
        table=shown(scene).table(scene) if table else None,
        formula=tuple(curve.schedule.latex()) if formula else (),
    )
