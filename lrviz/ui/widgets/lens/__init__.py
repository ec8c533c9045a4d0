"""The lens beneath a chart: what can be done there."""

from dataclasses import dataclass, replace

from lrviz.lenses import KINDS, Kind, shown
from lrviz.scene import Curve, Scene
from lrviz.text import Sentence
from lrviz.ui.session import Session
from lrviz.view.lens import lens_payload
from lrviz.view.payload import Acts, Payload
from lrviz.view.subject import LENS


@dataclass
class LensMemory:
    """What came of the last press of a lens's button that changed nothing.

    Attributes:
        about: The curve and the lens that it was pressed for.
        message: Why nothing changed.
    """

    about: tuple[Curve, Kind] | None = None
    message: Sentence | None = None


def lens_data(session: Session, scene: Scene, *, selectable: bool = True) -> Payload | None:
    """What the chart of ``scene`` shows beneath it; None: nothing."""
    memory = session.memory(LensMemory)
    message = memory.message if memory.about == (scene.curve, shown(scene)) else None
    return lens_payload(scene, selectable=selectable, message=message)


def lens_acts(session: Session) -> Acts:
    """What can be done in the chart's lens."""
    return {
        "lens": lambda kind, _: _open(session, kind),
        "lens-choice": lambda value, _: _choose(session, value),
        "lens-set": lambda names, texts: _set(session, names, texts),
        "lens-press": lambda _, __: _press(session),
    }


def lock(session: Session, path: str) -> None:
    """Close a field's lock, or open it."""
    lens = shown(session.scene)
    if path in lens.locks(session.scene):
        _show(session, lens.with_lock(path))


def _show(session: Session, lens: Kind) -> None:
    session.look(lens=replace(session.scene.lens.with_settings(lens), kind=lens.name))


def _open(session: Session, name: str) -> None:
    scene = session.scene
    if name in KINDS and name != scene.lens.kind:
        _show(session, scene.lens.of(KINDS[name]).opened(scene))


def _choose(session: Session, value: str) -> None:
    lens = shown(session.scene)
    if lens.choice is not None and value in (each for each, _ in lens.choice.options):
        _show(session, lens.chosen(value))


def _set(session: Session, names: str, texts: str) -> None:
    """Set fields of the lens; a blank stands between two of them, and between their texts."""
    for name, text in zip(names.split(), texts.split(), strict=False):
        session.type(LENS, name, text)


def _press(session: Session) -> None:
    scene, lens = session.scene, shown(session.scene)
    if lens.button(scene) is None:
        return
    result = lens.press(scene, session.translate)
    if isinstance(result, Scene):
        session.set(scene=result)
        return
    memory = session.memory(LensMemory)
    memory.about, memory.message = (scene.curve, lens), result
