"""Every error that lrviz raises on purpose."""

from collections.abc import Mapping

from lrviz.text import Sentence


class LrvizError(Exception):
    """The root of lrviz's errors."""


class InvalidFields(LrvizError, ValueError):
    """Values that were refused: ``problems`` holds one sentence for each field at fault."""

    def __init__(self, problems: Mapping[str, Sentence]) -> None:
        super().__init__(" ".join(str(problem) for problem in problems.values()))
        self.problems = dict(problems)


class InvalidSchedule(InvalidFields):
    """A schedule cannot be made of these values."""


class InvalidTimeline(InvalidFields):
    """A training run cannot be made of these values."""


class InvalidFit(InvalidFields):
    """A fit cannot be made of these values."""


class InvalidLimits(InvalidFields):
    """The limits that the environment sets for training make no sense."""


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
