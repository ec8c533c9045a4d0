"""The two spirals of lesson 7 with peaks between those of its grid.

``python -m tests.bench.spiral_peaks [seeds]`` writes ``lrviz/learn/lessons/spiral_peaks.json``:
quarter of an hour on a core. The peaks of ``lesson_fits`` are a factor of three apart; how much of
what lesson 7 saw on the spirals was that grid? As there, a peak is chosen by other seeds
(:data:`TRIALS`) than those reported.
"""

import json
import sys
import time

import numpy as np

from tests.bench.lesson_fits import FILE, TASKS, TRIALS

FINER = FILE.with_name("spiral_peaks.json")
#: Between the last peak at which the spirals are hardly learned and the best of the coarse grid.
PEAKS = (0.4, 0.5, 0.6, 0.8, 1.0)


def measured(which: str, seeds: int) -> dict[str, object]:
    """Each peak with its last models' accuracies, by seed; and the fits with the best of them."""
    task = TASKS["spirals"]
    rows, fits = [], {}
    for peak in PEAKS:
        begin = time.perf_counter()
        trials = [task.fit(which, peak, seed)["last"] for seed in TRIALS]
        fits[peak] = [task.fit(which, peak, seed) for seed in range(seeds)]
        last = [each["last"] for each in fits[peak]]
        rows.append({"peak": peak, "trials": trials, "last": last})
        took = time.perf_counter() - begin
        print(which, peak, np.mean(trials), np.mean(last), np.std(last, ddof=1), f"{took:.0f} s")
        sys.stdout.flush()
    best = max(rows, key=lambda row: np.mean(row["trials"]))["peak"]
    return {"peaks": rows, "best": {"peak": best, "fits": fits[best]}}


def main() -> None:
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    content = {"made_by": "python -m tests.bench.spiral_peaks", "trial_seeds": list(TRIALS)}
    for which in ("restarts", "cosine"):
        content[which] = measured(which, seeds)
    FINER.write_text(json.dumps(content, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
