"""What lesson 7 says of real fits, asserted: with seeds, and how sure it is."""

import json
from pathlib import Path

import numpy as np
from scipy import stats

from lrviz.figures import lesson_figure
from lrviz.learn.lessons import other_tasks, worth
from lrviz.learn.lessons.fits import between, content, fits, interval

PEAKS = Path(worth.__file__).with_name("spiral_peaks.json")


def test_lesson_7_s_fits_are_a_fair_comparison():
    found = content()
    assert not set(found["trial_seeds"]) & set(range(20))
    for task in ("noisy", "clean", "spirals"):
        for which, rows in found["trials"][task].items():
            # The peak is the best of those that were tried, and none of the outermost.
            best = max(rows, key=lambda row: row["last"])["peak"]
            assert fits(task, which).peak == best
            assert rows[0]["peak"] < best < rows[-1]["peak"]
            # As many models are averaged, whatever the schedule.
            assert fits(task, which).models.shape == (20, 4)
    assert {fits("high", which).peak for which in ("restarts", "cosine")} == {1.0}


def test_lesson_7_says_the_truth_of_noisy_digits():
    ends = [9, 19, 29, 39]
    short, long = fits("noisy", "restarts"), fits("noisy", "cosine")
    assert short.seeds == 20
    # In every fit: a jump after each restart, a lower end of each cycle.
    for end in ends[:-1]:
        assert (short.loss[:, end + 1] > short.loss[:, end]).all()
    assert (np.diff(short.loss[:, ends], axis=1) < 0).all()
    # “no merit of the restarts”: the cosine ends as low.
    assert abs(long.loss[:, -1].mean() - short.loss[:, -1].mean()) < 0.01
    # “as accurate, to a quarter of a point”
    assert short.peak == long.peak == 0.3
    assert -0.25 < _between(short.last - long.last)[0] < _between(short.last - long.last)[1] < 0.25
    # “less than one point better, if at all”: it may be none.
    gain = short.ensemble - long.last
    low, high = _between(gain)
    assert low < 0 < high < 1
    right = worth._AVERAGE.question
    assert str(right.options[int(right.answers.right)]) == "Less than one point better, if at all"
    assert "with 95 % confidence -0.01 to 0.67. It may be none" in str(right.answers.why)
    assert ((gain > 0).sum(), (gain < 0).sum()) == (12, 6)
    assert _between(short.ensemble - short.last)[0] > 0
    assert max(map(abs, _between(long.ensemble - long.last))) < 0.35


def test_lesson_7_says_the_truth_of_a_peak_that_is_too_high():
    high, best = fits("high", "restarts"), fits("noisy", "cosine")
    assert ((high.ensemble - high.last) > 0).all()
    assert 3 < (high.ensemble - high.last).mean() < 4
    # One model of a lower peak is as good as their average.
    difference = best.last - high.ensemble
    assert abs(difference.mean()) < difference.std(ddof=1) / 2
    assert fits("high", "cosine").last.mean() < high.ensemble.mean() - 3
    # “the third and the fourth are worse in each of the fits”, while the loss falls
    assert (np.diff(high.models[:, 1:], axis=1) < 0).all()
    assert (np.diff(high.loss.mean(axis=0)[[9, 19, 29, 39]]) < 0).all()
    # “even the model after the first cycle”
    assert high.models[:, 0].mean() > best.last.mean()


def test_lesson_7_says_the_truth_of_clean_digits_and_of_spirals():
    clean = [fits("clean", which) for which in ("restarts", "cosine", "constant")]
    means = [each.last.mean() for each in clean]
    assert max(means) - min(means) < 0.1
    assert all(each.loss[:, -1].max() < 0.01 for each in clean)
    assert abs((clean[0].ensemble - clean[0].last).mean()) < 0.1
    # “may be chance”, “by less than a tenth of a point”
    difference = clean[0].last - clean[1].last
    assert _between(difference)[0] < 0 < _between(difference)[1]
    assert -0.1 < difference.mean() < 0
    short, long = fits("spirals", "restarts"), fits("spirals", "cosine")
    assert short.peak == long.peak == 1.0
    harm = short.last - long.last
    assert (harm.max(), (harm < 0).sum()) == (0, 15)


def test_lesson_7_says_the_truth_of_what_the_peak_did_to_the_spirals():
    """The grid was too coarse for them: most of what looked like harm was the peak's."""
    found = json.loads(PEAKS.read_text("utf-8"))
    assert not set(found["trial_seeds"]) & set(range(20))
    for which in ("restarts", "cosine"):
        rows = {row["peak"]: row for row in found[which]["peaks"]}
        # The best over the trials, whose seeds are others, and of the fits that are reported.
        best = max(rows.values(), key=lambda row: np.mean(row["trials"]))["peak"]
        assert between(which).peak == best
        assert between(which).last.tolist() == rows[best]["last"]
        # The same fits as those of lesson_fits, where both have them.
        assert fits("spirals", which).last.tolist() == rows[1.0]["last"]
    coarse, lower, cosine = fits("spirals", "restarts"), between("restarts"), between("cosine")
    assert lower.peak == 0.5
    assert coarse.last.mean() < 95 < 99 < lower.last.mean()
    left = lower.last - cosine.last
    assert (left.max(), (left < 0).sum()) == (0, 8)
    assert -left.mean() < (fits("spirals", "cosine").last - coarse.last).mean() / 5
    # “are less accurate after the third cycle than after the second”
    assert (coarse.models[:, 2] < coarse.models[:, 1]).sum() == 13
    assert (lower.models[:, 2] >= lower.models[:, 1]).all()
    question = other_tasks.TWO_SPIRALS.question
    assert str(question.options[int(question.answers.right)]) == "The peak"
    assert "with 0.5, between 0.3 and 1, they end at 99.3%" in str(question.answers.why)


def _between(values):
    """The 95 % interval of the mean, as SciPy has it; it is what the lessons say."""
    low, high = stats.t.interval(0.95, len(values) - 1, values.mean(), stats.sem(values))
    assert interval(values) == {"low": f"{low:.2f}", "high": f"{high:.2f}"}
    return low, high


def test_the_words_over_the_dots_cover_none():
    """The best models are the highest dots; the words need an eighth of a chart on a phone."""
    shown = other_tasks.TWO_SPIRALS.revealed
    figure = lesson_figure(
        shown.scene,
        str,
        notes=other_tasks.TWO_SPIRALS.notes,
        series=shown.series,
        measure=shown.measure,
    )
    low, high = figure["layout"]["yaxis"]["range"]
    assert max(max(each.y) for each in shown.series) == 100
    assert high - (high - low) / 8 > 100
