"""The lens beneath a chart: what the browser needs to show it, and what can be done there."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import get_args

from lrviz.figures.curves import per_tick
from lrviz.figures.landscapes import LANDSCAPES, Ground, lens_on
from lrviz.figures.walks import MOVES
from lrviz.forecast import LAWS, MultiPowerLaw
from lrviz.forecast.improve import improve
from lrviz.forecast.reach import Reach, reach
from lrviz.once import once
from lrviz.scene import MOST_CURVES, Curve, Lens, Scene, Timeline, clean_label, fields_of
from lrviz.scene.insights import summary
from lrviz.scene.lens import Kind, Model
from lrviz.text import Sentence, mark
from lrviz.ui.session import Session
from lrviz.ui.widgets.lens.law import known_of, law_data, law_of
from lrviz.view.panel import Row
from lrviz.view.subject import LENS

_KINDS: Mapping[Kind, str] = {
    "cycles": mark("Cycles"),
    "path": mark("Path"),
    "loss": mark("Loss"),
}
#: What is set of each kind in the panel.
_SETTINGS: Mapping[Kind, tuple[str, ...]] = {
    "cycles": (),
    "path": ("noise", "momentum", "start_x", "start_y", "gain", "seed"),
    "loss": (),
}
_FIELDS = {field.path: field for field in Lens.declared()}
#: The rates that the landscapes are made for are about so high.
_USUAL = 0.1

Acts = dict[str, Callable[[str, str], None]]


@dataclass
class LensMemory:
    """What a session remembers of its lens: the curve than which no better one was found."""

    best: Curve | None = None


def lens_data(session: Session, scene: Scene, *, chosen: bool = True) -> str:
    """What the chart of ``scene`` shows beneath it, as JSON; empty: nothing.

    ``chosen`` tells whether the reader can choose another lens.
    """
    lens = scene.lens
    if not chosen and lens.kind == "cycles":
        return ""
    ground = LANDSCAPES[lens.landscape] if lens.kind == "path" else None
    law = law_of(lens) if lens.kind == "loss" else None
    found = {} if law is None else _reaches(scene, law)
    return json.dumps(
        {
            "kind": lens.kind,
            "label": session.text("What is shown beneath"),
            "kinds": [[kind, session.text(title)] for kind, title in _KINDS.items()]
            if chosen
            else [],
            "choice": _choice(session, lens) if chosen else None,
            "steps": scene.timeline.steps,
            "perTick": per_tick(scene),
            "moves": MOVES,
            "ground": None if ground is None else _ground(session, ground),
            "settings": {name: lens.value(name) for name in _SETTINGS[lens.kind]},
            "law": None if law is None else law_data(law),
            "levels": {str(id): found[id].level for id in found},
            "why": [session.text(each) for each in _why(session, scene, ground, found)],
            "texts": _texts(session, scene, ground, law),
        }
    )


def lens_rows(scene: Scene) -> list[Row]:
    """The panel's lines for what is set of the lens."""
    title = _KINDS[scene.lens.kind]
    names = _SETTINGS[scene.lens.kind]
    return [Row(LENS, _FIELDS[name], group=title if name == names[0] else "") for name in names]


def locks(rows: list[Row], scene: Scene) -> list[Row]:
    """The lines of the selected curve, with a lock on each that can be moved for a better loss."""
    if scene.lens.kind != "loss":
        return rows
    paths = {field.path for field in fields_of(scene.curve)}
    return [replace(row, lock=row.field.path in paths) for row in rows]


def lens_acts(session: Session) -> Acts:
    """What can be done in the chart's lens."""
    return {
        "lens": lambda kind, _: _show(session, kind),
        "landscape": lambda name, _: _set(session, "landscape", name),
        "model": lambda name, _: _set(session, "model", name),
        "start": lambda x, y: _begin(session, x, y),
        "improve": lambda _, __: _improve(session),
    }


def lock(session: Session, path: str) -> None:
    """Close a field's lock, or open it."""
    lens = session.scene.lens
    if path not in (field.path for field in fields_of(session.scene.curve)):
        return
    others = tuple(each for each in lens.locked if each != path)
    locked = others if path in lens.locked else (*others, path)[-60:]
    session.look(lens=replace(lens, locked=locked))


def _choice(session: Session, lens: Lens) -> dict[str, object] | None:
    titles: dict[str, str]
    value: str
    if lens.kind == "path":
        titles = {each: session.text(ground.title) for each, ground in LANDSCAPES.items()}
        name, value, label = "landscape", lens.landscape, session.text("Landscape")
        help = session.text(LANDSCAPES[lens.landscape].look_for)
    elif lens.kind == "loss":
        titles = {each: law.name for each, law in zip(get_args(Model), LAWS, strict=True)}
        name, value, label = "model", lens.model, session.text("Model")
        help = session.text(known_of(law_of(lens)))
    else:
        return None
    return {
        "name": name,
        "label": label,
        "help": help,
        "options": [*titles.items()],
        "value": value,
    }


def _ground(session: Session, ground: Ground) -> dict[str, object]:
    return {
        "bowl": ground.bowl,
        "wells": ground.wells,
        "lowest": ground.lowest,
        "region": ground.region,
        "counted": ground.counted,
        "counts": session.text(ground.counts) if ground.counts else "",
    }


def _reaches(scene: Scene, law: MultiPowerLaw) -> dict[int, Reach]:
    timeline = scene.timeline
    return {curve.id: reach(curve, timeline, law.setting) for curve in scene.shown}


def _why(
    session: Session, scene: Scene, ground: Ground | None, found: Mapping[int, Reach]
) -> list[Sentence]:
    """What is to be said beside the picture."""
    if ground is not None:
        steps, told = scene.timeline.steps, [Sentence(ground.look_for)]
        if steps > MOVES:
            times = float(f"{steps / MOVES:.4g}")
            told.append(
                Sentence("One move of the particles is {steps} steps of the run.", {"steps": times})
            )
        return told
    by_why: dict[Sentence, list[str]] = {}
    for curve in scene.distinct.shown:
        for each in found[curve.id].why if found else ():
            by_why.setdefault(each, []).append(curve.name)
    # What is so of all curves is said once.
    told = [
        why
        if len(names) == len(scene.shown)
        else Sentence("{name}: {why}", {"name": ", ".join(names), "why": why})
        for why, names in by_why.items()
    ]
    if found and session.memory(LensMemory).best is scene.curve:
        told.append(
            Sentence(
                "{name}: the law knows no better one with these open locks.",
                {"name": scene.distinct.curve.name},
            )
        )
    return told


def _texts(
    session: Session,
    scene: Scene,
    ground: Ground | None,
    law: MultiPowerLaw | None,
) -> dict[str, str]:
    if ground is not None:
        return {
            "axis": session.text("mean loss"),
            "picture": session.text("Particles on a landscape: {title}.").format(
                title=session.text(ground.title)
            ),
            "improve": "",
            "improving": "",
        }
    if law is None:
        return {"improve": "", "improving": ""}
    return {
        "axis": session.text("loss, forecast"),
        "nothing": session.text(
            "The law says nothing here. An example with runs that it was fitted to is in the menu "
            "above: “Forecast: cosine, WSD, and one that you tune”."
        ),
        "best": session.text(
            "The first is best by {gap}; such differences were off by up to {error}."
        ),
        "tied": session.text(
            "The law cannot rank the first two: such differences were off by up to {error}."
        ),
        "untested": session.text(
            "The law cannot rank the first two: it was never tested on such curves."
        ),
        "improve": session.text("Improve this curve") if _improvable(scene) else "",
        "improving": session.text(
            "Moves the parameters with an open lock to the lowest forecast loss at the run's end."
        ),
    }


def _show(session: Session, kind: str) -> None:
    lens = session.scene.lens
    if kind not in _KINDS:
        return
    changed = replace(lens, kind=kind)  # type: ignore[arg-type]  # one of the names
    if kind == "path" and lens.kind != "path":
        changed = replace(changed, gain=_gain(session.scene))
    session.look(lens=changed)


def _gain(scene: Scene) -> float:
    """A round factor that makes the highest rate one that the landscapes are made for."""
    peaks = [summary(each, scene.timeline).highest for each in scene.shown]
    peak = max((each for each in peaks if 0 < each < float("inf")), default=_USUAL)
    factor = _USUAL / peak
    # Whatever is near already stays as it is.
    if 0.2 <= factor <= 5:
        return 1.0
    legal = _FIELDS["gain"].parameter
    return min(max(float(f"{factor:.1g}"), legal.at_least), legal.at_most)


def _set(session: Session, name: str, text: str) -> None:
    if text not in _FIELDS[name].choices:
        return
    lens = session.scene.lens.with_values({name: text})
    session.look(lens=lens_on(lens.landscape, lens) if name == "landscape" else lens)


def _begin(session: Session, x: str, y: str) -> None:
    session.type(LENS, "start_x", x)
    session.type(LENS, "start_y", y)


def _improve(session: Session) -> None:
    """Add the best curve that the law knows near the selected one, if there is a better one."""
    scene = session.scene
    if not _improvable(scene):
        return
    lens, curve = scene.lens, scene.curve
    found = _better(curve, scene.timeline, law_of(lens), lens.locked)
    if found is None:
        session.memory(LensMemory).best = curve
        return
    label = clean_label(session.text("{name}, improved").format(name=curve.name))
    session.set(scene=scene.add(replace(found, label=label, shares=())))


@once(most=64)
def _better(
    curve: Curve, timeline: Timeline, law: MultiPowerLaw, locked: tuple[str, ...]
) -> Curve | None:
    """Worked out once for all of a class who ask for the same."""
    return improve(curve, timeline, law, locked)


def _improvable(scene: Scene) -> bool:
    """Whether there is a law for the selected curve, and room for another one."""
    curve, law = scene.curve, law_of(scene.lens)
    known = reach(curve, scene.timeline, law.setting).level != "never"
    return curve.shown and known and len(scene.lines) < MOST_CURVES
