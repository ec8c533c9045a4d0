"""Frozen dataclasses whose fields carry their :class:`Parameter`, and are checked by it."""

import dataclasses
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, ClassVar, Self, get_args, get_type_hints

from lrviz.declared.field import Field, Value, field_of
from lrviz.errors import InvalidFields
from lrviz.text import Sentence, quoted

#: The classes that parts of a text may be of, by their names.
Catalogue = Mapping[str, type["Declared"]]


class Declared:
    """Base of the frozen dataclasses whose fields are ``Annotated[type, Parameter(...)]``.

    Construction turns every value into its declared type and raises ``error`` with one problem a
    field where that cannot be done. Fields that are Declared themselves, or a tuple of such, are
    *parts*: their fields belong to the whole, too, under a path of the part's name (its place in
    the tuple) and theirs. The numbers of a short list that declares a slider are fields, too
    (``boundaries.0``): each can be slid and dragged by itself.
    """

    error: ClassVar[type[InvalidFields]] = InvalidFields

    def __post_init__(self) -> None:
        problems: dict[str, Sentence] = {}
        for field in self.declared():
            value = getattr(self, field.name)
            if value is field.default:
                # A default is legal, and of its type.
                continue
            try:
                object.__setattr__(self, field.name, field.check(value))
            except ValueError as error:
                problems[field.name] = error.args[0]
        if not problems:
            problems = self._conflicts()
        if problems:
            raise self.error(problems)
        for name, value in self._normalized().items():
            object.__setattr__(self, name, value)

    def _conflicts(self) -> dict[str, Sentence]:
        """Problems between fields that are each legal."""
        return {}

    def _normalized(self) -> Mapping[str, object]:
        """The fields that depend on others or have one order, by name, with their final values.

        Called last in the construction; raises ``self.error`` where there are no such values.
        """
        return {}

    @classmethod
    @cache
    def declared(cls) -> tuple[Field, ...]:
        """The fields that the class itself declares, in their positional order."""
        return declared(cls)

    @classmethod
    @cache
    def _declared_under(cls, prefix: str) -> tuple[Field, ...]:
        return tuple(dataclasses.replace(each, path=prefix + each.path) for each in cls.declared())

    @classmethod
    @cache
    def _others(cls) -> tuple[str, ...]:
        """The names of the fields without a :class:`Parameter`: they may hold parts."""
        own = {field.name for field in cls.declared()}
        every = dataclasses.fields(cls)  # type: ignore[arg-type]  # subclasses are dataclasses
        return tuple(each.name for each in every if each.name not in own)

    @classmethod
    @cache
    def _required(cls) -> tuple[str, ...]:
        """The names of the fields that have no default, in their positional order."""
        every = dataclasses.fields(cls)  # type: ignore[arg-type]  # subclasses are dataclasses
        missing = dataclasses.MISSING
        return tuple(
            each.name
            for each in every
            if each.default is missing and each.default_factory is missing
        )

    @classmethod
    @cache
    def _places(cls) -> dict[str, bool]:
        """The names of the fields that hold parts, and whether they hold many."""
        hints = get_type_hints(cls)
        return {name: bool(get_args(hints[name])) for name in cls._others()}

    def fields(self) -> tuple[Field, ...]:
        """The fields of this very value: its own, then those of its parts."""
        return tuple(self._fields(""))

    def _fields(self, prefix: str) -> Iterator[Field]:
        for field in self._declared_under(prefix):
            yield field
            yield from field.items(getattr(self, field.name))
        for name, part in self._parts().items():
            yield from part._fields(f"{prefix}{name}.")

    def _parts(self) -> "dict[str, Declared]":
        parts: dict[str, Declared] = {}
        for name in self._others():
            value = getattr(self, name)
            if isinstance(value, Declared):
                parts[name] = value
            else:
                parts |= {f"{i}": each for i, each in enumerate(value)}
        return parts

    def part(self, path: str) -> "Declared":
        """The part at ``path``; the whole where that is empty."""
        if not path:
            return self
        name, _, rest = path.partition(".")
        part = self._parts()[name] if name.isdecimal() else getattr(self, name)
        assert isinstance(part, Declared)
        return part.part(rest)

    def value(self, path: str) -> Any:
        """What the field of that path holds."""
        owner, _, name = path.rpartition(".")
        if name.isdecimal():
            return self.value(owner)[int(name)]
        return getattr(self.part(owner), name)

    def with_part(self, path: str, part: "Declared") -> Self:
        """The same with another part at ``path``; empty: that part instead of the whole."""
        if not path:
            return part  # type: ignore[return-value]  # a part of its own kind takes its place
        name, _, rest = path.partition(".")
        if rest:
            part = self._parts()[name].with_part(rest, part)
        if not name.isdecimal():
            return dataclasses.replace(self, **{name: part})  # type: ignore[type-var]
        for other in self._others():
            value = getattr(self, other)
            if isinstance(value, tuple):
                items = (*value[: int(name)], part, *value[int(name) + 1 :])
                return dataclasses.replace(self, **{other: items})  # type: ignore[type-var]
        raise KeyError(path)

    def with_values(self, values: Mapping[str, Value]) -> Self:
        """The same with other values, each by its field's path; raises ``self.error``."""
        own, places = self._own(values)
        changed, problems = self, dict[str, Sentence]()
        for name, part in self._parts().items():
            start = f"{name}."
            theirs = {p.removeprefix(start): v for p, v in values.items() if p.startswith(start)}
            if not theirs:
                continue
            try:
                changed = changed.with_part(name, part.with_values(theirs))
            except InvalidFields as error:
                problems |= {start + path: problem for path, problem in error.problems.items()}
        if not problems:
            try:
                return dataclasses.replace(changed, **own) if own else changed  # type: ignore[type-var]
            except InvalidFields as error:
                problems = {places.get(name, name): why for name, why in error.problems.items()}
        raise self.error(problems)

    def _own(self, values: Mapping[str, Value]) -> tuple[dict[str, Value], dict[str, str]]:
        """The values of the own fields by name, and the path at which a list's problem is shown.

        The numbers of a list (``boundaries.0``) are put in their places in it; a problem with the
        list is shown at the number that was changed.
        """
        own = {path: value for path, value in values.items() if "." not in path}
        places: dict[str, str] = {}
        for path, value in values.items():
            name, _, place = path.partition(".")
            if place.isdecimal() and name in self._lists():
                items = list(own.get(name, getattr(self, name)))
                # The list itself may have been typed anew, and be shorter now.
                if int(place) < len(items):
                    items[int(place)] = value
                    own[name] = tuple(items)
                if name not in values:
                    places[name] = path
        return own, places

    @classmethod
    @cache
    def _lists(cls) -> tuple[str, ...]:
        """The names of the fields whose numbers are fields, too."""
        return tuple(field.name for field in cls.declared() if field.listed)

    def retyped(self, texts: Mapping[str, str]) -> Self:
        """The same with the values that ``texts`` spell, by their paths; raises ``self.error``."""
        values, problems = _parsed(self.fields(), texts)
        if problems:
            raise self.error(problems)
        return self.with_values(values)

    def texts(self) -> dict[str, str]:
        """The text of each field, and the class name of each part, by their paths.

        :meth:`from_text` reads them back exactly.
        """
        texts = {field.name: field.text(getattr(self, field.name)) for field in self.declared()}
        for name, part in self._parts().items():
            texts[name] = type(part).__name__
            texts |= {f"{name}.{path}": text for path, text in part.texts().items()}
        return texts

    @classmethod
    def from_text(cls, texts: Mapping[str, str], catalogue: Catalogue | None = None) -> Self:
        """An instance from texts, as typed or as a link holds them; raises ``cls.error``.

        The class of each part is looked up in ``catalogue``.
        """
        values: dict[str, Any]
        values, problems = _parsed(cls.declared(), texts)
        present = {*values, *problems}
        for name, many in cls._places().items():
            try:
                parts = _read_parts(name, texts, catalogue or {}, many=many)
                values |= parts
                present |= parts.keys()
            except InvalidFields as error:
                problems |= error.problems
                present.add(name)
        for name in cls._required():
            if name not in present:
                problems[name] = Sentence("{name} is missing.", {"name": name})
        if problems:
            raise cls.error(problems)
        return cls(**values)


def _read_parts(
    name: str, texts: Mapping[str, str], catalogue: Catalogue, *, many: bool
) -> dict[str, Any]:
    """The part in the field of that name, or the parts by their places."""
    if not many:
        part = _read_part(name, texts, catalogue) if name in texts else None
        return {} if part is None else {name: part}
    parts = list[Declared]()
    while f"{len(parts)}" in texts:
        parts.append(_read_part(f"{len(parts)}", texts, catalogue))
    return {name: tuple(parts)} if parts else {}


def _read_part(path: str, texts: Mapping[str, str], catalogue: Catalogue) -> Declared:
    kind, start = catalogue.get(texts[path]), f"{path}."
    if kind is None:
        sentence = Sentence(
            "{name} = {value} was not understood.",
            {"name": quoted(path), "value": quoted(texts[path])},
        )
        raise InvalidFields({path: sentence})
    theirs = {each.removeprefix(start): t for each, t in texts.items() if each.startswith(start)}
    try:
        return kind.from_text(theirs, catalogue)
    except InvalidFields as error:
        raise InvalidFields({start + each: why for each, why in error.problems.items()}) from error


def declared(cls: Any) -> tuple[Field, ...]:
    """The fields that a dataclass declares with ``Annotated[type, Parameter(...)]``, in order."""
    hints = get_type_hints(cls, include_extras=True)
    fields = (
        field_of(each.name, hints[each.name], each.default) for each in dataclasses.fields(cls)
    )
    return tuple(each for each in fields if each is not None)


def _parsed(
    fields: tuple[Field, ...], texts: Mapping[str, str]
) -> tuple[dict[str, Value], dict[str, Sentence]]:
    """The values that texts spell, and why some spell none."""
    values: dict[str, Value] = {}
    problems: dict[str, Sentence] = {}
    for field in fields:
        if field.path in texts:
            try:
                values[field.path] = field.parse(texts[field.path])
            except ValueError as error:
                problems[field.path] = error.args[0]
    return values, problems
