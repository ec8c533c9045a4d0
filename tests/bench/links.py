"""What the worst links cost the server: ``python -m tests.bench.links``.

A corpus of links, each of eight curves that all differ, over a run of a million steps; and the
processor's time for a first page with each of them, beyond that of a page without a link.
"""

import logging
import time

from lrviz.scene import MOST_CURVES

RUN = [
    ("v", "2"),
    ("samples", "1000000"),
    ("batch_size", "1"),
    ("epochs", "1"),
    ("total_steps", "1000000"),
]


def _restarts(first, *others):
    named = "~".join(others)
    return "CosineDecayRestarts", f"initial_learning_rate~0.1~first_decay_steps~{first}~{named}"


def _formula(expression, steps):
    return "Expression", f"expression~{expression}~total_steps~{steps}"


def _at(name, part):
    """A part of a curve, as a link names it."""
    kind, fields = part
    items = fields.split("~")
    # A part of a part has its own name behind this one's.
    named = [f"{name}.{each}" if place % 2 == 0 else each for place, each in enumerate(items)]
    return "~".join([name, kind, *named])


def _phases(part, count=16, steps=1_000_000):
    cuts = ",".join(f"{steps // count * place}" for place in range(1, count))
    # No two phases are the same, either.
    kind, fields = part
    every = ((kind, fields.replace("7)", f"{place}7)")) for place in range(count))
    parts = (_at(f"{place}", each) for place, each in enumerate(every))
    return "Sequence", "~".join([f"boundaries~{cuts}", *parts])


def _times(base, factor):
    return "Factor", f"{_at('base', base)}~{_at('factor', factor)}"


_EVEN = _restarts(1, "t_mul~1.0")
_GROWING = _restarts(1, "t_mul~1.0001", "m_mul~0.99")
_SHRINKING = _restarts(1000, "t_mul~0.9999", "m_mul~0.99")
_WAVES = _formula("cos(t)**31*sin(t*1.7)+cos(t/3)", 10**15)
_SAW = _formula("floor(t/7.7)-floor(t/5)+where(sin(t)>0,1,2)", 10**12)
_LONG = _formula("min(" + ",".join(f"sin(t*{place}.7)" for place in range(1, 56)) + ")", 10**15)

_HALF = _formula("min(" + ",".join(f"sin(t*{place}.7)" for place in range(1, 27)) + ")", 10**15)

#: A curve of each link, by what is bad about it: a kind of schedule, and its fields.
CORPUS = {
    "a restart at every step": _EVEN,
    "cycles that hardly grow": _GROWING,
    "cycles that shrink to a point": _SHRINKING,
    "16 phases of restarts at every step": _phases(_EVEN),
    "16 phases of cycles that hardly grow": _phases(_GROWING),
    "16 phases of cycles that shrink": _phases(_SHRINKING),
    "restarts times restarts": _times(_EVEN, _GROWING),
    "16 phases times 16 phases": _times(_phases(_EVEN), _phases(_GROWING)),
    "16 phases of restarts times restarts": _phases(_times(_EVEN, _GROWING)),
    "4 phases of 4 phases": _phases(_phases(_EVEN, 4, 250_000), 4),
    "a formula that is all waves": _WAVES,
    "a formula that is all jumps": _SAW,
    "a long formula that is all waves": _LONG,
    "16 phases of formulas": _phases(_SAW),
    "16 phases of long formulas": _phases(_HALF, 16),
}


def query(part, count=MOST_CURVES, salt=1):
    """A link of so many curves of this kind, of which no two are the same; nor of another salt."""
    kind, fields = part
    text = f"{kind}~{fields}"
    curves = (
        text.replace("rate~0.1~", f"rate~0.1{salt}{place}~").replace("7)", f"7{salt}{place})")
        for place in range(1, count + 1)
    )
    return [*RUN, *(("curve", each) for each in curves)]


def _cost(link):
    from tests.app.steps import open_page

    begun = time.process_time()
    open_page(link)
    return time.process_time() - begun


def main() -> None:
    # Each page without a browser is warned of.
    logging.disable(logging.WARNING)
    usual = min(_cost([]) for _ in range(3))
    print(f"a page without a link: {usual * 1000:.0f} ms of CPU; beyond that:")
    for name, part in CORPUS.items():
        # No two links are the same: nothing that is kept of the one helps the next.
        one, eight = (
            min(_cost(query(part, count, 10 * count + again)) for again in range(3))
            for count in (1, MOST_CURVES)
        )
        print(f"{name}: {(one - usual) * 1000:.0f} ms, eight: {(eight - usual) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
