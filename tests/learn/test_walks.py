"""What lessons 8 and 9 say, held to the walks of many seeds, and the pictures to what is said."""

import re
from dataclasses import replace

import numpy as np
import pytest

from lrviz.learn import walks
from lrviz.learn.lessons import decay, warmup
from lrviz.lenses import PathLens
from lrviz.lenses.path.landscapes import LANDSCAPES
from lrviz.lenses.path.walks import (
    PARTICLES,
    gradient_at,
    loss_at,
    normals,
    rates_of,
    walk,
)
from lrviz.scene import Curve, Timeline
from lrviz.schedules import WSD, Constant, CosineDecay, PiecewiseConstantDecay
from tests.bench.lesson_walks import kept, measured

STEPS = np.arange(750.0)
#: Every chart with particles that a question ends in, by the picture that its ends are kept of.
SHOWN = {
    "bowl": decay._NOISE,
    "valley": decay._WHEN,
    "cliff": warmup._FIRST,
    "basins, one decay": warmup._LEAVE,
    "basins, one cosine": warmup._HONEST,
}
NAMES = {"0.1": "high", "0.02": "low"}


def _end(curve, scene):
    found = scene.lens.of(PathLens).walk(curve, scene.timeline)
    (end,) = kept([found.counted if found.ground.counted else found.mean[-1]])
    return end


def test_the_file_is_what_the_walks_give():
    """Else: ``python -m tests.bench.lesson_walks``."""
    again = measured(range(2))
    assert walks.seeds() >= 200
    for picture, ends in again["ends"].items():
        assert walks.content()["ends"][picture].keys() == ends.keys()
        for name, its in ends.items():
            assert walks.ends(picture, name)[:2] == pytest.approx(its, rel=1e-6)
            assert len(walks.ends(picture, name)) == walks.seeds()
    for name, its in again["before"].items():
        assert walks.before_the_fall(name)[:2] == pytest.approx(its, rel=1e-6)


@pytest.mark.parametrize("shown", SHOWN)
def test_a_picture_of_one_seed_is_an_ordinary_one_of_those_spoken_of(shown):
    picture, scene = shown.split(",")[0], SHOWN[shown].revealed.scene
    assert scene.lens.of(PathLens).seed == walks.ordinary(picture)
    for curve in scene.curves:
        known, end = walks.ends(picture, NAMES.get(curve.name, curve.name)), _end(curve, scene)
        assert end == pytest.approx(known[scene.lens.of(PathLens).seed], rel=1e-6)
        # In the range that is stated, and no outlier of it.
        low, high = map(float, re.findall(r"[\d.]+", str(walks.lowest_to_highest(known))))
        assert low <= end <= high
        assert abs(end - known.mean()) <= known.std()
    # “No difference” does not stand beside one.
    if SHOWN[shown] is warmup._HONEST:
        one, other = (_end(curve, scene) for curve in scene.curves)
        assert abs(one - other) <= 2


def test_the_questions_that_are_set_in_a_picture_show_the_ordinary_seed():
    for asked, picture in ((decay._FINE, "bowl"), (warmup._PEAK, "cliff")):
        lens = asked.chart.scene.lens.of(PathLens)
        assert (lens.seed, lens.landscape) == (walks.ordinary(picture), picture)


def test_lesson_8_says_the_truth_of_the_bowl():
    # The floor is a formula, and where the walks come to rest.
    for name, rate in (("high", 0.1), ("low", 0.02), ("tenth", walks.TENTH)):
        known = walks.ends("bowl", name)
        error = known.std() / np.sqrt(len(known))
        assert abs(known.mean() - decay._floor(rate)) < 3 * error + 0.01 * known.mean()
    assert decay._floor(walks.TENTH) == pytest.approx(decay._floor(0.1) / 10, rel=0.01)
    # “nearly proportional to the rate”, “half the rate is about half the floor”
    assert decay._floor(0.05) / decay._floor(0.1) == pytest.approx(0.5, abs=0.05)
    assert walks.ends("bowl", "low").max() < walks.ends("bowl", "high").min()
    # “A hundredth of the rate does not even arrive”
    assert walks.ends("bowl", "hundredth").min() > 10 * decay._floor(0.1)
    # “as the square root the distance falls”: the loss is its square
    assert decay._floor(0.032) == pytest.approx(decay._floor(0.1) * 0.3, rel=0.05)
    # “about ten times the steps”: what is left of the way shrinks by 1 - rate each step
    assert np.log(1 - 0.1) / np.log(1 - walks.TENTH) == pytest.approx(9.5, abs=0.5)


def test_lesson_8_calls_no_rate_wrong_that_its_picture_shows_to_be_right():
    scene, answers = decay._FINE.chart.scene, decay._FINE.question.answers
    target, tremble = decay._floor(0.1) / 10, decay._TREMBLE / 100
    field = Constant(0.05).fields()[0]
    stops = [each for each in field.stops(0.05, 750) if 0.004 < each < 0.05]
    right = [each for each in stops if answers.judge(each).right]
    assert len(right) >= 3
    for rate in stops:
        end, judged = _end(Curve(Constant(rate)), scene), answers.judge(rate)
        if judged.why == answers.too_high:
            assert end > target * (1 + tremble)
        elif judged.why == answers.too_low:
            # Its floor is lower; it may not have come down there yet.
            assert decay._floor(rate) < target * (1 - tremble)
        elif judged.right:
            assert abs(end - target) < 2 * tremble * target
    # What the tolerance forgives is what one cloud cannot tell.
    assert answers.tolerance / answers.right == pytest.approx(2 * tremble, rel=0.1)


def test_lesson_8_says_the_truth_of_the_valley():
    slow, cosine, wsd = (walks.ends("valley", name) for name in ("low rate", "cosine", "WSD"))
    # Which ends lowest does not depend on the seed.
    assert (wsd < cosine).all()
    assert (cosine < slow).all()
    # “The loss on the way misleads”
    assert (walks.before_the_fall("WSD") > walks.before_the_fall("cosine")).all()
    way = [5 * np.cumprod(1 - 0.02 * schedule(STEPS)) for schedule, _ in decay._SHAPES]
    # “a quarter of the way along the river”, “in its second half about an eighth of its way”
    assert 1 - way[0][-1] / 5 == pytest.approx(0.25, abs=0.02)
    assert (way[1][374] - way[1][-1]) / (5 - way[1][-1]) == pytest.approx(1 / 8, abs=0.01)
    # “It travels longest”, and “until step 640”
    assert way[2][-1] == min(each[-1] for each in way)
    schedule = dict(map(reversed, decay._SHAPES))["WSD"]
    assert schedule(walks.FALL) == 0.1 > schedule(walks.FALL + 1)
    assert schedule(750) == 0


def test_lesson_8_s_free_try_has_an_answer():
    lens = decay._WHEN.revealed.scene.lens.of(PathLens)
    ends = [
        float(lens.walk(Curve(WSD(0.1, 40, 710 - fall, fall, "linear")), walks.RUN).mean[-1])
        for fall in (5, 110, 300)
    ]
    # “110 steps are enough”: neither a shorter fall nor a longer one is better.
    assert ends[1] < 0.95 * min(ends[0], ends[2])


def test_lesson_9_says_the_truth_of_the_cliff():
    cliff = LANDSCAPES["cliff"]
    steep, _ = gradient_at(cliff, *cliff.start)
    assert -steep == pytest.approx(warmup._STEEP, abs=0.06)
    good = cliff.wells[1]
    assert good.x - cliff.start[0] == pytest.approx(warmup._AWAY)
    assert 2 * good.depth / good.width**2 == pytest.approx(warmup._GOOD, abs=0.02)
    # “into the next one”: beyond the hill between both, and there they stay
    at = np.linspace(-1.2, 1.4, 2000)
    assert cliff.start[0] + 3.75 > at[np.argmax(loss_at(cliff, at, 0.3))]
    assert walks.ends("cliff", "no warm-up").max() <= 3
    for name in ("warm-up", "two steps", "bearable"):
        assert (walks.ends("cliff", name) == 64).all()


def test_lesson_9_judges_a_peak_by_what_its_picture_counts():
    scene, answers = warmup._PEAK.chart.scene, warmup._PEAK.question.answers
    field = CosineDecay(0.1, 750).fields()[0]
    stops = [each for each in field.stops(0.1, 750) if 0.03 < each < 0.3]
    counts = {rate: _end(Curve(CosineDecay(rate, 750)), scene) for rate in stops}
    right = [rate for rate in stops if answers.judge(rate).right]
    assert len(right) >= 3
    assert all(counts[rate] == 64 for rate in right)
    assert all(counts[rate] < 64 for rate in stops if rate > max(right))
    assert all(counts[rate] == 64 for rate in stops if rate < min(right))


def test_lesson_9_says_the_truth_of_the_basins():
    sharp = LANDSCAPES["basins"].wells[0]
    assert 2 * sharp.depth / sharp.width**2 == pytest.approx(warmup._SHARP)
    means = [walks.ends("basins", rate).mean() for rate in ("0.04", "0.05", "0.06", "0.07", "0.1")]
    # “To leave takes more than 0.04”; “below 0.07 hardly a particle leaves”
    assert means[0] == 0
    assert 0 < means[1] < 0.1
    assert means[2] < 1 < 6 < means[3]
    assert means[4] > 63
    faded, cosine, restarts = (
        walks.ends("basins", name) for name in ("one decay", "one cosine", "three restarts")
    )
    assert (faded < restarts).all()
    # “No difference beyond chance”
    error = np.sqrt((cosine.var() + restarts.var()) / len(cosine))
    assert abs(cosine.mean() - restarts.mean()) < 2 * error
    # “nearly as many steps at each height”
    one, other = (schedule(STEPS) for schedule, _ in warmup._EQUAL)
    np.testing.assert_allclose(np.sort(one), np.sort(other), atol=1e-3)
    # “each cycle ends with a settled model”
    assert all(
        dict(map(reversed, warmup._EQUAL))["three restarts"](188 * np.arange(1, 4) - 1) < 1e-5
    )
    # The invitation: “below which peak does hardly a particle get out any more?”
    lens = warmup._HONEST.revealed.scene.lens.of(PathLens)
    low = [lens.walk(Curve(CosineDecay(peak, 750)), walks.RUN).counted for peak in (0.06, 0.08)]
    assert low[0] <= 2 < 4 < low[1]


@pytest.mark.parametrize("name", LANDSCAPES)
def test_a_landscapes_lowest_loss_is_0(name):
    ground = LANDSCAPES[name]
    left, right, low, high = ground.region
    x, y = np.meshgrid(np.linspace(left, right, 1201), np.linspace(low, high, 401))
    assert loss_at(ground, x, y).min() == pytest.approx(0, abs=2e-5)
    assert left < ground.start[0] < right
    assert low < ground.start[1] < high


def test_noise_is_xorshifts_however_long_and_the_same_for_every_length():
    state, found = (7 * 2654435761 + 88172645) % 2**32, []
    for _ in range(12 * 300):
        state ^= (state << 13) % 2**32
        state ^= state >> 17
        state ^= (state << 5) % 2**32
        found.append(state)
    sums = np.array(found, float).reshape(-1, 12).sum(axis=1) / 2**32 - 6
    for count in (1, 7, 300):
        np.testing.assert_array_equal(normals(7, count), sums[:count])


def test_without_noise_a_quadratic_is_gone_down_exactly_and_what_is_no_rate_moves_nothing():
    given = np.ones((3, PARTICLES, 2))
    found = walk(LANDSCAPES["bowl"], [0.1, np.nan, 0.2], given, start=(-2.0, 1.0), noise=0.0)
    np.testing.assert_allclose(found.x[:, 0], [-2, -1.8, -1.8, -1.44])
    np.testing.assert_allclose(found.y[:, 0], [1, 0.6, 0.6, 0.12])
    assert found.mean[0] == pytest.approx(4)


def test_a_long_run_is_shown_in_as_many_moves_and_after_a_jump_its_new_rate_counts():
    curve = Curve(PiecewiseConstantDecay((749,), (0.2, 0.1)))
    short = rates_of(curve, Timeline(total_steps=1000))
    assert len(short) == 750
    assert set(short) == {np.float32(0.2), np.float32(0.1)}
    whole = rates_of(curve, replace(walks.RUN, total_steps=751))
    assert whole[748] == np.float32(0.2)
    assert rates_of(curve, Timeline(total_steps=10)).shape == (10,)
