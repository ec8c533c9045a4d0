"""What a link costs is bounded by the steps at which its curves are evaluated, whatever it is."""

import numpy as np
import pytest

from lrviz.figures import curves_figure
from lrviz.link import from_query
from lrviz.scene.insights import readout, summary
from lrviz.schedules import Expression
from lrviz.schedules.base import Schedule
from tests.bench.links import CORPUS, query

#: So often is a curve evaluated, and at so many steps, for all that a page shows of it; where it
#: has many formulas, each so often.
MOST_TIMES, MOST_STEPS = 100, 40_000


class Counted:
    """How often schedules are evaluated, and at how many steps."""

    def __init__(self, monkeypatch):
        self.times = self.steps = 0
        evaluate = Schedule.__call__

        def counted(schedule, step):
            self.times += 1
            self.steps += np.size(step)
            return evaluate(schedule, step)

        monkeypatch.setattr(Schedule, "__call__", counted)


@pytest.mark.parametrize("name", CORPUS)
def test_what_a_page_shows_of_the_worst_links_is_bounded(name, monkeypatch):
    counted = Counted(monkeypatch)
    page, problems = from_query(query(CORPUS[name], 1))
    assert problems == ()
    (curve,) = page.scene.curves
    curves_figure(page.scene, str)
    readout(summary(curve, page.scene.timeline), curve.restarts(page.scene.timeline))
    assert len(curve.cycles(page.scene.timeline)) <= 1000
    curve.schedule.remarks()
    spans = curve.schedule.spans(page.scene.timeline.last_step)
    formulas = sum(isinstance(span.schedule, Expression) for span in spans)
    assert 0 < counted.times <= MOST_TIMES * max(formulas, 1)
    assert 0 < counted.steps <= MOST_STEPS * max(formulas, 1)


def test_eight_curves_of_a_link_all_differ():
    for name, part in CORPUS.items():
        curves = from_query(query(part))[0].scene.curves
        assert len({curve.schedule for curve in curves}) == 8, name
