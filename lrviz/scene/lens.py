"""A lens: what is shown beneath the chart, over the same steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, TypeVar

from lrviz.declared import Declared, Parameter

Settings = TypeVar("Settings", bound=Declared)


#: The default settings of each kind: shared, as nothing changes them.
_DEFAULTS: dict[type[Declared], Declared] = {}


def _default(kind: type[Settings]) -> Settings:
    if kind not in _DEFAULTS:
        _DEFAULTS[kind] = kind()
    default = _DEFAULTS[kind]
    assert isinstance(default, kind)
    return default


@dataclass(frozen=True)
class Lens(Declared):
    """Which kind of lens is shown, and how each kind is set.

    The kinds are classes of :mod:`lrviz.lenses`; a scene keeps the settings of all of them.

    Attributes:
        kind: The name of the kind that is shown.
        settings: The kinds whose settings differ from the defaults; the last one of a class counts.
    """

    kind: Annotated[str, Parameter(pattern="[a-z]+")] = "cycles"
    settings: tuple[Declared, ...] = ()

    def _normalized(self) -> Mapping[str, object]:
        # One form for one meaning: equal lenses compare equal.
        last = {type(each): each for each in self.settings}
        changed = [each for kind, each in last.items() if each != _default(kind)]
        return {"settings": tuple(sorted(changed, key=lambda each: type(each).__name__))}

    def of(self, kind: type[Settings]) -> Settings:
        """The settings of that kind."""
        return next((each for each in self.settings if isinstance(each, kind)), _default(kind))

    def with_settings(self, settings: Declared) -> "Lens":
        """The same lens with other settings of their kind."""
        return Lens(self.kind, (*self.settings, settings))
