"""The picture: lines over one training run, and how they are looked at."""

from lrviz.scene.curve import Curve, fields_of
from lrviz.scene.lens import Lens
from lrviz.scene.lines import MOST_CURVES, MOST_ID, MOST_LABEL, Line, clean_label
from lrviz.scene.plateau import Plateau
from lrviz.scene.scene import Scale, Scene, Unit, first_scene, free, scene_of
from lrviz.scene.timeline import Per, Timeline

#: Every kind of line that a scene and a link can hold, by its name.
LINES: dict[str, type[Line]] = {each.__name__: each for each in (Curve, Plateau)}

__all__ = [
    "LINES",
    "MOST_CURVES",
    "MOST_ID",
    "MOST_LABEL",
    "Curve",
    "Lens",
    "Line",
    "Per",
    "Plateau",
    "Scale",
    "Scene",
    "Timeline",
    "Unit",
    "clean_label",
    "fields_of",
    "first_scene",
    "free",
    "scene_of",
]
