"""What the lessons say in plain figures, asserted."""

import math

import numpy as np
import pytest

from lrviz.figures.landscapes import LANDSCAPES
from lrviz.learn.lessons import decay, m_mul, restart, steps
from lrviz.learn.lessons.fits import content
from lrviz.scene import Curve, Timeline
from lrviz.schedules import WSD, Constant, CosineDecay, CosineDecayRestarts, ExponentialDecay
from tests.paths import gradient, value, walked


def test_lesson_1_says_the_truth():
    run = Timeline(samples=10, batch_size=32, epochs=10)
    cosine = CosineDecay(0.001, 50, alpha=0.001)
    assert (run.steps, run.last_step) == (10, 9)
    reached = float(cosine(9))
    assert f"{reached:.6f}" == "0.000922"
    # “half-way at step 25”, “the floor, at step 50”, “one short of the floor”
    assert cosine(25) == pytest.approx(0.0005, abs=1e-6)
    assert cosine(49) > cosine(50) == cosine(60) == pytest.approx(1e-6)
    counts = [Timeline(samples=10, batch_size=size, epochs=10).steps for size in range(1, 33)]
    assert [size for size, count in enumerate(counts, start=1) if count > 50] == [1]
    assert counts[1] == 50
    # “18% of the way, 18% of the fall”
    line = steps._REACHED.question.answers.mistakes[1]
    assert line.answer == pytest.approx(0.001 - 0.18 * (0.001 - 1e-6))
    assert "18% of the way, 18%" in str(line.why)


def test_lesson_2_says_the_truth():
    warm = CosineDecay(0.1, 100, alpha=0.1, warmup_target=0.4, warmup_steps=50)
    assert warm(150) == pytest.approx(0.04)
    assert warm(149) > warm(150) == warm(190)
    assert warm(50) == 0.4
    plain = CosineDecay(0.2, 100, alpha=0.1)
    assert plain(50) == pytest.approx((plain(0) + plain(100)) / 2)


def test_lesson_3_says_the_truth():
    def starts(t_mul, last=1000):
        return [each.start for each in CosineDecayRestarts(0.1, 100, t_mul=t_mul).cycles(last)]

    assert starts(2.0) == [0, 100, 300, 700]
    assert starts(1.5)[:3] == [0, 100, 250]
    assert starts(1.0)[:3] == [0, 100, 200]
    assert starts(0.5)[:4] == [0, 100, 150, 175]
    half = CosineDecayRestarts(0.1, 100, t_mul=0.5)
    assert half.limit == 200
    assert math.isfinite(half(199))
    assert math.isnan(half(200))
    # “The run's steps are 0 to 319: it is over before step 320”
    assert "0 to 319: it is over before step 320," in str(restart._NEVER.question.answers.why)
    never = CosineDecayRestarts(0.1, 320, t_mul=2.0)
    assert [each.start for each in never.cycles(319)] == [0]
    assert [each.start for each in never.cycles(320)] == [0, 320]
    # “a seventh of it gives three whole cycles”
    seventh = CosineDecayRestarts(0.1, 100, t_mul=2.0).cycles(699)
    assert sum(each.length for each in seventh) == 700
    assert len(seventh) == 3


def test_lesson_4_says_the_truth():
    def peaks(**values):
        schedule = CosineDecayRestarts(0.1, 100, **values)
        return [each.peak / 0.1 for each in schedule.cycles(350)]

    assert peaks(t_mul=1.0, m_mul=0.5**0.5)[2] == pytest.approx(0.5)
    assert peaks(t_mul=1.0, m_mul=0.5)[1:3] == pytest.approx([0.5, 0.25])
    assert peaks(t_mul=1.0, m_mul=0.5 ** (1 / 3))[3] == pytest.approx(0.5)
    assert peaks(t_mul=1.0, m_mul=2.0, alpha=0.1)[:3] == pytest.approx([1, 1.9, 3.7])
    # “With alpha = 0”: else not.
    assert peaks(t_mul=1.0, m_mul=0.5, alpha=0.1)[1] != pytest.approx(0.5)
    assert str(m_mul._HALF.sentence).startswith("With alpha = 0")
    mixed = CosineDecayRestarts(0.1, 100, t_mul=2.0, m_mul=0.5).cycles(699)
    assert [each.length for each in mixed] == [100, 200, 400]
    assert [each.peak for each in mixed] == pytest.approx([0.1, 0.05, 0.025])


def test_lesson_5_says_the_truth():
    log = content()["before_after"]
    cosine = CosineDecay(0.1, 10)
    # Keras works in float32.
    np.testing.assert_allclose(log["before"], cosine(np.arange(12)), atol=2e-8)
    np.testing.assert_allclose(log["after"], cosine(np.arange(1, 13)), atol=2e-8)
    assert content()["error_of_both"].startswith("TypeError: This optimizer was created with")
    run = Timeline(samples=128, batch_size=32, epochs=10)
    assert Curve(cosine, per="epoch").rate(30, run) == cosine(7)
    # The invitation: with half the batch one stays as it is over steps, the other over epochs.
    half, step = Timeline(samples=128, batch_size=16, epochs=10), np.arange(40)
    by_step, by_epoch = Curve(cosine), Curve(cosine, per="epoch")
    assert (by_step.rate(step, half) == by_step.rate(step, run)).all()
    assert (by_epoch.rate(2 * step, half) == by_epoch.rate(step, run)).all()
    assert (by_epoch.rate(step, half) != by_epoch.rate(step, run)).any()


def test_lesson_6_says_the_truth():
    log = np.array(content()["rounding"]["before"])
    exact = CosineDecayRestarts(0.1, 10, t_mul=1.1)
    off = np.flatnonzero(np.abs(log - exact(np.arange(len(log)))) > 0.05)
    assert off.tolist() == [21]
    assert (log[21], exact(21)) == (0.0, 0.1)
    assert log[10] == pytest.approx(0.1)
    # “right again” one step later, and every other cross “on the line”
    right = np.delete(np.arange(len(log)), 21)
    np.testing.assert_allclose(log[right], exact(right), atol=1e-5)
    assert [each.start for each in exact.cycles(30)][:3] == [0, 10, 21]
    # The invitation's riddle has an answer.
    assert [each.start for each in CosineDecayRestarts(0.1, 10, t_mul=1.2).cycles(30)][2] == 22


@pytest.mark.keras
def test_what_the_lessons_say_of_keras():
    import tensorflow
    from keras.optimizers.schedules import CosineDecayRestarts as Theirs

    theirs = Theirs(0.1, 10, t_mul=1.1)
    assert [round(float(theirs(step)), 3) for step in (10, 21, 22)] == [0.1, 0.0, 0.098]
    # Lesson 6: “a hair below”
    share, ratio = (tensorflow.constant(each, tensorflow.float32) for each in (2.1, 1.1))
    quotient = tensorflow.math.log(1.0 - share * (1.0 - ratio)) / tensorflow.math.log(ratio)
    assert 2 - 1e-6 < float(quotient) < 2
    # Lesson 3: “NaN, in Keras too”
    assert [math.isnan(Theirs(0.1, 100, t_mul=0.5)(step)) for step in (199, 200)] == [False, True]
    # Lesson 4: its documentation has been put right (keras-team/keras #15288).
    words = " ".join(Theirs.__doc__.split())
    assert "`m_mul` times initial learning rate" in words
    assert "smaller" not in words


def _over_seeds(landscape, schedule, look):
    """What ``look`` says of twenty walks of 750 steps with noise of variance 1."""
    rates = schedule(np.arange(750.0))
    ground = LANDSCAPES[landscape]
    return [look(ground, walked(ground, rates, 1.0, seed=seed)) for seed in range(20)]


def _end(ground, walk):
    return walk.mean[-50:].mean()


def _inside(ground, walk):
    low, high = ground.counted
    return int(((walk.x[-1] > low) & (walk.x[-1] < high)).sum())


def test_lesson_8_says_the_truth():
    high, low, tenth = (
        _over_seeds("bowl", Constant(rate), _end) for rate in (0.1, 0.02, decay._TENTH)
    )
    # The floor is a formula, and where the walks come to rest.
    assert np.mean(high) == pytest.approx(decay._floor(0.1), rel=0.03)
    assert np.mean(low) == pytest.approx(decay._floor(0.02), rel=0.05)
    assert np.mean(tenth) == pytest.approx(decay._floor(0.1) / 10, rel=0.05)
    assert decay._floor(decay._TENTH) == pytest.approx(decay._floor(0.1) / 10, rel=0.01)
    assert max(low) < min(high)
    # “A hundredth of the rate does not even arrive”
    assert min(_over_seeds("bowl", Constant(0.001), _end)) > 0.5
    # “0.035 to 0.056, the cosine at 0.060 to 0.085, the low rate at 0.14 to 0.16”
    slow, cosine, wsd = (
        _over_seeds("valley", schedule, _end)
        for schedule in (
            Constant(0.02),
            CosineDecay(0.1, 750),
            WSD(0.1, 40, 600, 110, "linear"),
        )
    )
    assert 0.0345 <= min(wsd) <= max(wsd) <= 0.0565
    assert 0.0595 <= min(cosine) <= max(cosine) <= 0.0855
    assert 0.135 <= min(slow) <= max(slow) <= 0.165


def test_lesson_9_says_the_truth():
    cliff = LANDSCAPES["cliff"]
    steep, _ = gradient(cliff, *cliff.start)
    assert -steep == pytest.approx(37.5, abs=0.06)
    # “the good basin is 1.75 away”
    assert -1.2 - cliff.start[0] == pytest.approx(1.75)
    cold = _over_seeds("cliff", CosineDecay(0.1, 750), _inside)
    assert max(cold) <= 2
    for length in (10, 40):
        warm = _over_seeds("cliff", WSD(0.1, length, 640 - length, 110, "linear"), _inside)
        assert min(warm) == 64
    basins = LANDSCAPES["basins"]
    # The sharp basin's curvature, of its well alone.
    assert 2 * basins.wells[0].depth / basins.wells[0].width ** 2 == pytest.approx(50)
    faded, cosine, restarts = (
        _over_seeds("basins", schedule, _inside)
        for schedule in (
            ExponentialDecay(0.1, 100, 0.5),
            CosineDecay(0.1, 750),
            CosineDecayRestarts(0.1, 188, t_mul=1.0),
        )
    )
    assert (min(faded), max(faded)) == (3, 13)
    assert (min(cosine), max(cosine)) == (37, 47)
    assert (min(restarts), max(restarts)) == (39, 50)
    # “for about the same number of steps”, “for 132 steps alone”
    step = np.arange(750.0)
    above = [
        int((schedule(step) > 0.04).sum())
        for schedule in (CosineDecay(0.1, 750), CosineDecayRestarts(0.1, 188, t_mul=1.0))
    ]
    assert above[0] == pytest.approx(above[1], abs=4)
    assert (ExponentialDecay(0.1, 100, 0.5)(step) > 0.04).sum() == pytest.approx(132, abs=1)


@pytest.mark.parametrize("name", LANDSCAPES)
def test_a_landscapes_lowest_loss_is_0(name):
    ground = LANDSCAPES[name]
    left, right, low, high = ground.region
    x, y = np.meshgrid(np.linspace(left, right, 1201), np.linspace(low, high, 401))
    assert value(ground, x, y).min() == pytest.approx(0, abs=2e-5)
    assert left < ground.start[0] < right
    assert low < ground.start[1] < high
