"""A scene as the query of a URL, and back. Every value is explicit; nothing is trusted.

``?v=1&samples=2400&...&curve=CosineDecay~initial_learning_rate~0.1~...~per~step~color~0~shown~true``
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import get_args
from urllib.parse import quote, unquote, urlencode

from lrviz.errors import InvalidFields, InvalidLink
from lrviz.learn.study import read_study
from lrviz.scene import (
    MOST_CURVES,
    MOST_LABEL,
    Curve,
    Language,
    Per,
    Scale,
    Scene,
    Tab,
    Timeline,
    Unit,
    first_scene,
)
from lrviz.schedules import SCHEDULES, Schedule
from lrviz.text import Sentence, quoted

VERSION = "1"
#: No part of a link is read beyond this many characters.
MOST_CHARACTERS = 4000

#: A URL's query: names and values, in order.
Query = Sequence[tuple[str, str]]

_SCHEDULES = {schedule.__name__: schedule for schedule in SCHEDULES}
_CHOICES: dict[str, tuple[str, ...]] = {
    "unit": get_args(Unit),
    "scale": get_args(Scale),
    "language": get_args(Language),
    "tab": get_args(Tab),
}
#: Names of things that live on the server; they are looked up there, never trusted.
_IDS = ("run",)
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TRUTH = {"true": True, "false": False}


def to_query(scene: Scene) -> list[tuple[str, str]]:
    """The query of ``scene``; :func:`from_query` gives the same scene again, exactly."""
    return [
        ("v", VERSION),
        *scene.timeline.texts().items(),
        *((name, getattr(scene, name)) for name in _CHOICES),
        *((name, getattr(scene, name)) for name in _IDS if getattr(scene, name)),
        *scene.study.query(),
        ("selected", str(scene.selected)),
        *(("curve", _curve_text(curve)) for curve in scene.curves),
    ]


def to_text(scene: Scene) -> str:
    """The query of ``scene`` as it stands behind the ``?`` of a URL."""
    return urlencode(to_query(scene), safe="~,")


def from_query(query: Query) -> tuple[Scene, tuple[Sentence, ...]]:
    """The scene that ``query`` holds, and a sentence for each part that was not understood.

    What was not understood is left out, or is as in :func:`lrviz.scene.first_scene`; the rest is
    kept. Never raises.
    """
    problems: list[Sentence] = []
    given: dict[str, str] = {}
    curve_texts: list[str] = []
    for name, value in query:
        if name == "curve":
            curve_texts.append(value)
        else:
            given.setdefault(name, value)
    start = first_scene()
    version = given.pop("v", VERSION)
    if version != VERSION:
        problems.append(
            Sentence(
                "The link is of version {version}, which this page does not know: "
                "it was read as version 1.",
                {"version": quoted(version)},
            )
        )
    timeline = _timeline(given, start.timeline, problems)
    curves = _curves(curve_texts, problems) or start.curves
    scene = replace(start, timeline=timeline, curves=curves)
    scene = replace(scene, selected=_selected(given.pop("selected", ""), scene, problems))
    for name, choices in _CHOICES.items():
        value = given.pop(name, getattr(scene, name))
        if value in choices:
            scene = replace(scene, **{name: value})  # type: ignore[arg-type]  # checked above
        else:
            problems.append(_unknown(name, value))
    for name in _IDS:
        value = given.pop(name, "")
        if _ID.fullmatch(value):
            scene = replace(scene, **{name: value})  # type: ignore[arg-type]  # a str field
        elif value:
            problems.append(_unknown(name, value))
    study, not_understood = read_study(given)
    scene = replace(scene, study=study)
    problems.extend(not_understood)
    problems.extend(_unknown(name, value) for name, value in list(given.items())[:MOST_CURVES])
    return scene, tuple(problems)


def _curve_text(curve: Curve) -> str:
    values = curve.schedule.texts()
    own = {"per": curve.per, "color": str(curve.color), "shown": str(curve.shown).lower()}
    if curve.label:
        own["label"] = quote(curve.label, safe=" ").replace("~", "%7E")
    values |= {_own_name(name, type(curve.schedule)): text for name, text in own.items()}
    parts = [part for pair in values.items() for part in pair]
    return "~".join([type(curve.schedule).__name__, *parts])


def _timeline(given: dict[str, str], start: Timeline, problems: list[Sentence]) -> Timeline:
    texts = start.texts()
    for field in Timeline.fields():
        value = given.pop(field.name, None)
        if value is None:
            continue
        try:
            field.parse(value)
        except ValueError as error:
            problems.append(error.args[0])
        else:
            texts[field.name] = value
    try:
        return Timeline.from_text(texts)
    except InvalidFields as error:
        problems.extend(error.problems.values())
        return start


def _curves(texts: Sequence[str], problems: list[Sentence]) -> tuple[Curve, ...]:
    curves: list[Curve] = []
    for number, text in enumerate(texts[:MOST_CURVES], start=1):
        try:
            curves.append(_curve(text[:MOST_CHARACTERS], [each.color for each in curves]))
        except InvalidLink as error:
            problems.append(
                Sentence(
                    "Curve {number} of the link was left out: {why}",
                    {"number": number, "why": error.sentence},
                )
            )
    if len(texts) > MOST_CURVES:
        problems.append(
            Sentence(
                "The link holds {count} curves; the first {most} are shown.",
                {"count": len(texts), "most": MOST_CURVES},
            )
        )
    return tuple(curves)


def _curve(text: str, taken: Iterable[int]) -> Curve:
    name, *parts = text.split("~")
    schedule = _SCHEDULES.get(name)
    if schedule is None:
        raise InvalidLink(Sentence("There is no schedule {name}.", {"name": quoted(name)}))
    if len(parts) % 2:
        raise InvalidLink(Sentence("{part} has no value.", {"part": quoted(parts[-1])}))
    values = dict(zip(parts[::2], parts[1::2], strict=True))
    fields = {field.name for field in schedule.fields()}
    texts = {name: values.pop(name) for name in list(values) if name in fields}
    try:
        made = schedule.from_text(texts)
    except InvalidFields as error:
        raise InvalidLink(next(iter(error.problems.values()))) from error
    free = [color for color in range(MOST_CURVES) if color not in taken]
    # A colour that is taken or unknown is no reason to lose a curve.
    wish = values.pop(_own_name("color", schedule), "")
    color = int(wish) if wish in map(str, free) else free[0]
    per = values.pop(_own_name("per", schedule), "step")
    shown = values.pop(_own_name("shown", schedule), "true")
    label = clean_label(unquote(values.pop(_own_name("label", schedule), "")))
    if per not in get_args(Per):
        raise InvalidLink(_unknown("per", per))
    if shown not in _TRUTH:
        raise InvalidLink(_unknown("shown", shown))
    for extra, value in values.items():
        raise InvalidLink(_unknown(extra, value))
    return Curve(made, per, label, _TRUTH[shown], color)  # type: ignore[arg-type]  # checked


def _own_name(name: str, schedule: type[Schedule]) -> str:
    """What a curve's own ``name`` is in a link: its schedule may have a field of that name."""
    return f"curve.{name}" if name in (field.name for field in schedule.fields()) else name


def clean_label(text: str) -> str:
    """A curve's name out of what anybody typed: one line, printable, not too long."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:MOST_LABEL]


def _selected(text: str, scene: Scene, problems: list[Sentence]) -> int:
    last = len(scene.curves) - 1
    if not text:
        return min(scene.selected, last)
    if text in map(str, range(MOST_CURVES)):
        return min(int(text), last)
    problems.append(_unknown("selected", text))
    return 0


def _unknown(name: str, value: str) -> Sentence:
    return Sentence(
        "{name} = {value} was not understood.", {"name": quoted(name), "value": quoted(value)}
    )
