"""A table, in Markdown."""

from dataclasses import dataclass

from lrviz.text import Sentence, Translate


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        head: The label of each column.
        rows: The cells of each row, in Markdown.
        texts: Which columns hold texts; the others hold numbers.
        note: What stands beneath it; None: nothing.
    """

    head: tuple[Sentence, ...]
    rows: tuple[tuple[Sentence | str, ...], ...]
    texts: tuple[int, ...] = ()
    note: Sentence | None = None

    def markdown(self, translate: Translate) -> str:
        """The table as Markdown."""
        marks = [":--" if place in self.texts else "--:" for place in range(len(self.head))]
        rows: list[tuple[Sentence | str, ...]] = [self.head, (*marks,), *self.rows]
        lines = [
            [each if isinstance(each, str) else each.translated(translate) for each in line]
            for line in rows
        ]
        table = "\n".join("| " + " | ".join(line) + " |" for line in lines)
        return table if self.note is None else f"{table}\n\n{self.note.translated(translate)}"
