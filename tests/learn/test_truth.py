"""What the lessons say in plain figures, asserted."""

import math

import numpy as np
import pytest

from lrviz.learn.lessons import m_mul, restart, steps
from lrviz.learn.lessons.fits import content
from lrviz.scene import Curve, Timeline
from lrviz.schedules import CosineDecay, CosineDecayRestarts


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
