"""From source code to a curve: what all frameworks have in common."""

import ast
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lrviz.errors import InvalidCode, InvalidFields
from lrviz.export.formulas import Formula
from lrviz.export.given import USUAL_RATE, Given, Reads, in_turn
from lrviz.export.joined import Joined, asked, inside, joined, wraps
from lrviz.export.source import Called, Function, Program, Trouble, Unknown, shown
from lrviz.scene import Curve, Timeline
from lrviz.scene.timeline import Per
from lrviz.schedules import Constant, Expression, Factor, Schedule
from lrviz.text import Sentence, quoted

#: How often functions may hand the step on to one another.
DEEPEST = 8


@dataclass
class Reading:
    """Reads one text.

    Attributes:
        table: How each call is read, by its name.
        timeline: The run.
        base_rate: The optimizer's rate, where the text has none.
        answers: Numbers that the reader has been asked for, by their names.
    """

    table: Mapping[str, Reads]
    timeline: Timeline
    base_rate: float | None
    answers: Mapping[str, float]
    missing: dict[str, None] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    per: Per = "step"
    #: For how many steps the schedule that is read is used.
    length: int = 0
    #: What stands for the optimizer's rate, where a schedule is a factor.
    scale: float | None = None
    program: Program = field(init=False)
    _depth: int = 0
    #: What has been worked out of functions.
    _joins: dict[Function, Joined | None] = field(default_factory=dict)
    _made: dict[tuple[object, ...], Schedule] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.length = self.timeline.steps

    def curve(self, text: str) -> Curve:
        """The curve that ``text`` describes; raises :class:`lrviz.errors.InvalidCode`."""
        found: Curve | None = None
        try:
            self.program = Program(text, self.answers)
            found = self._found()
        except Trouble as trouble:
            self.troubles.append(trouble)
        except InvalidFields as error:
            self.troubles.append(Trouble(None, next(iter(error.problems.values()))))
        if self.troubles:
            raise self._invalid(found)
        if self.missing:
            asked: dict[str, object] = {"names": ", ".join(self.missing)}
            sentence = Sentence("Not in the text: {names}.", asked)
            raise InvalidCode(sentence, curve=found, missing=tuple(self.missing))
        assert found is not None
        return found

    def _invalid(self, found: Curve | None) -> InvalidCode:
        first = self.troubles[0]
        where = {"line": first.line, "column": first.column, "why": first.sentence}
        sentence = Sentence("Line {line}, column {column}: {why}", where)
        return InvalidCode(
            sentence,
            line=first.line,
            column=first.column,
            curve=found,
            missing=tuple(self.missing),
        )

    def _found(self) -> Curve:
        found = self._roots()
        if found:
            last = max(found, key=lambda each: (each.node.lineno, each.node.col_offset))
            if isinstance(last, Called) and last.name in self.table:
                self.per = self.table[last.name].per
            return Curve(self._shown(last, found[last]), self._counted())
        functions = self._functions()
        if isinstance(self.program.bare, Function):
            functions.append(self.program.bare)
        if functions:
            return Curve(self.formula(functions[-1], 1.0), self._counted())
        for call in self.program.calls[::-1]:
            # A rate that no schedule changes.
            rates = [call.kwargs.get(name) for name in ("lr", "learning_rate")]
            fixed = [each for each in rates if isinstance(each, float)]
            if fixed:
                return Curve(Constant(fixed[0]), self.per)
        node = self.program.calls[-1].node if self.program.calls else None
        raise Trouble(node, Sentence("No schedule was found here."))

    def _functions(self) -> list[Function]:
        """The functions that have names, but for the one that asks for a rate."""
        named = {id(each): each for name, each in self.program.names.items() if name != "rate"}
        return [each for each in named.values() if isinstance(each, Function)]

    def _roots(self) -> dict[Called | Function, list[Any]]:
        """What is, or is made of, a schedule, and what of: but for what another one takes."""
        names, found = self.program.names, dict[Called | Function, list[Any]]()
        for call in self.program.calls:
            made_here = names.get(call.name)
            given = [each for each in inside(call) if self.is_schedule(each)]
            wrapped = isinstance(made_here, Function) and wraps(made_here) and given
            if self.known(call) or wrapped:
                found[call] = given
        for function in self._functions():
            made = self.joins(function)
            parts = list(made.parts) if made else [names.get(each) for each in asked(function)]
            parts = [each for each in parts if made or self.is_schedule(each)]
            if parts:
                found[function] = parts
        taken = {id(part) for parts in found.values() for part in parts}
        return {each: parts for each, parts in found.items() if id(each) not in taken}

    def _shown(self, root: Called | Function, parts: list[Any]) -> Schedule:
        """A schedule; where it is not understood, one that it is made of, for want of it."""
        try:
            return self.schedule(root)
        except Trouble as trouble:
            if not parts or self.known(root):
                raise
            self.troubles.append(trouble)
            return self.schedule(parts[-1])

    def _counted(self) -> Per:
        """What is counted; our own ``rate(step)`` says ``step // 75`` where that is epochs."""
        rate = self.program.names.get("rate")
        if isinstance(rate, Function) and any(
            isinstance(each, ast.BinOp)
            and isinstance(each.op, ast.FloorDiv)
            and isinstance(each.left, ast.Name)
            and each.left.id in rate.parameters
            for each in ast.walk(rate.node)
        ):
            return "epoch"
        return self.per

    def schedule(self, value: object) -> Schedule:
        """The schedule that a value of the source is."""
        if isinstance(value, Called):
            value = self._made_here(value) or value
        if isinstance(value, Called) and value.name in self.table:
            reads = self.table[value.name]
            try:
                return reads.make(self, Given(self, reads, value))
            except InvalidFields as error:
                why = next(iter(error.problems.values()))
                raise Trouble(value.node, why) from error
        if isinstance(value, int | float) and not isinstance(value, bool):
            return Constant(value)
        if isinstance(value, Function):
            return self.formula(value, 1.0)
        node = value.node if isinstance(value, Called | Unknown) else None
        code: dict[str, object] = {"code": shown(node) if node is not None else quoted(value)}
        raise Trouble(node, Sentence("{code} is no schedule that is known here.", code))

    def schedules(self, values: Iterable[object]) -> list[Schedule]:
        """The schedules in a list: what is not understood is told, and left out."""
        found = list[Schedule]()
        for value in values:
            try:
                found.append(self.schedule(value))
            except Trouble as trouble:
                self.troubles.append(trouble)
        return found

    def formula(self, function: Function, scale: float) -> Schedule:
        """A function of the step as a schedule, ``scale`` times as high."""
        key = function, scale, self.length, self.scale
        if key not in self._made:
            parts = self.joins(function)
            self._made[key] = (
                self._joined(function, parts, scale) if parts else self._expression(function, scale)
            )
        return self._made[key]

    def _expression(self, function: Function, scale: float) -> Schedule:
        made = Formula(self.program)
        text = made.of(function)
        for name in made.missing:
            self.ask(name)
        if scale != 1:
            text = f"{scale!r} * ({text})"
        try:
            return Expression(
                text, self.timeline.steps, tuple(made.numbers), tuple(made.numbers.values())
            )
        except InvalidFields as error:
            raise Trouble(function.node, next(iter(error.problems.values()))) from error

    def joins(self, value: object, depth: int = 0) -> Joined | None:
        """What a function makes of schedules; None: it makes a rate by itself."""
        if not isinstance(value, Function) or depth > DEEPEST:
            return None
        if value not in self._joins:
            # A function that calls itself is none.
            self._joins[value] = None
            made = joined(self.program, value)
            if made and (made.kind == "phases" or self._any_known(made, depth)):
                self._joins[value] = made
        return self._joins[value]

    def _any_known(self, made: Joined, depth: int) -> bool:
        return any(self.known(each) or self.joins(each, depth + 1) for each in made.parts)

    def is_schedule(self, value: object) -> bool:
        """Whether a value is a call that is read here, or made of such."""
        return self.known(value) or self.joins(value) is not None

    def _joined(self, function: Function, made: Joined, scale: float) -> Schedule:
        if self._depth > DEEPEST:
            raise Trouble(function.node, Sentence("These functions call one another too deeply."))
        self._depth += 1
        try:
            if made.kind == "phases":
                schedule = self._in_turn(made.parts, made.starts)
            else:
                first, *others = map(self.schedule, made.parts)
                schedule = Factor(first, *others) if others else first
        finally:
            self._depth -= 1
        factor = scale * made.scale
        return schedule if math.isclose(factor, 1) else Factor(schedule, Constant(factor))

    def known(self, value: object) -> bool:
        """Whether a value is a call that is read here."""
        if not isinstance(value, Called):
            return False
        return value.name in self.table or self._made_here(value) is not None

    def _made_here(self, value: Called) -> Function | None:
        """What a class of the text does, called with nothing; or a function that makes another."""
        made = self.program.names.get(value.name)
        if not isinstance(made, Function) or value.kwargs:
            return None
        if made.method:
            return None if value.args else made
        return made.called(value.args)

    def sequence(self, given: Given, phases: str, boundaries: str) -> Schedule:
        """The schedules of one argument, one after another at the steps of another."""
        return self._in_turn(given.items(phases), [round(each) for each in given.items(boundaries)])

    def _in_turn(self, values: Sequence[object], starts: Sequence[int]) -> Schedule:
        whole = self.length
        found = list[Schedule]()
        for value, start, stop in zip(values, [0, *starts], [*starts, whole], strict=False):
            self.length = max(stop - start, 1)
            found += self.schedules([value])
        self.length = whole
        if len(found) < len(values):
            # What is understood is shown, without the others.
            starts = starts[: max(len(found) - 1, 0)]
        return found[0] if len(found) == 1 else in_turn(found, starts)

    def ask(self, name: str) -> float:
        """A number that the source does not tell; something to go on with until it is known."""
        if name in self.answers:
            return self.answers[name]
        self.missing[name] = None
        if "step" in name or "total" in name or "iter" in name or "T_" in name:
            return float(self.timeline.steps)
        return USUAL_RATE if "rate" in name or "lr" in name else 1.0
