"""The kinds of lens: one folder each, with its Python, its JavaScript and its style.

A folder ``name/`` holds ``__init__.py`` (a subclass of :class:`Kind`: what is set, computed and
written), and where something is drawn ``name.js`` (its view), ``payload.js`` (the type of what
:meth:`Kind.payload` sends) and ``name.css``. A kind is registered by its line in :data:`KINDS`.
"""

from collections.abc import Mapping

from lrviz.lenses.code import CodeLens
from lrviz.lenses.cycles import CyclesLens
from lrviz.lenses.kind import Button, Choice, Kind
from lrviz.lenses.loss import LossLens
from lrviz.lenses.path import PathLens
from lrviz.scene import Scene

#: The kinds by their names, in the order in which they are offered.
KINDS: Mapping[str, type[Kind]] = {
    kind.name: kind
    for kind in (
        CyclesLens,
        PathLens,
        LossLens,
        CodeLens,
    )
}


def shown(scene: Scene) -> Kind:
    """The lens that is shown beneath the chart of ``scene``, with its settings."""
    return scene.lens.of(KINDS[scene.lens.kind])


__all__ = ["KINDS", "Button", "Choice", "CyclesLens", "Kind", "LossLens", "PathLens", "shown"]
