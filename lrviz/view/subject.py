"""What a form edits: a declared part of the page, by its name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lrviz.declared import Declared
from lrviz.lenses import shown
from lrviz.page import Page
from lrviz.scene import Curve
from lrviz.scene.shares import length_of, share_of
from lrviz.text import Sentence


@dataclass(frozen=True)
class Subject:
    """What a form edits.

    Attributes:
        name: The name of the form, with which its widgets' names begin.
        read: Finds it in a page; None: it is not there any more.
        put: A page with another value in its place.
        id: The curve's, where it is a curve's schedule: its lengths may follow the run.
    """

    name: str
    read: Callable[[Page], Declared | None]
    put: Callable[[Page, Any], Page]
    id: int | None = None

    def lengths(
        self, page: Page, drafts: Mapping[str, str]
    ) -> tuple[dict[str, str], dict[str, float]]:
        """The drafts with a length in steps for each that says what share of the run it is.

        And these shares, in percent; both by the fields' paths.
        """
        curve = self._curve(page)
        if curve is None:
            return dict(drafts), {}
        paths = {each.path for each in curve.schedule.fields() if each.length}
        every = {path: share_of(text) for path, text in drafts.items() if path in paths}
        shares = {path: percent for path, percent in every.items() if percent is not None}
        run = curve.count(page.scene.timeline)
        steps = {path: f"{length_of(percent, run)}" for path, percent in shares.items()}
        return {**drafts, **steps}, shares

    def unmet(self, page: Page) -> dict[str, Sentence]:
        """Why lengths that follow the run are not as long as that says, by their paths."""
        curve = self._curve(page)
        return {} if curve is None else curve.unmet(page.scene.timeline)

    def shared(self, page: Page, shares: Mapping[str, float | None]) -> Page:
        """The page on which the lengths at those paths follow the run, or do not any more."""
        curve = self._curve(page)
        if curve is None:
            return page
        changed = curve
        for path, percent in shares.items():
            changed = changed.with_share(path, percent)
        changed = changed.over(page.scene.timeline)
        if changed is curve:
            return page
        changes = {"schedule": changed.schedule, "shares": changed.shares}
        return replace(page, scene=page.scene.with_line(curve.id, **changes))

    def _curve(self, page: Page) -> Curve | None:
        return next((each for each in page.scene.curves if each.id == self.id), None)


def _part(name: str, path: str) -> Subject:
    return Subject(
        name,
        lambda page: page.part(path),
        lambda page, value: page.with_part(path, value),
    )


#: The run that the curves are drawn over, and what the Train form says.
RUN = Subject(
    "run",
    lambda page: page.scene.timeline,
    lambda page, timeline: replace(page, scene=page.scene.over(timeline)),
)
RECIPE = _part("recipe", "recipe")
PLATEAU = _part("plateau", "plateau")
#: What is set of the lens.
LENS = Subject(
    "lens",
    lambda page: shown(page.scene),
    lambda page, lens: page.with_part("scene.lens", page.scene.lens.with_settings(lens)),
)


def row_name(subject: Subject, path: str) -> str:
    """The id of a field of ``subject`` in the browser."""
    return f"{subject.name}/{path}"


def find(page: Page, name: str) -> tuple[Subject, str] | None:
    """The subject and the path that :func:`row_name` has named; None: not on this page."""
    subject_name, _, path = name.partition("/")
    every = (RUN, RECIPE, PLATEAU, LENS, *map(schedule_of, page.scene.curves))
    return next(((each, path) for each in every if each.name == subject_name), None)


def schedule_of(curve: Curve) -> Subject:
    """The schedule of the curve that has the id of ``curve``, while it is of that kind."""
    id, kind = curve.id, type(curve.schedule)

    def read(page: Page) -> Declared | None:
        schedules = (each.schedule for each in page.scene.curves if each.id == id)
        schedule = next(schedules, None)
        return schedule if type(schedule) is kind else None

    def put(page: Page, schedule: Any) -> Page:
        return replace(page, scene=page.scene.with_line(id, schedule=schedule))

    return Subject(f"curve-{id}-{kind.__name__}", read, put, id)
