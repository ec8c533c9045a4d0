"""Frozen dataclasses whose fields carry their :class:`Parameter`, and are checked by it."""

import dataclasses
import math
import numbers
from dataclasses import dataclass
from functools import cache
from typing import Annotated, ClassVar, Literal, Self, get_args, get_origin, get_type_hints

import numpy as np

from lrviz.declared.parameter import Parameter
from lrviz.errors import InvalidFields
from lrviz.text import Sentence, quoted

Kind = Literal["float", "int", "bool", "floats", "ints"]
#: What a declared field may hold.
Value = float | int | bool | tuple[float, ...] | None

_KINDS: dict[object, Kind] = {
    float: "float",
    int: "int",
    bool: "bool",
    tuple[float, ...]: "floats",
    tuple[int, ...]: "ints",
}


class _Refused(Exception):
    """A value is refused, for the reason in ``args[0]``."""


@dataclass(frozen=True)
class Field:
    """One declared field: everything that a control, a link or a table needs to know of it."""

    name: str
    kind: Kind
    optional: bool
    default: object
    parameter: Parameter

    @property
    def whole(self) -> bool:
        """Whether its numbers are whole numbers."""
        return self.kind in ("int", "ints")

    @property
    def many(self) -> bool:
        """Whether it is a list."""
        return self.kind in ("floats", "ints")

    def stops(self, value: float) -> tuple[float, ...]:
        """The stops of its slider, ``value`` among them: a slider never shows another one."""
        return tuple(sorted({*self.parameter.stops(whole=self.whole), value}))

    def check(self, value: object) -> Value:
        """``value`` in its field's type; raises :class:`ValueError` holding a Sentence."""
        try:
            return self._checked(value)
        except _Refused as refusal:
            raise ValueError(refusal.args[0]) from None

    def parse(self, text: str) -> Value:
        """The value that ``text`` spells; raises :class:`ValueError` holding a Sentence."""
        text = text.strip()
        if self.optional and text.lower() in ("", "none"):
            return None
        if not text:
            name: dict[str, object] = {"name": self.name}
            if self.many:
                raise ValueError(
                    Sentence("{name} is empty: type numbers with commas between them.", name)
                )
            raise ValueError(Sentence("{name} is empty: type a number.", name))
        if self.kind == "bool":
            return self.check({"true": True, "false": False}.get(text.lower(), text))
        if self.many:
            # A trailing comma is a slip of the hand, not another number.
            return self.check([_number(item) for item in text.rstrip(", ").split(",")])
        return self.check(_number(text))

    def text(self, value: object) -> str:
        """``value`` as :meth:`parse` reads it back, exactly."""
        if value is None:
            return "none"
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, tuple):
            return ",".join(self.text(item) for item in value)
        return repr(value)

    def _checked(self, value: object) -> Value:
        if value is None and self.optional:
            return None
        if self.kind == "bool":
            if isinstance(value, bool | np.bool_):
                return bool(value)
            raise self._refusal("{name} must be true or false, not {value}.", value)
        if self.many:
            if not isinstance(value, list | tuple | np.ndarray):
                raise self._refusal("{name} must be a list of numbers, not {value}.", value)
            if not 1 <= len(value) <= self.parameter.most_items:
                raise self._refusal(
                    "{name} must hold 1 to {most} numbers, not {value}.",
                    len(value),
                    most=self.parameter.most_items,
                )
            return tuple(self._checked_number(item) for item in value)
        return self._checked_number(value)

    def _checked_number(self, value: object) -> float:
        if isinstance(value, bool | np.bool_) or not isinstance(value, numbers.Real):
            raise self._refusal("{name} must be a number, not {value}.", value)
        try:
            as_float = float(value)
        except OverflowError:
            as_float = math.inf
        if not math.isfinite(as_float):
            raise self._refusal("{name} must be a finite number, not {value}.", value)
        if self.whole and not as_float.is_integer():
            raise self._refusal("{name} must be a whole number, not {value}.", value)
        declared = self.parameter
        if as_float < declared.at_least:
            raise self._refusal(
                "{name} must be at least {limit}, not {value}.", value, limit=declared.at_least
            )
        if as_float <= declared.above:
            raise self._refusal(
                "{name} must be greater than {limit}, not {value}.", value, limit=declared.above
            )
        if as_float > declared.at_most:
            raise self._refusal(
                "{name} must be at most {limit}, not {value}.", value, limit=declared.at_most
            )
        return int(as_float) if self.whole else as_float + 0.0  # + 0.0 makes -0.0 plain 0.0

    def _refusal(self, template: str, value: object, **others: float) -> _Refused:
        shown = value if isinstance(value, str) else _plain(value)
        limits = {name: _plain(limit) for name, limit in others.items()}
        return _Refused(Sentence(template, {"name": self.name, "value": quoted(shown), **limits}))


class Declared:
    """Base of the frozen dataclasses whose fields are ``Annotated[type, Parameter(...)]``.

    Construction turns every value into its declared type and raises ``error`` with one problem a
    field where that cannot be done.
    """

    error: ClassVar[type[InvalidFields]] = InvalidFields

    def __post_init__(self) -> None:
        problems: dict[str, Sentence] = {}
        for field in self.fields():
            try:
                object.__setattr__(self, field.name, field.check(getattr(self, field.name)))
            except ValueError as error:
                problems[field.name] = error.args[0]
        if not problems:
            problems = self._conflicts()
        if problems:
            raise self.error(problems)

    def _conflicts(self) -> dict[str, Sentence]:
        """Problems between fields that are each legal."""
        return {}

    @classmethod
    @cache
    def fields(cls) -> tuple[Field, ...]:
        """The declared fields, in their positional order."""
        hints = get_type_hints(cls, include_extras=True)
        return tuple(
            _field(each.name, hints[each.name], each.default)
            for each in dataclasses.fields(cls)  # type: ignore[arg-type]  # subclasses are dataclasses
            if get_origin(hints[each.name]) is Annotated
        )

    @classmethod
    def from_text(cls, texts: dict[str, str], **others: object) -> Self:
        """Made of texts, as typed or as a link holds them; raises ``cls.error``.

        ``others`` are the values of fields that are not declared.
        """
        problems: dict[str, Sentence] = {}
        values: dict[str, Value] = {}
        for field in cls.fields():
            if field.name not in texts:
                if field.default is dataclasses.MISSING:
                    problems[field.name] = Sentence("{name} is missing.", {"name": field.name})
                continue
            try:
                values[field.name] = field.parse(texts[field.name])
            except ValueError as error:
                problems[field.name] = error.args[0]
        if problems:
            raise cls.error(problems)
        return cls(**values, **others)

    def retyped(self, texts: dict[str, str]) -> Self:
        """The same but for what ``texts`` says; raises ``self.error``."""
        declared = {field.name for field in self.fields()}
        others = {name: value for name, value in vars(self).items() if name not in declared}
        return self.from_text(self.texts() | texts, **others)

    def texts(self) -> dict[str, str]:
        """The value of each field as :meth:`from_text` reads it back, exactly."""
        return {field.name: field.text(getattr(self, field.name)) for field in self.fields()}


def _field(name: str, hint: object, default: object) -> Field:
    declared, parameter = get_args(hint)
    inner = [each for each in get_args(declared) if each is not type(None)]
    optional = len(inner) < len(get_args(declared))
    return Field(name, _KINDS[inner[0] if optional else declared], optional, default, parameter)


def _number(text: str) -> object:
    """The number that ``text`` spells, whole if it is whole, else the text itself."""
    for read in (int, float):
        try:
            return read(text)
        except ValueError:
            continue
    return text.strip()


def _plain(value: object) -> str:
    if isinstance(value, bool | np.bool_) or not isinstance(value, numbers.Real):
        return repr(value)
    try:
        return f"{float(value):.15g}"
    except OverflowError:
        return str(value)
