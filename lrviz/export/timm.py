"""How timm's schedulers are read. They count epochs, unless they are told to count updates."""

from collections.abc import Mapping

from lrviz.export.given import NEEDED, Given, Reads, warmed
from lrviz.export.reading import Reading
from lrviz.export.torch.read import steps_of
from lrviz.schedules import (
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    Expression,
    PolynomialDecay,
    Schedule,
    Sequence,
    StepDecay,
)


def _cosine(reading: Reading, given: Given) -> Schedule:
    _per(reading, given)
    if given.number("k_decay") != 1:
        given.refuse("k_decay", given("k_decay"))
    warm, length = given.count("warmup_t"), given.count("t_initial")
    rest = _cycles(given, given.lr, length, given.count("cycle_limit"))
    return _warmed(given, rest, lambda: _begun(reading, given, length, warm))


def _cycles(given: Given, lr: float, length: int, limit: int) -> Schedule:
    """So many cycles, the first one with that peak and that long."""
    low, mul, decay = (given.number(each) for each in ("lr_min", "cycle_mul", "cycle_decay"))
    if limit == 1:
        return CosineDecay(lr, length, low / lr)
    if decay == 1 or low == 0:
        return CosineDecayRestarts(lr, length, mul, decay, low / lr, limit)
    # With a floor, each of its peaks is cycle_decay times the one before; Keras's is not.
    phases, begin, start = list[Schedule](), list[int](), 0.0
    for cycle in range(min(limit, 15)):
        peak, steps = lr * decay**cycle, length * mul**cycle
        if peak < low or not float(steps).is_integer():
            given.refuse(
                "cycle_mul" if peak >= low else "cycle_decay", mul if peak >= low else decay
            )
        phases.append(CosineDecay(peak, round(steps), low / peak))
        start += steps
        begin.append(round(start))
    return Sequence(
        (*phases, Constant(low or 1e-12)) if low else tuple(phases),
        tuple(begin if low else begin[:-1]),
    )


def _begun(reading: Reading, given: Given, length: int, warm: int) -> Schedule:
    """What is left of the cosine behind a warm-up that it has begun under."""
    lr, low = given.lr, given.number("lr_min")
    if warm >= length:
        given.refuse("warmup_t", warm)
    wave = f"low + (lr - low) * (1 + cos(pi * min((t + {warm}) / {length}, 1))) / 2"
    first = Expression(wave, reading.timeline.steps, ("low", "lr"), (low, lr))
    limit = given.count("cycle_limit")
    if limit == 1:
        return first
    next_peak = lr * given.number("cycle_decay")
    next_length = length * given.number("cycle_mul")
    if not next_length.is_integer():
        given.refuse("cycle_mul", given("cycle_mul"))
    others = _cycles(given, next_peak, round(next_length), limit - 1)
    return Sequence((first, others), (length - warm,))


def _warmed(given: Given, rest: Schedule, begun: object) -> Schedule:
    warm = given.count("warmup_t")
    if warm and not given("warmup_prefix"):
        assert callable(begun)
        rest = begun()
    return warmed(given.lr, warm, rest, given.number("warmup_lr_init"))


def _step(reading: Reading, given: Given) -> Schedule:
    _per(reading, given)
    lr, every, rate = given.lr, given.number("decay_t"), given.number("decay_rate")

    def begun() -> Schedule:
        warm = given.count("warmup_t")
        text = f"lr * rate ** floor((t + {warm}) / {every!r})"
        return Expression(text, reading.timeline.steps, ("lr", "rate"), (lr, rate))

    return _warmed(given, StepDecay(lr, rate, round(every)), begun)


def _multi_step(reading: Reading, given: Given) -> Schedule:
    _per(reading, given)
    lr, rate, warm = given.lr, given.number("decay_rate"), given.count("warmup_t")
    # It changes one epoch early: it looks for the place of t + 1.
    at = [each - 1 for each in given.items("decay_t")]
    rest = steps_of(lr, rate, at)
    return _warmed(given, rest, lambda: steps_of(lr, rate, [max(each - warm, 0) for each in at]))


def _poly(reading: Reading, given: Given) -> Schedule:
    _per(reading, given)
    for name, usual in (("cycle_mul", 1), ("cycle_decay", 1), ("cycle_limit", 1), ("k_decay", 1)):
        if given.number(name) != usual:
            given.refuse(name, given(name))
    lr, low, length = given.lr, given.number("lr_min"), given.count("t_initial")
    power = given.number("power")

    def begun() -> Schedule:
        warm = given.count("warmup_t")
        text = f"low + (lr - low) * max(1 - (t + {warm}) / {length}, 0) ** power"
        values = (low, lr, power)
        return Expression(text, reading.timeline.steps, ("low", "lr", "power"), values)

    return _warmed(given, PolynomialDecay(lr, length, low, power), begun)


def _per(reading: Reading, given: Given) -> None:
    reading.per = "epoch" if given("t_in_epochs") else "step"


_WARM = {"warmup_t": 0, "warmup_lr_init": 0.0}
_CYCLES = {"cycle_mul": 1.0, "cycle_decay": 1.0, "cycle_limit": 1}
_NOISE = {
    "t_in_epochs": True,
    "noise_range_t": None,
    "noise_pct": 0.67,
    "noise_std": 1.0,
    "noise_seed": 42,
}

READS: Mapping[str, Reads] = {
    "CosineLRScheduler": Reads(
        {
            "t_initial": NEEDED,
            "lr_min": 0.0,
            **_CYCLES,
            **_WARM,
            "warmup_prefix": False,
            **_NOISE,
            "k_decay": 1.0,
            "initialize": True,
        },
        _cosine,
        skips=1,
    ),
    "StepLRScheduler": Reads(
        {
            "decay_t": NEEDED,
            "decay_rate": 1.0,
            **_WARM,
            "warmup_prefix": True,
            **_NOISE,
            "initialize": True,
        },
        _step,
        skips=1,
    ),
    "MultiStepLRScheduler": Reads(
        {
            "decay_t": NEEDED,
            "decay_rate": 1.0,
            **_WARM,
            "warmup_prefix": True,
            **_NOISE,
            "initialize": True,
        },
        _multi_step,
        skips=1,
    ),
    "PolyLRScheduler": Reads(
        {
            "t_initial": NEEDED,
            "power": 0.5,
            "lr_min": 0.0,
            **_CYCLES,
            **_WARM,
            "warmup_prefix": False,
            **_NOISE,
            "k_decay": 1.0,
            "initialize": True,
        },
        _poly,
        skips=1,
    ),
}
