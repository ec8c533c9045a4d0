"""Every error that lrviz raises on purpose."""

from collections.abc import Mapping, Sequence
from typing import Any

from lrviz.text import Sentence


class LrvizError(Exception):
    """The root of lrviz's errors."""


class InvalidFields(LrvizError, ValueError):
    """Values that were refused: ``problems`` holds one sentence for each field at fault."""

    def __init__(self, problems: Mapping[str, Sentence]) -> None:
        super().__init__(" ".join(str(problem) for problem in problems.values()))
        self.problems = dict(problems)


class InvalidSchedule(InvalidFields):
    """Values that no schedule can have."""


class InvalidTimeline(InvalidFields):
    """Values that no training run can have."""


class InvalidFit(InvalidFields):
    """Values that no fit can have."""


class InvalidLimits(InvalidFields):
    """Limits for training, set in the environment, that cannot be used."""


class TrainingError(LrvizError):
    """Training is not possible, for the reason in ``sentence``."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class InvalidLink(LrvizError, ValueError):
    """A part of a link that was not understood; ``sentence`` says which."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class InvalidCode(LrvizError, ValueError):
    """Source code from which no curve, or only a part of one, could be read.

    Attributes:
        sentence: What is wrong, with its line and column.
        line: The line of what was not understood, from 1.
        column: Its column, from 1.
        curve: The curve as far as it was understood (:class:`lrviz.scene.Curve`); None: not at all.
        missing: The names of the numbers that the source does not give: ``base_rate``, or an
            argument's or a variable's; empty: something else is wrong.
    """

    def __init__(
        self,
        sentence: Sentence,
        *,
        line: int = 1,
        column: int = 1,
        curve: Any = None,
        missing: Sequence[str] = (),
    ) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.line = line
        self.column = column
        self.curve = curve
        self.missing = tuple(missing)
