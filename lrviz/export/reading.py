"""From source code to a curve: what all frameworks have in common."""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lrviz.errors import InvalidCode, InvalidFields
from lrviz.export.formulas import Formula
from lrviz.export.given import Given, Reads
from lrviz.export.source import Called, Function, Program, Trouble, Unknown, shown
from lrviz.scene import Curve, Timeline
from lrviz.scene.timeline import Per
from lrviz.schedules import Constant, Expression, Factor, Schedule, Sequence
from lrviz.text import Sentence, quoted

#: A base rate to draw with until it is known.
_USUAL_RATE = 0.1


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
        functions = {
            name: each
            for name, each in self.program.names.items()
            if isinstance(each, Function) and name != "rate"
        }
        known: list[Any] = [call for call in self.program.calls if self.known(call)]
        products = {each: self._parts(each) for each in functions.values()}
        # The last one that no other takes: a part of another stands before it.
        taken = {id(part) for call in known for part in _inside(call)}
        taken |= {id(part) for parts in products.values() for part in parts}
        roots = [*known, *(each for each, parts in products.items() if parts)]
        roots = [each for each in roots if id(each) not in taken]
        if roots:
            last = max(roots, key=lambda each: (each.node.lineno, each.node.col_offset))
            if isinstance(last, Called) and last.name in self.table:
                self.per = self.table[last.name].per
            schedule = self.schedule(last)
            return Curve(schedule, self._counted())
        if isinstance(self.program.bare, Function):
            functions[""] = self.program.bare
        if functions:
            return Curve(self.formula([*functions.values()][-1], 1.0), self._counted())
        for call in self.program.calls[::-1]:
            # A rate that no schedule changes.
            rates = [call.kwargs.get(name) for name in ("lr", "learning_rate")]
            fixed = [each for each in rates if isinstance(each, float)]
            if fixed:
                return Curve(Constant(fixed[0]), self.per)
        node = self.program.calls[-1].node if self.program.calls else None
        raise Trouble(node, Sentence("No schedule was found here."))

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
        handed = self._passed_on(function) or self._product(function)
        if handed is not None:
            return handed
        made = Formula(self.program)
        text = made.of(function)
        for name in made.missing:
            self.ask(name)
        if scale != 1:
            text = f"{scale!r} * ({text})"
        try:
            return Expression(text, self.timeline.steps)
        except InvalidFields as error:
            raise Trouble(function.node, next(iter(error.problems.values()))) from error

    def _passed_on(self, function: Function) -> Schedule | None:
        """``schedule(step)``: what is called there, if that is a schedule."""
        body = _returned(function)
        while isinstance(body, ast.Call) and self.program.called(body.func) == "float":
            body = body.args[0] if body.args else None
        if not isinstance(body, ast.Call) or len(body.args) != 1:
            return None
        value = self.program.value(body.func) if isinstance(body.func, ast.Name) else None
        first = function.parameters[:1]
        if self.known(value) and isinstance(body.args[0], ast.Name) and [body.args[0].id] == first:
            return self.schedule(value)
        return None

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

    def _product(self, function: Function) -> Schedule | None:
        """``a(step) * b(step)`` of two schedules."""
        parts = self._parts(function)
        return Factor(*map(self.schedule, parts)) if parts else None

    def _parts(self, function: Function) -> list[object]:
        """The two schedules that a function multiplies; none, if it does anything else."""
        body = _returned(function)
        if not isinstance(body, ast.BinOp) or not isinstance(body.op, ast.Mult):
            return []
        parts = [
            self.program.names.get(each.func.id)
            for each in (body.left, body.right)
            if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)
        ]
        made = [isinstance(each, Function) and bool(self._parts(each)) for each in parts]
        fit = all(self.known(each) or ours for each, ours in zip(parts, made, strict=True))
        return parts if len(parts) == 2 and fit else []

    def sequence(self, given: Given, phases: str, boundaries: str) -> Schedule:
        """The schedules of one argument, one after another at the steps of another."""
        starts = [round(each) for each in given.items(boundaries)]
        values, whole = given.items(phases), self.length
        stops = [*starts, whole]
        found = list[Schedule]()
        for value, start, stop in zip(values, [0, *starts], stops, strict=False):
            self.length = max(stop - start, 1)
            found += self.schedules([value])
        self.length = whole
        if len(found) < len(values):
            # What is understood is shown, without the others.
            starts = starts[: max(len(found) - 1, 0)]
        if len(found) == 1:
            return found[0]
        return Sequence(tuple(found), tuple(starts))

    def ask(self, name: str) -> float:
        """A number that the source does not tell; something to go on with until it is known."""
        if name in self.answers:
            return self.answers[name]
        self.missing[name] = None
        if "step" in name or "total" in name or "iter" in name or "T_" in name:
            return float(self.timeline.steps)
        return _USUAL_RATE if "rate" in name or "lr" in name else 1.0

    def rate_of(self, optimizer: object) -> float:
        """The rate of an optimizer; if need be of any in the text, or the base rate."""
        if self.scale is not None:
            return self.scale
        for each in (optimizer, *self.program.calls[::-1]):
            if isinstance(each, Called):
                named = next(
                    (each.kwargs[name] for name in ("lr", "learning_rate") if name in each.kwargs),
                    None,
                )
                if named is None and each is optimizer and len(each.args) > 1:
                    named = each.args[1]
                if isinstance(named, int | float) and not isinstance(named, bool):
                    return float(named)
                if isinstance(named, Unknown) and each is optimizer:
                    return (
                        self.base_rate
                        if self.base_rate is not None
                        else self.ask(named.name or "base_rate")
                    )
        if self.base_rate is not None:
            return self.base_rate
        self.ask("base_rate")
        return self.answers.get("base_rate", _USUAL_RATE)


def _returned(function: Function) -> ast.expr | None:
    """What a function of one line returns."""
    body = function.node.body
    if isinstance(body, list):
        last = body[-1]
        alone = all(isinstance(each, ast.Expr | ast.Return) for each in body)
        return last.value if alone and isinstance(last, ast.Return) else None
    return body


def _inside(call: Called) -> list[Any]:
    """Everything that a call was given, in lists, too."""
    found = list[Any]()
    waiting: list[Any] = [*call.args, *call.kwargs.values()]
    while waiting:
        value = waiting.pop()
        found.append(value)
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, Called):
            waiting += [*value.args, *value.kwargs.values()]
    return found
