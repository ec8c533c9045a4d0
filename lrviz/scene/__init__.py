"""The picture: lines over one training run, and how they are looked at."""

from lrviz.scene.lens import Lens
from lrviz.scene.plateau import Plateau
from lrviz.scene.scene import (
    MOST_CURVES,
    MOST_ID,
    MOST_LABEL,
    Curve,
    Scale,
    Scene,
    Unit,
    clean_label,
    fields_of,
    first_scene,
    free,
    scene_of,
)
from lrviz.scene.timeline import Per, Timeline

__all__ = [
    "MOST_CURVES",
    "MOST_ID",
    "MOST_LABEL",
    "Curve",
    "Lens",
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
