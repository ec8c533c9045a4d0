"""Labels that state values follow them when they change."""

import re
from contextlib import suppress
from dataclasses import replace

from lrviz.scene.lines import Line
from lrviz.scene.scene import Scene
from lrviz.scene.timeline import Timeline

#: A value that a label states: ``t_mul = 1.5``.
_STATED = re.compile(r"\b([A-Za-z_]\w*) = ([-+.\deE]+)(?=,|$)")
#: What the SGDR paper and PyTorch call a field; T_0 is in epochs.
_FIELDS = {"T_0": "first_decay_steps", "T_mult": "t_mul"}


def relabelled(before: Scene, after: Scene) -> Scene:
    """``after`` with new values in the labels that stated those of ``before``.

    A label that stated other values than its line had is a name of the reader's own, and stays.
    """
    earlier = {line.id: line for line in before.lines}
    lines = tuple(
        _relabelled(earlier[line.id], line, before.timeline, after.timeline)
        if line.id in earlier
        else line
        for line in after.lines
    )
    same = all(one is other for one, other in zip(lines, after.lines, strict=True))
    return after if same else replace(after, lines=lines)


def _relabelled(before: Line, after: Line, was: Timeline, run: Timeline) -> Line:
    if before.label != after.label:
        return after
    label = after.label
    for name, text in _STATED.findall(label):
        value = _value(after, run, name)
        if _value(before, was, name) == _number(text) != value:
            new = "" if value is None else f"{name} = {value:g}"
            label = label.replace(f"{name} = {text}", new)
    # Where the line has no such value any more, its kind is its name.
    if not all(part.strip() for part in label.split(",")):
        label = ""
    return after if label == after.label else replace(after, label=label)


def _value(line: Line, run: Timeline, name: str) -> float | None:
    path = _FIELDS.get(name, name)
    settings = line.settings
    field = next((each for each in settings.fields() if each.path == path), None)
    value = None if field is None else settings.value(path)
    # A list, a text, or one that may be none and is.
    if not isinstance(value, int | float):
        return None
    return value * line.stride(run) / run.steps_per_epoch if name == "T_0" else float(value)


def _number(text: str) -> float | None:
    with suppress(ValueError):
        return float(text)
    return None
