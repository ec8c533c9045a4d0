"""The Train tab through AppTest, with real workers."""

import errno
import textwrap

import pytest

from lrviz.errors import InvalidLimits, TrainingError
from lrviz.examples import EXAMPLES
from lrviz.link import to_query
from lrviz.page import Page
from lrviz.scene import Plateau
from lrviz.text import Sentence
from lrviz.training.holder import HOLDER, Holder
from lrviz.training.limits import Limits
from lrviz.training.service import Trainer
from lrviz.training.spec import Recipe
from tests.app.steps import (
    open_page,
    page_in,
    ran,
    rows_in,
    scene_in,
    session_in,
    texts_in,
    type_into,
    widget,
)
from tests.waiting import until

pytestmark = pytest.mark.keras

QUICK = Recipe(data="moons", epochs=2, units=8)
PAGE = Page(EXAMPLES["The course note with batch 1: now it restarts"].scene, tab="train")


@pytest.fixture(scope="module")
def trainer():
    with Trainer(limits=Limits(workers=1)) as started:
        yield started


@pytest.fixture
def app(trainer, monkeypatch):
    monkeypatch.setattr(HOLDER, "trainer", trainer)
    monkeypatch.setattr(HOLDER, "_begun", True)
    app = open_page(to_query(PAGE))
    session_in(app).set(recipe=QUICK)
    yield ran(app.run())
    for run in list(trainer._runs.values()):
        run.cancel()
        run.wait(60)


def _train(app):
    return ran(app.button(key="train").click().run())


def _ended(app, trainer):
    run = trainer.find(page_in(app).run)
    assert run.wait(300) == "done"
    return ran(app.run())


def test_the_tab_says_that_the_workers_are_starting(monkeypatch):
    monkeypatch.setattr(HOLDER, "trainer", None)
    monkeypatch.setattr(HOLDER, "_begun", True)
    app = open_page(to_query(PAGE))
    assert "workers are starting" in texts_in(app)
    # The form is there, and a press waits.
    assert "recipe/epochs" in rows_in(app)
    _train(app)
    assert "Your run begins then" in texts_in(app)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk is full"),
        (TrainingError(Sentence("There is no worker.")), "There is no worker."),
        (InvalidLimits({"LRVIZ_WORKERS": Sentence("LRVIZ_WORKERS is wrong.")}), "is wrong."),
        (RuntimeError("secret"), "The server's log says why."),
    ],
)
def test_why_nothing_can_be_trained_is_said_and_it_is_tried_again(
    trainer, monkeypatch, error, said
):
    tries = []

    def start():
        tries.append(error)
        if len(tries) == 1:
            # Dask wraps what its own threads met.
            raise RuntimeError("Cluster failed to start") from error
        return trainer

    holder = Holder()
    monkeypatch.setattr("lrviz.training.service.Trainer", start)
    monkeypatch.setattr("lrviz.training.holder._PAUSE", 1.0)
    monkeypatch.setattr("lrviz.ui.train.tab.HOLDER", holder)
    app = open_page(to_query(PAGE))
    until(lambda: holder.problem)
    text = ran(app.run()).error[0].value
    assert said in text
    assert "secret" not in text
    until(lambda: ran(app.run()) and holder.trainer is trainer)
    assert not ran(app.run()).error


def test_a_run_is_submitted_linked_and_shown_with_its_results(app, trainer):
    assert "press Train" in texts_in(app)
    _train(app)
    run = trainer.find(page_in(app).run)
    assert run.spec.lines == (PAGE.scene.curve,)
    _ended(app, trainer)
    assert "step 50 of 50" in texts_in(app)
    assert "| 1 | CosineDecayRestarts | done | 50 |" in texts_in(app)
    assert "CPU:0" in texts_in(app)
    assert "averaged, reach an accuracy of" in texts_in(app)
    ran(app.button(key="remove-run").click().run())
    assert page_in(app).run == ""
    assert trainer.find(run.id) is None


def test_another_session_finds_the_run_by_its_link_and_cannot_remove_it(app, trainer):
    _train(app)
    _ended(app, trainer)
    other = open_page(to_query(page_in(app)))
    assert "step 50 of 50" in texts_in(other)
    assert page_in(other).recipe == Recipe(data="moons", epochs=2, units=8)
    assert "remove-run" not in [button.key for button in other.button]
    assert other.button(key="cancel").disabled


def test_several_curves_and_a_plateau_are_trained_side_by_side(app, trainer):
    ran(widget(app.pills, "fit-curves").set_value([0, 1]).run())
    ran(widget(app.toggle, "fit-plateau").set_value(True).run())
    type_into(app, "plateau/factor", "0.25")
    type_into(app, "recipe/seed", "7")
    _train(app)
    spec = trainer.find(page_in(app).run).spec
    assert [each.name for each in spec.lines] == ["StepDecay", "CosineDecay", Plateau().name]
    assert spec.lines[2].factor == 0.25
    assert spec.recipe.seed == 7
    _ended(app, trainer)
    assert texts_in(app).count("| done |") >= 3


def test_choices_change_the_recipe_and_bad_ones_are_refused_in_a_sentence(app):
    ran(widget(app.selectbox, "fit-optimizer").set_value("Adam").run())
    ran(widget(app.selectbox, "fit-data").set_value("spiral").run())
    ran(widget(app.selectbox, "fit-model").set_value("two").run())
    recipe = page_in(app).recipe
    assert (recipe.optimizer, recipe.data, recipe.model) == ("Adam", "spiral", "two")
    type_into(app, "recipe/epochs", "1e9")
    assert "epochs must be at most" in texts_in(app).replace("\\", "")
    type_into(app, "recipe/epochs", "4")
    assert page_in(app).recipe.timeline.steps == 100
    assert "Explore shows another run" in app.info[-1].value
    ran(app.button(key="fit-timeline").click().run())
    assert scene_in(app).timeline == page_in(app).recipe.timeline


def test_two_runs_are_the_most_and_cancel_frees_a_place(app, trainer):
    type_into(app, "recipe/epochs", "4000")
    _train(app)
    first = trainer.find(page_in(app).run)
    until(lambda: first.state == "running")
    _train(app)
    second = trainer.find(page_in(app).run)
    assert "next in line" in texts_in(app)
    _train(app)
    assert "2 runs waiting or training" in app.warning[0].value.replace("\\", "")
    assert page_in(app).run == second.id
    ran(app.button(key="cancel").click().run())
    assert second.wait(60) == "cancelled"
    # It has not waited for its turn.
    assert first.state == "running"
    # What is no longer true is no longer said.
    assert not ran(app.run()).warning


def test_a_refused_value_is_never_trained_with(app, trainer):
    before = len(trainer._runs)
    type_into(app, "recipe/epochs", "0")
    _train(app)
    assert "correct the value in red" in app.warning[-1].value
    assert len(trainer._runs) == before
    type_into(app, "recipe/epochs", "3")
    _train(app)
    assert trainer.find(page_in(app).run).spec.recipe.epochs == 3


def test_a_change_elsewhere_does_not_disturb_a_run(app, trainer):
    _train(app)
    ran(widget(app.segmented_control, "language").set_value("ko").run())
    ran(widget(app.selectbox, "fit-data").set_value("digits").run())
    assert trainer.find(page_in(app).run).wait(300) == "done"
    assert "끝남" in texts_in(ran(app.run()))


LIKE_MNIST = """
    import numpy as np

    from lrviz.training.lean import keras

    def load_data():
        def part(count):
            random = np.random.default_rng(count)
            pixels = random.integers(0, 256, (count, 28, 28)).astype(np.uint8)
            return pixels, random.integers(0, 10, count)
        return part(60_000), part(10_000)

    keras.datasets.mnist.load_data = load_data
"""


def test_the_least_memory_is_enough_and_when_it_is_not_the_page_says_so(tmp_path, monkeypatch):
    (tmp_path / "like_mnist.py").write_text(textwrap.dedent(LIKE_MNIST), "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    wide = Recipe(data="mnist", model="two", units=1024, epochs=1, batch_size=128)
    limits = Limits(workers=1, memory="1GB")
    with Trainer(limits=limits, preload=["like_mnist"]) as trainer:
        monkeypatch.setattr(HOLDER, "trainer", trainer)
        app = open_page(to_query(PAGE))
        session_in(app).set(recipe=QUICK)
        for _ in range(2):
            _train(app)
            _ended(app, trainer)
        session_in(app).set(recipe=wide)
        _train(app)
        assert trainer.find(page_in(app).run).wait(300) == "failed"
        assert "needed more memory than a worker may take" in texts_in(ran(app.run()))
        session_in(app).set(recipe=QUICK)
        _train(app)
        _ended(app, trainer)
