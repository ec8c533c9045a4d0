"""Pastes and formulas that mean harm."""

_PIECES = [
    "9**9**9**9",
    "10**10**8",
    "2**-99999999",
    "(" * 190 + "1" + ")" * 190,
    "-" * 900 + "1",
    "not " * 300 + "1",
    "[" * 90 + "]" * 90,
    "().__class__.__bases__[0].__subclasses__()",
    "__import__('os').system('true')",
    "open('/etc/passwd').read()",
    "[x for x in range(10**9)]",
    "[[[[0 for a in range(99)] for b in range(99)] for c in range(99)] for d in range(99)]",
    "{x: y for x in t for y in t}",
    "(lambda f: f(f))(lambda f: f(f))",
    "f'{9**9**9}'",
    "'a' * 10**10",
    "'%0999999d' % 1",
    "1e999",
    "1" * 4000,
    "0x" + "f" * 4000,
    "t" * 5000,
    "\u202e" + "t",
    "\uff54 + 1",
    "exec('1')",
    "eval('1')",
    "t.__init__.__globals__",
    "await t",
    "yield t",
    "t := 1",
    "*t",
    "**t",
    "t if t else t" * 40,
    "max(" * 60 + "t" + ", 1)" * 60,
    "where(" * 40 + "t" + ", 1, 2)" * 40,
    "t" + " + t" * 900,
    "t" + " ** t" * 200,
    "exp(" * 39 + "t" + ")" * 39,
    "\x00",
    "\r\n\t",
    "",
    "0/0",
    "int('9' * 9999)",
    "round(1e308 * 10)",
    "abs(-10**18 * 10**18)",
    "\ud7ff" * 100,
]
_WRAPPED = [
    "{}",
    "x = {}",
    "LambdaLR(opt, lambda t: {})",
    "def f(t):\n    return {}\nLambdaLR(opt, f)",
    "StepLR(opt, {})",
    "optax.join_schedules([{}, {}], [5])",
    "class A:\n    def __call__(self, t):\n        return {}\nA()",
    "TrainingArguments(learning_rate={})",
    "a = {}\nb = a * a * a\nStepLR(opt, b)",
    "CosineLRScheduler(opt, t_initial={}, cycle_limit=10**9)",
]
PASTES = [each.replace("{}", piece) for each in _WRAPPED for piece in _PIECES]
#: Functions that grow when they are put in one another's places.
PASTES += [
    "def f0(t):\n    return t + 1\n"
    + "".join(
        f"def f{i}(t):\n    return f{i - 1}(t) * f{i - 1}(t) + f{i - 1}(t)\n" for i in range(1, n)
    )
    + f"LambdaLR(opt, f{n - 1})"
    for n in (2, 5, 10, 30)
]
PASTES += [
    "a0 = lambda t: t\n"
    + "\n".join(f"a{i} = a{i - 1}" for i in range(1, 900))
    + "\nLambdaLR(o, a9)",
    "def f(t):\n" + "".join(f"    x{i} = (t + 1) * 2\n" for i in range(300)) + "    return t\nf",
    "def f(t):\n    x = t\n" + "    x = x * x + x\n" * 40 + "    return x\nLambdaLR(opt, f)",
    "def f(t):\n" + "    if t < 1:\n        t = 2\n" * 30 + "    return t\nLambdaLR(opt, f)",
    "SequentialLR(opt, [StepLR(opt, 1)] * 10, list(range(9)))",
    "SequentialLR(opt, [" + "StepLR(opt, 1)," * 40 + "], [" + "5," * 39 + "])",
    "Factor(" * 35 + "1" + ", 2)" * 35,
    "MultiStepLR(opt, [" + "3," * 4000 + "])",
]
#: Functions that hand the step on to schedules, and to one another.
_KNOWN = "m = Constant(0.1)\n"
PASTES += [
    _KNOWN + "".join(f"f{i} = lambda t: f{i + 1}(t) * 1\n" for i in range(400)),
    _KNOWN + "f0 = m\n" + "".join(f"f{i + 1} = lambda t: f{i}(t) * 1\n" for i in range(400)),
    _KNOWN + "f0 = m\n" + "".join(f"f{i + 1} = lambda t: f{i}(t) * f{i}(t)\n" for i in range(200)),
    _KNOWN + "f = lambda t: f(t) * m(t)\nLambdaLR(opt, f)",
    "f0 = lambda t: 1\n"
    + "".join(
        f"def f{i + 1}(t):\n"
        + "".join(f"    if t < {j}:\n        return f{i}(t - {j - 1})\n" for j in range(1, 60))
        + f"    return f{i}(t - 59)\n"
        for i in range(4)
    ),
    "optax.join_schedules([" + "c," * 700 + "], [" + "5," * 699 + "])",
    "optax.join_schedules([" + "0.1," * 400 + f"], {list(range(1, 400))})",
]
FORMULAS = _PIECES
