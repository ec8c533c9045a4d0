"""The picture: lines over one training run, and how they are looked at."""

from lrviz.scene.scene import (
    MOST_CURVES,
    MOST_LABEL,
    Curve,
    Language,
    Scale,
    Scene,
    Tab,
    Unit,
    first_scene,
    scene_of,
)
from lrviz.scene.timeline import Per, Timeline

__all__ = [
    "MOST_CURVES",
    "MOST_LABEL",
    "Curve",
    "Language",
    "Per",
    "Scale",
    "Scene",
    "Tab",
    "Timeline",
    "Unit",
    "first_scene",
    "scene_of",
]
