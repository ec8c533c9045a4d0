"""How torch's schedulers are read."""

from collections.abc import Mapping, Sequence

from lrviz.export.given import NEEDED, Given, Reads, delayed
from lrviz.export.reading import Reading
from lrviz.export.source import Called, Function
from lrviz.schedules import (
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    Cyclic,
    ExponentialDecay,
    Expression,
    Factor,
    Linear,
    OneCycle,
    PiecewiseConstantDecay,
    PolynomialDecay,
    Schedule,
    StepDecay,
)


def _read_step(reading: Reading, given: Given) -> Schedule:
    return StepDecay(given.lr, given.number("gamma"), given.count("step_size"))


def _read_multi_step(reading: Reading, given: Given) -> Schedule:
    return steps_of(given.lr, given.number("gamma"), given.items("milestones"))


def steps_of(first: float, gamma: float, milestones: Sequence[float]) -> Schedule:
    """A rate that is multiplied by ``gamma`` at each of ``milestones``."""
    at = sorted(round(each) for each in milestones)
    starts = sorted({each for each in at if each > 0})
    values = [first * gamma ** sum(each <= start for each in at) for start in (0, *starts)]
    if not starts:
        return Constant(values[0])
    return PiecewiseConstantDecay(tuple(each - 1 for each in starts), tuple(values))


def _read_constant(reading: Reading, given: Given) -> Schedule:
    lr, factor, steps = given.lr, given.number("factor"), given.count("total_iters")
    return Constant(lr) if factor == 1 or not steps else delayed(lr * factor, steps, Constant(lr))


def _read_linear(reading: Reading, given: Given) -> Schedule:
    lr = given.lr
    first, last = lr * given.number("start_factor"), lr * given.number("end_factor")
    return Linear(first, last, given.count("total_iters"))


def _read_exponential(reading: Reading, given: Given) -> Schedule:
    return ExponentialDecay(given.lr, 1, given.number("gamma"))


def _read_polynomial(reading: Reading, given: Given) -> Schedule:
    return PolynomialDecay(given.lr, given.count("total_iters"), 0.0, given.number("power"))


def _read_cosine(reading: Reading, given: Given) -> Schedule:
    lr, low, steps = given.lr, given.number("eta_min"), given.count("T_max")
    if reading.length <= steps + 1 and low <= lr:
        return CosineDecay(lr, steps, low / lr)
    # Behind T_max it rises again, along the same wave.
    wave = f"low + (lr - low) * (1 + cos(pi * t / {steps})) / 2"
    return Expression(wave, reading.timeline.steps, ("low", "lr"), (low, lr))


def _read_restarts(reading: Reading, given: Given) -> Schedule:
    lr, low = given.lr, given.number("eta_min")
    return CosineDecayRestarts(lr, given.count("T_0"), given.number("T_mult"), 1.0, low / lr)


def _read_one_cycle(reading: Reading, given: Given) -> Schedule:
    if given("three_phase"):
        given.refuse("three_phase", True)
    if given("total_steps") is None and given("epochs") is not None:
        total = given.count("epochs") * given.count("steps_per_epoch")
    elif given("total_steps") is None:
        total = round(reading.ask("total_steps"))
    else:
        total = given.count("total_steps")
    return OneCycle(
        given.number("max_lr"),
        total,
        given.number("pct_start"),
        given("anneal_strategy"),
        given.number("div_factor"),
        given.number("final_div_factor"),
    )


def _read_cyclic(reading: Reading, given: Given) -> Schedule:
    down = given("step_size_down")
    return Cyclic(
        given.number("base_lr"),
        given.number("max_lr"),
        given.count("step_size_up"),
        None if down is None else given.count("step_size_down"),
        given("mode"),
        given.number("gamma"),
    )


def _read_lambda(reading: Reading, given: Given) -> Schedule:
    function = given("lr_lambda")
    if isinstance(function, list) and len(function) == 1:
        function = function[0]
    if not isinstance(function, Function):
        given.refuse("lr_lambda", function)
    return reading.formula(function, given.lr)


def _read_sequence(reading: Reading, given: Given) -> Schedule:
    return reading.sequence(given, "schedulers", "milestones")


def _read_chained(reading: Reading, given: Given) -> Schedule:
    first, *others = given.items("schedulers")
    made = reading.schedule(first)
    for each in others:
        # Each multiplies what the one before has made.
        if isinstance(each, Called) and each.name.startswith(("Cosine", "Cyclic", "OneCycle")):
            given.refuse("schedulers", each)
        reading.scale = 1.0
        made = Factor(made, reading.schedule(each))
        reading.scale = None
    return made


#: How torch's schedulers are read: they stand behind the optimizer.
READS: Mapping[str, Reads] = {
    "StepLR": Reads({"step_size": NEEDED, "gamma": 0.1}, _read_step, skips=1),
    "MultiStepLR": Reads({"milestones": NEEDED, "gamma": 0.1}, _read_multi_step, skips=1),
    "ConstantLR": Reads({"factor": 1 / 3, "total_iters": 5}, _read_constant, skips=1),
    "LinearLR": Reads(
        {"start_factor": 1 / 3, "end_factor": 1.0, "total_iters": 5}, _read_linear, skips=1
    ),
    "ExponentialLR": Reads({"gamma": NEEDED}, _read_exponential, skips=1),
    "PolynomialLR": Reads({"total_iters": 5, "power": 1.0}, _read_polynomial, skips=1),
    "CosineAnnealingLR": Reads({"T_max": NEEDED, "eta_min": 0.0}, _read_cosine, skips=1),
    "CosineAnnealingWarmRestarts": Reads(
        {"T_0": NEEDED, "T_mult": 1, "eta_min": 0.0}, _read_restarts, skips=1
    ),
    "OneCycleLR": Reads(
        {
            "max_lr": NEEDED,
            "total_steps": None,
            "epochs": None,
            "steps_per_epoch": NEEDED,
            "pct_start": 0.3,
            "anneal_strategy": "cos",
            "cycle_momentum": True,
            "base_momentum": 0.85,
            "max_momentum": 0.95,
            "div_factor": 25.0,
            "final_div_factor": 1e4,
            "three_phase": False,
        },
        _read_one_cycle,
        skips=1,
    ),
    "CyclicLR": Reads(
        {
            "base_lr": NEEDED,
            "max_lr": NEEDED,
            "step_size_up": 2000,
            "step_size_down": None,
            "mode": "triangular",
            "gamma": 1.0,
        },
        _read_cyclic,
        skips=1,
    ),
    "LambdaLR": Reads({"lr_lambda": NEEDED}, _read_lambda, skips=1),
    "SequentialLR": Reads({"schedulers": NEEDED, "milestones": NEEDED}, _read_sequence, skips=1),
    "ChainedScheduler": Reads({"schedulers": NEEDED}, _read_chained),
}
