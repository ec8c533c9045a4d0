"""A declared field: what a control, a link or a table uses of it."""

import math
import numbers
import re
from collections.abc import Sequence
from dataclasses import MISSING, dataclass, replace
from functools import cache, cached_property
from typing import Annotated, Any, Literal, get_args, get_origin

import numpy as np

from lrviz.declared.parameter import Parameter
from lrviz.text import Sentence, quoted

Kind = Literal["float", "int", "bool", "choice", "text", "floats", "ints", "texts"]
#: What a declared field may hold.
Value = float | int | bool | str | tuple[float, ...] | tuple[str, ...] | None

_KINDS: dict[object, Kind] = {
    float: "float",
    int: "int",
    bool: "bool",
    str: "text",
    tuple[float, ...]: "floats",
    tuple[int, ...]: "ints",
    tuple[str, ...]: "texts",
}


class _Refused(Exception):
    """A value is refused, for the reason in ``args[0]``."""


@dataclass(frozen=True)
class Field:
    """One declared field.

    Attributes:
        path: Its name, after the names of the parts that it is nested in (``1.alpha``).
        kind: What it holds.
        optional: Whether it may be None.
        default: Its default; ``dataclasses.MISSING`` where it has none.
        parameter: Its declaration.
        choices: What may be chosen.
    """

    path: str
    kind: Kind
    optional: bool
    default: object
    parameter: Parameter
    choices: tuple[str, ...] = ()

    @cached_property
    def name(self) -> str:
        """Its name in the part that it is in."""
        return self.path.rpartition(".")[2]

    @property
    def whole(self) -> bool:
        """Whether its numbers are whole numbers."""
        return self.kind in ("int", "ints")

    @property
    def many(self) -> bool:
        """Whether it is a list."""
        return self.kind in ("floats", "ints", "texts")

    @property
    def listed(self) -> bool:
        """Whether it is a list whose numbers have sliders."""
        return self.many and self.parameter.slider is not None

    @property
    def item(self) -> bool:
        """Whether it is a number in a list."""
        return self.name.isdecimal()

    @property
    def length(self) -> bool:
        """Whether it is a length or a place in the run, in steps."""
        return self.parameter.unit == "steps" and not self.many

    @property
    def slides(self) -> bool:
        """Whether it has a slider."""
        return self.parameter.slider is not None and not self.many

    def items(self, values: Sequence[object]) -> tuple["Field", ...]:
        """The fields of the numbers in it, where they have sliders."""
        if self.listed and len(values) <= self.parameter.most_fields:
            return _items(self, len(values))
        return ()

    def stops(self, value: float, run: int) -> tuple[float, ...]:
        """The stops of its slider, ``value`` among them: a slider never shows another one.

        ``run`` is the length of the run, in what the curve counts.
        """
        return tuple(sorted({*self.parameter.stops(whole=self.whole, run=run), value}))

    def check(self, value: object) -> Value:
        """``value`` in its field's type; raises :class:`ValueError` holding a Sentence."""
        try:
            return self._checked(value)
        except _Refused as refusal:
            raise ValueError(refusal.args[0]) from None

    def parse(self, text: str) -> Value:
        """The value that ``text`` spells; raises :class:`ValueError` holding a Sentence."""
        if self.kind in ("choice", "text"):
            return self.check(text)
        text = text.strip()
        if self.many and not text and not self.parameter.least_items:
            return ()
        if self.kind == "texts":
            return self.check(text.split(","))
        if self.optional and text.lower() in ("", "none"):
            return None
        if not text:
            name: dict[str, object] = {"name": self.path}
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
        return value if isinstance(value, str) else repr(value)

    def _checked(self, value: object) -> Value:
        if value is None and self.optional:
            return None
        if self.kind == "bool":
            if isinstance(value, bool | np.bool_):
                return bool(value)
            raise self._refusal("{name} must be true or false, not {value}.", value)
        if self.kind in ("choice", "text"):
            return self._checked_text(value)
        if self.many:
            if not isinstance(value, list | tuple | np.ndarray):
                raise self._refusal("{name} must be a list of numbers, not {value}.", value)
            if not self.parameter.least_items <= len(value) <= self.parameter.most_items:
                raise self._refusal(
                    "{name} must hold 1 to {most} numbers, not {value}.",
                    len(value),
                    most=self.parameter.most_items,
                )
            if self.kind == "texts":
                return tuple(dict.fromkeys(self._checked_text(item) for item in value))
            return tuple(self._checked_number(item) for item in value)
        return self._checked_number(value)

    def _checked_text(self, value: object) -> str:
        if isinstance(value, str):
            text = self.parameter.clean(value) if self.parameter.clean else value
            if self._legal(text):
                return text
        raise self._refusal("{name} = {value} was not understood.", value)

    def _legal(self, text: str) -> bool:
        if self.kind == "choice":
            return text in self.choices
        if not text:
            # A name in a list is never empty.
            return self.kind == "text"
        return not self.parameter.pattern or bool(re.fullmatch(self.parameter.pattern, text))

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
        return _Refused(Sentence(template, {"name": self.path, "value": quoted(shown), **limits}))


@cache
def _items(field: Field, count: int) -> tuple[Field, ...]:
    kind: Kind = "int" if field.whole else "float"
    return tuple(
        replace(field, path=f"{field.path}.{place}", kind=kind, default=MISSING)
        for place in range(count)
    )


def field_of(name: str, hint: object, default: object) -> Field | None:
    """The field that ``Annotated[type, Parameter(...)]`` declares; None: ``hint`` is another."""
    if get_origin(hint) is not Annotated:
        return None
    declared, parameter, *_ = get_args(hint)
    if get_origin(declared) is Literal:
        return Field(name, "choice", False, default, parameter, get_args(declared))
    inner: list[Any] = [each for each in get_args(declared) if each is not type(None)]
    optional = type(None) in get_args(declared)
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
