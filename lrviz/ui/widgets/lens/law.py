"""The law of a lens of losses: which one, what the browser needs of it, and how far off it was."""

from dataclasses import asdict

from lrviz.forecast import LAWS, MultiPowerLaw
from lrviz.scene import Lens
from lrviz.text import Sentence


def law_of(lens: Lens) -> MultiPowerLaw:
    """The law that forecasts the losses."""
    return next(law for law in LAWS if law.name.endswith(lens.model))


def law_data(law: MultiPowerLaw) -> dict[str, float]:
    """What the browser needs of a law."""
    names = ("L0", "A", "alpha", "B", "C", "beta", "gamma")
    constants = {name: value for name, value in asdict(law).items() if name in names}
    return constants | {"end": law.errors.end, "gap": law.errors.gap}


def known_of(law: MultiPowerLaw) -> Sentence:
    """Where a law is from, and how far off it was."""
    return Sentence(
        "{source}. Where runs were trained, their ends were forecast up to {end} % off, and the "
        "difference of two up to {gap}: the law's errors here.",
        {
            "source": law.source,
            "end": float(f"{100 * law.errors.end:.2g}"),
            "gap": law.errors.gap,
        },
    )
