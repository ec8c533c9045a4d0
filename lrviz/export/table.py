"""The shown curves of a scene as CSV."""

import csv
import io
import re

import numpy as np

from lrviz.scene import Scene

#: A longer run is written every so many steps, so that nobody waits or fills a memory.
MOST_ROWS = 100_000

#: Where a spreadsheet would see a formula begin: at the front of a cell, and behind whatever it
#: may take for the end of one (some read semicolons where others read commas). Full-width signs
#: count.
_FORMULA = re.compile(r"""(^|[,;|\t])(?=[\s"]*[=+\-@＝＋－＠])""")


def plain_cell(text: str) -> str:
    """``text`` for a cell of a CSV file, so that no spreadsheet runs any of it as a formula."""
    return _FORMULA.sub(r"\1'", text)


def stride(scene: Scene) -> int:
    """How many steps lie between two rows: 1 unless the run is longer than the table may be."""
    return -(-scene.timeline.steps // MOST_ROWS)


def csv_text(scene: Scene) -> str:
    """Step, epoch (from 0) and the rate of each shown curve, at every :func:`stride` steps.

    A header row of the curves' names, made different where they are the same; float64 in full.
    """
    steps = np.arange(0, scene.timeline.steps, stride(scene))
    columns = [steps.tolist(), (steps // scene.timeline.steps_per_epoch).tolist()]
    columns += [curve.rate(steps, scene.timeline).tolist() for curve in scene.shown]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = (plain_cell(curve.name) for curve in scene.distinct.shown)
    writer.writerow(["step", "epoch", *names])
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue()
