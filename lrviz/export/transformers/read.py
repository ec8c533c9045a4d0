"""How transformers' schedules are read, and what its Trainer makes of its arguments."""

import math
from collections.abc import Callable, Mapping

from lrviz.export.given import NEEDED, Given, Reads, warmed
from lrviz.export.reading import Reading
from lrviz.export.source import Called, Unknown
from lrviz.schedules import (
    WSD,
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    Expression,
    InverseSqrt,
    Linear,
    PolynomialDecay,
    Schedule,
)


def _constant(reading: Reading, given: Given) -> Schedule:
    return Constant(given.lr)


def _warm_constant(reading: Reading, given: Given) -> Schedule:
    return warmed(given.lr, given.count("num_warmup_steps"), Constant(given.lr))


def _rest(given: Given) -> tuple[int, int]:
    """The length of the warm-up, and of what is behind it."""
    warm = given.count("num_warmup_steps")
    return warm, max(given.count("num_training_steps") - warm, 1)


def _linear(reading: Reading, given: Given) -> Schedule:
    warm, rest = _rest(given)
    return warmed(given.lr, warm, Linear(given.lr, 0.0, rest))


def _cosine(reading: Reading, given: Given) -> Schedule:
    return _wave(reading, given, 0.0)


def _min_cosine(reading: Reading, given: Given) -> Schedule:
    low, share = given("min_lr"), given("min_lr_rate")
    if low is None and share is None:
        share = reading.ask("min_lr_rate")
    return _wave(
        reading, given, given.number("min_lr") / given.lr if share is None else float(share)
    )


def _wave(reading: Reading, given: Given, low: float) -> Schedule:
    lr, (warm, rest) = given.lr, _rest(given)
    cycles = given.number("num_cycles")
    if cycles == 0.5 and reading.length <= warm + rest + 1:
        return warmed(lr, warm, CosineDecay(lr, rest, low))
    # Behind its end it rises again; and its cycles are whole waves.
    wave = f"lr * max(0, (1 - low) * (1 + cos(2 * pi * cycles * t / {rest})) / 2 + low)"
    names = ("lr", "low", "cycles")
    return warmed(lr, warm, Expression(wave, reading.timeline.steps, names, (lr, low, cycles)))


def _hard(reading: Reading, given: Given) -> Schedule:
    lr, (warm, rest) = given.lr, _rest(given)
    count = given.count("num_cycles")
    if rest % count == 0:
        restarts = CosineDecayRestarts(lr, rest // count, 1.0, cycle_limit=count)
        return warmed(lr, warm, restarts)
    part = f"t * {count} / {rest}"
    saw = f"where(t < {rest}, lr * (1 + cos(pi * ({part} - floor({part})))) / 2, 0)"
    return warmed(lr, warm, Expression(saw, reading.timeline.steps, ("lr",), (lr,)))


def _polynomial(reading: Reading, given: Given) -> Schedule:
    lr, (warm, rest) = given.lr, _rest(given)
    low, power = given.number("lr_end"), given.number("power")
    return warmed(lr, warm, PolynomialDecay(lr, rest, low, power))


def _inverse_sqrt(reading: Reading, given: Given) -> Schedule:
    lr, warm = given.lr, given.count("num_warmup_steps")
    scale = given("timescale")
    steps = given.count("timescale") if scale is not None else warm or 10_000
    return warmed(lr, warm, InverseSqrt(lr, steps))


def _wsd(reading: Reading, given: Given) -> Schedule:
    warm, decay = given.count("num_warmup_steps"), given.count("num_decay_steps")
    if given("warmup_type") != "linear" or given.number("num_cycles") != 0.5:
        given.refuse("warmup_type", given("warmup_type"))
    if given("num_stable_steps") is None:
        stable = given.count("num_training_steps") - warm - decay
    else:
        stable = given.count("num_stable_steps")
    shape, low = given("decay_type"), given.number("min_lr_ratio")
    return WSD(given.lr, warm, stable, decay, shape, low)


def _scheduler(reading: Reading, given: Given) -> Schedule:
    own = given("scheduler_specific_kwargs") or {}
    return _by_name(reading, given, given.raw("name"), own)


def _by_name(reading: Reading, given: Given, name: object, own: object) -> Schedule:
    """The schedule that ``get_scheduler`` makes of a name."""
    if isinstance(name, Called | Unknown):
        # SchedulerType.COSINE
        name = getattr(name.node, "attr", "")
    call = _TYPES.get(str(name).lower())
    if call is None or not isinstance(own, dict):
        given.refuse("name" if "name" in given.defaults else "lr_scheduler_type", name)
    assert isinstance(own, dict)
    known = READS[call or ""].arguments
    values = {each: given.values[each] for each in known if each in given.values}
    inner = given.inner(values | own, given.optimizer)
    return reading.schedule(inner.named(call or ""))


def _trainer(reading: Reading, given: Given) -> Schedule:
    steps, every = given("max_steps"), reading.timeline
    total = given.count("max_steps") if steps and steps > 0 else every.steps
    warm = given.number("warmup_steps")
    if not warm:
        warm = math.ceil(total * given.number("warmup_ratio"))
    elif warm < 1:
        warm = math.ceil(total * warm)
    given.values |= {"num_training_steps": total, "num_warmup_steps": warm}
    lr, reading.scale = reading.scale, given.number("learning_rate")
    own = given("lr_scheduler_kwargs") or {}
    made = _by_name(reading, given, given.raw("lr_scheduler_type"), own)
    reading.scale = lr
    return made


_WARM = {"num_warmup_steps": NEEDED}
_BOTH = {**_WARM, "num_training_steps": NEEDED}


def _reads(arguments: Mapping[str, object], make: Callable[[Reading, Given], Schedule]) -> Reads:
    return Reads(arguments, make, skips=1)


_MIN = {"num_cycles": 0.5, "last_epoch": -1, "min_lr": None, "min_lr_rate": None}
_TRAINER = Reads(
    {
        "learning_rate": 5e-5,
        "lr_scheduler_type": "linear",
        "lr_scheduler_kwargs": None,
        "warmup_ratio": 0.0,
        "warmup_steps": 0,
        "max_steps": -1,
        "num_training_steps": -1,
        "num_warmup_steps": 0,
    },
    _trainer,
    skips=1,
    others=True,
)

READS: Mapping[str, Reads] = {
    "get_constant_schedule": _reads({}, _constant),
    "get_constant_schedule_with_warmup": _reads(_WARM, _warm_constant),
    "get_linear_schedule_with_warmup": _reads(_BOTH, _linear),
    "get_cosine_schedule_with_warmup": _reads({**_BOTH, "num_cycles": 0.5}, _cosine),
    "get_cosine_with_min_lr_schedule_with_warmup": _reads({**_BOTH, **_MIN}, _min_cosine),
    "get_cosine_with_hard_restarts_schedule_with_warmup": _reads({**_BOTH, "num_cycles": 1}, _hard),
    "get_polynomial_decay_schedule_with_warmup": _reads(
        {**_BOTH, "lr_end": 1e-7, "power": 1.0}, _polynomial
    ),
    "get_inverse_sqrt_schedule": _reads({**_WARM, "timescale": None}, _inverse_sqrt),
    "get_wsd_schedule": _reads(
        {
            **_WARM,
            "num_decay_steps": NEEDED,
            "num_training_steps": NEEDED,
            "num_stable_steps": None,
            "warmup_type": "linear",
            "decay_type": "cosine",
            "min_lr_ratio": 0.0,
            "num_cycles": 0.5,
        },
        _wsd,
    ),
    "get_scheduler": Reads(
        {
            "name": NEEDED,
            "optimizer": None,
            "num_warmup_steps": NEEDED,
            "num_training_steps": NEEDED,
            "scheduler_specific_kwargs": None,
        },
        _scheduler,
    ),
    "TrainingArguments": _TRAINER,
    "Seq2SeqTrainingArguments": _TRAINER,
    "SFTConfig": _TRAINER,
}
_TYPES = {
    "linear": "get_linear_schedule_with_warmup",
    "cosine": "get_cosine_schedule_with_warmup",
    "cosine_with_restarts": "get_cosine_with_hard_restarts_schedule_with_warmup",
    "polynomial": "get_polynomial_decay_schedule_with_warmup",
    "constant": "get_constant_schedule",
    "constant_with_warmup": "get_constant_schedule_with_warmup",
    "inverse_sqrt": "get_inverse_sqrt_schedule",
    "cosine_with_min_lr": "get_cosine_with_min_lr_schedule_with_warmup",
    "warmup_stable_decay": "get_wsd_schedule",
}
