"""A scene in other forms, to and from: source code of frameworks, and CSV."""

from collections.abc import Callable, Mapping

from lrviz.export import keras, optax, timm, torch, transformers
from lrviz.export.framework import Framework
from lrviz.export.given import Reads
from lrviz.export.reading import Reading
from lrviz.export.table import MOST_ROWS, csv_text, plain_cell, stride
from lrviz.scene import Curve, Timeline


def _reader(*tables: Mapping[str, Reads]) -> Callable[..., Curve]:
    table = {name: reads for each in tables for name, reads in each.items()}

    def read_text(
        text: str,
        timeline: Timeline,
        base_rate: float | None = None,
        answers: Mapping[str, float] | None = None,
    ) -> Curve:
        """The curve that source code describes, over a run.

        Args:
            text: Python source: a call or some lines. It is read, never run.
            timeline: The run.
            base_rate: The optimizer's rate, where the text has none.
            answers: Numbers that the text does not tell, by their names.

        Raises:
            lrviz.errors.InvalidCode: Not all of it was understood, or numbers are missing.
        """
        return Reading(table, timeline, base_rate, answers or {}).curve(text)

    return read_text


#: Each framework by its name: how a curve is written and read there, and what it does otherwise.
FRAMEWORKS: Mapping[str, Framework] = {
    "keras": Framework("Keras 3", keras.write, _reader(keras.READS), keras.notes),
    "torch": Framework("PyTorch", torch.write, _reader(torch.READS), torch.notes),
    "optax": Framework("optax", optax.write, _reader(optax.READS), optax.notes),
    "transformers": Framework(
        "transformers",
        transformers.write,
        _reader(transformers.READS, torch.READS),
        transformers.notes,
    ),
}
#: The same, of whichever framework the text is of; timm's is read, too.
read = _reader(keras.READS, torch.READS, optax.READS, transformers.READS, timm.READS)

__all__ = ["FRAMEWORKS", "MOST_ROWS", "Framework", "csv_text", "plain_cell", "read", "stride"]
