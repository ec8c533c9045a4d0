"""Whether the same seed always gives the same history: ``python -m tests.bench.same [fits]``.

Two workers train the same small fit again and again, while two processes keep the cores busy and
messages of many keys come and go, as Dask draws random numbers for each of them.
"""

import hashlib
import subprocess
import sys
from collections import Counter

from lrviz.scene import Curve
from lrviz.schedules import CosineDecay
from lrviz.training.limits import Limits
from lrviz.training.service import Trainer
from lrviz.training.spec import FitSpec, Recipe

SPEC = FitSpec(Recipe(data="moons", model="two", units=8, epochs=1), (Curve(CosineDecay(0.5, 25)),))


def talk(_: object) -> dict[str, int]:
    """A message of more than ten keys."""
    return {str(key): key for key in range(20)}


def main(fits: int) -> None:
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    histories: Counter[str] = Counter()
    try:
        with Trainer(limits=Limits(workers=2, per_owner=4)) as trainer:
            running = []
            for number in range(fits):
                running.append(trainer.submit(SPEC, "bench"))
                for place in range(20):
                    trainer._cluster.client.submit(talk, (number, place))
                if len(running) == 4 or number == fits - 1:
                    for run in running:
                        assert run.wait(120) == "done", run.problem
                        (fit,) = run.history
                        told = fit.losses.tobytes() + fit.rates.tobytes()
                        histories[hashlib.sha256(told).hexdigest()[:12]] += 1
                    running = []
    finally:
        for each in busy:
            each.kill()
    print(f"{sum(histories.values())} fits, {len(histories)} histories: {dict(histories)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
