"""What a formula in LaTeX says, worked out: a reader of the notation that schedules are shown in.

Strict, as a reader is: what is divided by 0 has no value, and what is defined by itself has none.
"""

import math
import re

import numpy as np

_TOKENS = re.compile(r"\\begin\{\w+\}|\\end\{\w+\}|\\\\(?:\[\w+\])?|\\[A-Za-z]+|\\.|[\d.]+|\S")
#: Space, and the size of brackets.
_NOTHING = {r"\,", r"\;", r"\ ", r"\left", r"\right", r"\begin{gathered}", r"\end{gathered}"}
_PAIRS = {"(": ")", "[": "]", "{": "}", r"\lfloor": r"\rfloor", r"\lceil": r"\rceil"}
_OPENS = {*_PAIRS, r"\begin{cases}"}
_CLOSES = {*_PAIRS.values(), r"\end{cases}"}
_TESTS = {
    "<": np.less,
    ">": np.greater,
    r"\le": np.less_equal,
    r"\ge": np.greater_equal,
    "=": np.equal,
    r"\ne": np.not_equal,
}
_AROUND = {"(": np.asarray, "[": np.asarray, "{": np.asarray, r"\lfloor": np.floor}
_AROUND[r"\lceil"] = np.ceil
_CALLED = {r"\cos": np.cos, r"\sin": np.sin, r"\ln": np.log, r"\sqrt": np.sqrt}
_REDUCED = {r"\min": np.minimum, r"\max": np.maximum}
_CYCLES = ["s_i", r"\le", "t", "<", "s_i+1"]


def rates(formulas, t, **known):
    """The rate at the steps ``t``: the first of ``formulas``, of which the others are the parts."""
    world = {}
    for each in formulas:
        name, scope = _scope(_named(_tokens(each)))
        world[name] = scope | {"known": known}
    return _rate(world, "\\eta", np.asarray(t, float))


def _tokens(text):
    return [each for each in _TOKENS.findall(text) if each not in _NOTHING]


def _named(tokens):
    """Joins names with what stands below them: ``s_i``, ``s_{i+1}``, ``\\eta_{1.2}``."""
    found, at = [], 0
    while at < len(tokens):
        if at + 1 < len(tokens) and tokens[at + 1] == "_":
            stop = at + 3 if tokens[at + 2] != "{" else tokens.index("}", at) + 1
            below = "".join(tokens[at + 2 : stop]).strip("{}")
            found.append(f"{tokens[at]}_{below}")
            at = stop
        else:
            found.append(tokens[at])
            at += 1
    return found


def _split(tokens, separators):
    """Parts of it between separators that stand in no bracket."""
    parts, depth = [[]], 0
    for each in tokens:
        depth += (each in _OPENS) - (each in _CLOSES)
        if not depth and each in separators:
            parts.append([])
        else:
            parts[-1].append(each)
    return [part for part in parts if part]


def _scope(tokens):
    """The name of the rate, and what everything is defined as."""
    scope, name = {}, None
    for part in _split(tokens, {",", r"\quad", r"\qquad", r"\\"} | _SPACED):
        if part == _CYCLES:
            scope["i"] = part
        elif part[0].startswith(r"\eta"):
            assert part[1:5] == ["(", "t", ")", "="]
            assert name is None, "the rate is defined twice"
            name, scope["rate"] = part[0], part[5:]
        else:
            assert part[1] == "=", part
            assert part[0] not in scope, "it is defined twice"
            scope[part[0]] = part[2:]
    return name, scope


def _rate(world, name, t):
    with np.errstate(all="ignore"):
        found = _Reader(world, world[name], t, world[name]["rate"]).whole()
    return np.broadcast_to(np.asarray(found, float), t.shape)


class _Reader:
    """Reads tokens from left to right; values are arrays of the shape of ``t``."""

    def __init__(self, world, scope, t, tokens, **bound):
        self.world, self.scope, self.t, self.bound = world, scope, t, bound
        self.tokens, self.at = tokens, 0

    def other(self, tokens, t=None, **bound):
        t = self.t if t is None else t
        return _Reader(self.world, self.scope, t, tokens, **(self.bound | bound))

    @property
    def next(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def whole(self):
        value = self.test()
        assert not self.next, f"what is {self.tokens[self.at :]}?"
        return value

    def test(self):
        value = self.all_of()
        while self.next == r"\lor":
            self.take()
            other = self.all_of()
            value = value | other
        return value

    def all_of(self):
        value = self.compared()
        while self.next == r"\land":
            self.take()
            other = self.compared()
            value = value & other
        return value

    def compared(self):
        if self.next == r"\neg":
            self.take()
            return ~self.compared()
        left, found = self.sum(), None
        while self.next in _TESTS:
            test, right = _TESTS[self.take()], self.sum()
            holds = test(left, right)
            found, left = holds if found is None else found & holds, right
        return left if found is None else found

    def sum(self):
        value = self.product()
        while self.next in ("+", "-"):
            sign = 1 if self.take() == "+" else -1
            value = value + sign * self.product()
        return value

    def product(self):
        """Also what stands side by side."""
        sign = 1
        while self.next in ("+", "-"):
            sign *= 1 if self.take() == "+" else -1
        value = self.power()
        while self.next and self.next not in {"+", "-", "&", *_TESTS, r"\land", r"\lor"}:
            if self.next == "/":
                self.take()
                value = _over(value, self.power())
            else:
                if self.next == r"\cdot":
                    self.take()
                else:
                    both = self.tokens[self.at - 1] + self.next
                    assert not re.fullmatch(r"[\d.]+", both), "one number, or two?"
                value = value * self.power()
        return value if sign == 1 else -value

    def power(self):
        if self.next in ("+", "-"):
            return self.product()
        begin = self.at
        value = self.atom()
        if self.next == "^":
            # Braces are not seen.
            lone = self.tokens[begin] != "{" or self.at == begin + 3
            assert lone, "a power of the last of several"
            self.take()
            exponent = self.group() if self.next == "{" else self.atom()
            assert self.next != "^", "a power of a power"
            return np.power(np.asarray(value, float), exponent)
        return value

    def group(self):
        """What stands in brackets; for a function of several, each of them."""
        opened, begin, depth = self.take(), self.at, 1
        while depth:
            each = self.take()
            depth += (each in _OPENS) - (each in _CLOSES)
        assert self.tokens[self.at - 1] == _PAIRS[opened]
        parts = [self.other(each).whole() for each in self.inner(begin)]
        if len(parts) > 1:
            return parts
        # A test in square brackets counts 1 where it holds.
        counts = opened == "[" and np.asarray(parts[0]).dtype == bool
        return parts[0].astype(float) if counts else _AROUND[opened](parts[0])

    def inner(self, begin):
        return _split(self.tokens[begin : self.at - 1], {","})

    def atom(self):
        if self.next in _AROUND:
            return self.group()
        name = self.take()
        if re.fullmatch(r"[\d.]+", name):
            return float(name)
        if name in (r"\frac", r"\tfrac"):
            return _over(self.group(), self.group())
        if name in _REDUCED:
            first, *others = self.group()
            for each in others:
                first = _REDUCED[name](first, each)
            return first
        if name in _CALLED:
            return _CALLED[name](self.group() if self.next in _PAIRS else self.product())
        if name == r"\begin{cases}":
            return self.cases()
        if name == r"\text":
            assert "".join(self.tokens[self.at : self.at + 5]) == "{NaN}"
            self.at += 5
            return math.nan
        if name.startswith(r"\eta"):
            at = np.asarray(self.group(), float)
            return _rate(self.world, name, np.broadcast_to(at, self.t.shape))
        return self.value(name)

    def value(self, name):
        """What a name stands for."""
        if name in ("t", r"\pi", "e"):
            return {"t": self.t, r"\pi": math.pi, "e": math.e}[name]
        if name in self.bound or name in self.scope["known"]:
            return self.bound.get(name, self.scope["known"].get(name))
        if name == "|":
            return self.counted()
        if name == "v_i":
            return np.array(_listed(self.scope["v"]))[self.value("i").astype(int)]
        if self.scope[name] == _CYCLES:
            return self.cycle()
        return self.other(self.scope[name]).whole()

    def counted(self):
        """``|{ j : b_j < t }|``."""
        while self.take() != "|":
            pass
        bounds = np.array(_listed(self.scope["b"]))
        return np.sum(bounds[:, None] < self.t.ravel(), axis=0).reshape(self.t.shape)

    def cycle(self):
        """The ``i`` with ``s_i <= t < s_(i+1)``; NaN: there is none."""
        found = np.full(self.t.shape, math.nan)
        for i in range(60):
            begin, end = (self.other(self.scope["s_i"], i=float(n)).whole() for n in (i, i + 1))
            found[(begin <= self.t) & (self.t < end)] = i
            if (self.t < end).all():
                break
        return found

    def cases(self):
        """The first line whose test holds; what no step needs is not looked at."""
        begin, depth = self.at, 1
        while depth:
            each = self.take()
            depth += (each in _OPENS) - (each in _CLOSES)
        value, left = np.full(self.t.shape, math.nan), np.full(self.t.shape, True)
        for row in _split(self.tokens[begin : self.at - 1], {r"\\"} | _SPACED):
            told, where = _split(row, {"&"})
            holds = left.copy()
            if where != [r"\text", "{", *"else", "}"]:
                holds &= self.other(where).whole()
            if holds.any():
                found = self.other(told, self.t[holds]).whole()
                value[holds] = np.broadcast_to(found, self.t[holds].shape)
            left &= ~holds
        return value


#: The end of a line, with some space below it.
_SPACED = {r"\\[4pt]"}


def _over(value, divisor):
    return value / np.where(np.asarray(divisor) == 0, math.nan, divisor)


def _listed(tokens):
    return [float(each) for each in tokens if re.fullmatch(r"[\d.]+", each)]
