"""The path lens on paper: where the particles begin, and where they end or their mean loss."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from lrviz.learn.printed import (
    INKS,
    WIDTH,
    Frame,
    Mark,
    Stroke,
    dash,
    grid,
    legend,
    letters,
    place,
    svg,
    ticks,
)
from lrviz.lenses.path import PathLens
from lrviz.lenses.path.landscapes import Ground
from lrviz.lenses.path.walks import PARTICLES, Walk, loss_at
from lrviz.scene import Line, Scene, Timeline
from lrviz.schedules import Floats
from lrviz.text import Sentence, Translate, number

#: The width of a picture of walks: three side by side fill a sheet.
_NARROW = 218
_MAP, _LOSS = 68, 104
#: The number of grid points along each axis of a landscape.
_GRID = (49, 25)
#: Contours are evenly spaced in the logarithm of the loss plus this.
_LEVELS, _NOTHING = 8, 0.02
#: The mean loss is noisy: one step in so many is drawn.
_EVERY = 5


def map_svg(lens: PathLens, translate: Translate) -> str:
    """The landscape, with a ring where the particles begin."""
    ground = lens.ground
    frame = _frame(ground, WIDTH)
    x, y = float(frame.across(lens.start_x)), float(frame.down(lens.start_y))
    title = Sentence("{title}; ○: the start", {"title": Sentence(ground.title)})
    parts = [
        letters(0, 11, title.translated(translate)),
        _contours(ground, frame),
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="#fff" stroke="#000" stroke-width="2"/>',
    ]
    return svg(WIDTH, frame.bottom + 4, parts)


def walks_svg(scene: Scene, translate: Translate) -> str:
    """The walks: where the particles end, if they are counted there, else their mean loss."""
    lens = scene.lens.of(PathLens)
    walks = [_walk(line, scene.timeline, lens) for line in scene.shown]
    names = [translate(line.name) for line in scene.shown]
    if lens.ground.counted:
        return _ends(walks, names, translate)
    return _losses(walks, names, translate)


@lru_cache(maxsize=32)
def _walk(line: Line, timeline: Timeline, lens: PathLens) -> Walk:
    """A class prints the same sheet."""
    return lens.walk(line, timeline)


def _ends(walks: Sequence[Walk], names: Sequence[str], translate: Translate) -> str:
    ground = walks[0].ground
    frame = _frame(ground, _NARROW)
    left, right, low, high = ground.region
    clouds, marks = list[str](), list[Mark]()
    for at, (walk, name) in enumerate(zip(walks, names, strict=True)):
        count = translate(ground.counts).format(count=int(walk.counted), all=PARTICLES)
        mark = Mark(f"{name}: {count}", INKS[at % 4], style="dots" if at else "crosses")
        x, y = walk.x[-1], walk.y[-1]
        inside = (left < x) & (x < right) & (low < y) & (y < high)
        clouds.append(place(Stroke(mark, x[inside], y[inside]), frame))
        marks.append(mark)
    entries, height = legend(marks, frame.bottom + 4, _NARROW)
    title = letters(0, 11, translate(ground.title))
    # Crosses are seen over dots, not below them.
    return svg(_NARROW, height, [title, _contours(ground, frame), *reversed(clouds), *entries])


def _losses(walks: Sequence[Walk], names: Sequence[str], translate: Translate) -> str:
    steps = len(walks[0].mean) - 1
    at = np.arange(0, steps + 1, _EVERY)
    lines = []
    for place_of, (walk, name) in enumerate(zip(walks, names, strict=True)):
        mark = Mark(f"{name}: {number(float(f'{walk.mean[-1]:.2g}'))}", INKS[place_of % 4])
        logs = np.log10(np.maximum(walk.mean[at], 1e-4))
        lines.append(Stroke(mark._replace(dash=dash(place_of)), at.astype(float), logs))
    low = float(np.floor(min(line.y.min() for line in lines) * 2) / 2)
    high = max(float(line.y.max()) for line in lines)
    frame = Frame(40, _NARROW - 37, 20, _LOSS - 18, (0, float(steps)), (low, high))
    parts = grid(frame, ticks(steps, 4), (), translate("mean loss"), translate("step"))
    for power in range(int(np.ceil(low)), int(np.floor(high)) + 1):
        down = float(frame.down(power))
        parts.append(f'<path d="M{frame.left} {down:.1f}H{frame.right}" stroke="#ddd"/>')
        parts.append(letters(frame.left - 5, down + 4, number(10.0**power), "end"))
    entries, height = legend([line.mark for line in lines], _LOSS, _NARROW)
    return svg(_NARROW, height, [*parts, *(place(line, frame) for line in lines), *entries])


def _frame(ground: Ground, width: float) -> Frame:
    left, right, low, high = ground.region
    return Frame(0, width, 16, 16 + _MAP, (left, right), (low, high))


def _contours(ground: Ground, frame: Frame) -> str:
    """Lines of equal loss, and the frame around them."""
    x, y = (
        np.linspace(*reach, count) for reach, count in zip((frame.x, frame.y), _GRID, strict=True)
    )
    along, across = np.meshgrid(x, y)
    logs = np.log10(np.maximum(loss_at(ground, along, across), 0) + _NOTHING)
    corners = np.stack([frame.across(along), frame.down(across), logs], axis=-1)
    # Each cell is two triangles, and a level crosses a triangle in one straight line.
    one, other = corners[:-1, :-1], corners[1:, 1:]
    halves = [np.stack([one, mid, other], axis=2) for mid in (corners[:-1, 1:], corners[1:, :-1])]
    triangles = np.concatenate([half.reshape(-1, 3, 3) for half in halves])
    levels = np.linspace(logs.min(), logs.max(), _LEVELS + 2)[1:-1]
    lines = np.concatenate([crossed(triangles, level) for level in levels])
    path = "".join(f"M{a:.1f} {b:.1f}L{c:.1f} {d:.1f}" for a, b, c, d in lines.tolist())
    return (
        f'<rect x="{frame.left + 0.5}" y="{frame.top}" width="{frame.right - frame.left - 1}" '
        f'height="{frame.bottom - frame.top}" fill="none" stroke="#999"/>'
        f'<path d="{path}" fill="none" stroke="#999" stroke-width=".7"/>'
    )


def crossed(triangles: Floats, level: float) -> Floats:
    """Where a level crosses triangles of (x, y, value): from and to, of shape (n, 4)."""
    above = triangles[:, :, 2] > level
    count = above.sum(axis=1)
    crossed = (count == 1) | (count == 2)
    triangles, above, count = triangles[crossed], above[crossed], count[crossed]
    # One corner is alone on its side.
    alone = np.where(count == 1, above.argmax(axis=1), above.argmin(axis=1))
    row = np.arange(len(triangles))
    first = triangles[row, alone]
    ends = []
    for step in (1, 2):
        then = triangles[row, (alone + step) % 3]
        share = (level - first[:, 2]) / (then[:, 2] - first[:, 2])
        ends.append(first[:, :2] + share[:, None] * (then[:, :2] - first[:, :2]))
    return np.concatenate(ends, axis=1)
