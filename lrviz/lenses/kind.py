"""What a kind of lens states: its settings, and what it shows of a scene."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from lrviz.declared import Declared, Field
from lrviz.scene import Lens, Scene
from lrviz.table import Table
from lrviz.text import Sentence, Translate


@dataclass(frozen=True)
class Choice:
    """The menu above a lens: one of its fields, with a title for each choice.

    Attributes:
        name: The field.
        label: Its label.
        help: A sentence on the option that is chosen.
        options: The values of the field and their titles.
        value: The one that is chosen.
    """

    name: str
    label: Sentence
    help: Sentence
    options: tuple[tuple[str, str | Sentence], ...]
    value: str


@dataclass(frozen=True)
class Button:
    """The button above a lens; :meth:`Kind.press` does what it says."""

    label: Sentence
    help: Sentence


class Kind(Declared, ABC):
    """Base of the kinds of lens: frozen dataclasses whose fields are their settings.

    A field with a slider is a row of the panel; the fields' names differ between all kinds, as a
    link holds them side by side (``lens.noise``).

    Attributes:
        name: The name of the kind's folder, and of the kind in links and payloads.
        title: Its title (English, translated where shown).
    """

    name: ClassVar[str]
    title: ClassVar[str]

    @property
    def lens(self) -> Lens:
        """The lens of a scene that shows this."""
        return Lens(self.name, (self,))

    @property
    def rows(self) -> tuple[Field, ...]:
        """The fields that are set in the panel."""
        return tuple(field for field in self.declared() if field.slides)

    @abstractmethod
    def payload(self, scene: Scene) -> Mapping[str, object] | None:
        """What ``name.js`` draws of ``scene`` (its ``payload.js``); None: there is no view."""

    def table(self, scene: Scene) -> Table | Sentence | None:
        """What is written below the chart, beside other texts on the curve; None: nothing."""
        return None

    def remarks(self, scene: Scene) -> list[Sentence]:
        """Sentences on what is drawn."""
        return []

    def opened(self, scene: Scene) -> Self:
        """The settings with which it is opened over ``scene``."""
        return self

    @property
    def choice(self) -> Choice | None:
        """The menu above it; None: there is none."""
        return None

    def chosen(self, value: str) -> Self:
        """The same with another value chosen in its menu."""
        choice = self.choice
        return self if choice is None else self.with_values({choice.name: value})

    def button(self, scene: Scene) -> Button | None:
        """The button above it; None: there is none."""
        return None

    def press(self, scene: Scene, translate: Translate) -> Scene | Sentence:
        """What its button makes of ``scene``, or a sentence why it makes nothing of it."""
        return scene

    def locks(self, scene: Scene) -> Mapping[str, bool]:
        """The selected curve's fields that have a lock, by path: whether it is closed."""
        return {}

    def with_lock(self, path: str) -> Self:
        """The same with the lock of that field opened or closed."""
        return self
