"""A run's fits in one figure: rate, loss and what the test set says, over the same steps."""

from collections.abc import Sequence

import numpy as np

from lrviz.figures.axes import Figure, Shape, Trace, layout, value_limits, x_axis, y_axis
from lrviz.figures.history import (
    Fit,
    Look,
    Measure,
    losses_traces,
    measured_trace,
    rates_traces,
    restarts,
)
from lrviz.scene import Scale
from lrviz.text import Translate, mark

#: How much of the height lies between two rows.
_GAP = 0.05
#: A loss that spans more than this is drawn on a log axis.
_WIDE = 100.0
_TITLES = {
    "rate": mark("rate"),
    "loss": mark("loss of the batch"),
    "val_loss": mark("test loss"),
    "val_accuracy": mark("test accuracy"),
}


def fit_figure(
    fits: Sequence[Fit],
    overlay: Sequence[Fit],
    measures: Sequence[Measure],
    look: Look,
    translate: Translate,
) -> Figure:
    """What ``fits`` have logged, in rows over one x axis; one cursor reads all of them.

    Args:
        fits: Their rates are drawn in the first row, applied over planned, with their restarts.
        overlay: Those whose losses and measures are drawn below, ``fits`` among them.
        measures: What the test set says, a row each.
        look: How they are looked at.
        translate: Puts a text into the reader's language.
    """
    rows: list[tuple[str, list[Trace], Scale | None]] = [
        (
            "rate",
            [trace for fit in fits for trace in rates_traces(fit, look, translate)],
            look.scale,
        ),
        ("loss", [trace for fit in overlay for trace in losses_traces(fit, look)], look.losses),
    ]
    for measure in measures:
        scale = look.losses if measure == "val_loss" else "linear"
        rows.append((measure, [measured_trace(fit, look, measure) for fit in overlay], scale))
    shapes: list[Shape] = [shape for fit in fits for shape in restarts(fit, look)]
    length = max((fit.history.timeline.steps / look.tick(fit) for fit in overlay), default=1.0)
    return _stacked(rows, shapes, length, look, translate)


def _stacked(
    rows: Sequence[tuple[str, list[Trace], Scale | None]],
    shapes: list[Shape],
    length: float,
    look: Look,
    translate: Translate,
) -> Figure:
    in_steps = look.unit == "step"
    heading = (
        translate("step {number}").format(number="%{x:,d}")
        if in_steps
        else translate("epoch {number}").format(number="%{x:.4~g}")
    )
    title = translate("step") if in_steps else translate("epoch")
    below = x_axis(title, length, f"{look.unit} {length}", heading)
    below["anchor"] = "y" if len(rows) == 1 else f"y{len(rows)}"
    axes: dict[str, Figure] = {}
    traces: list[Trace] = []
    height = (1 + _GAP) / len(rows)
    for place, (name, drawn, scale) in enumerate(rows):
        number = "" if place == 0 else f"{place + 1}"
        top = 1 - place * height
        axis = _y_axis(drawn, translate(_TITLES[name]), scale)
        axis["title"] |= {"font": {"size": 12}}
        axes[f"yaxis{number}"] = axis | {"domain": [max(0.0, top - height + _GAP), top]}
        # Plotly forgets a row in which there is nothing yet, and then what is anchored to it.
        nothing = [] if any(len(trace["x"]) for trace in drawn) else [_nothing(name)]
        traces += [trace | {"yaxis": f"y{number}"} for trace in [*drawn, *nothing]]
    shared = layout(below, axes["yaxis"], shapes, "fit")
    # One box tells what all rows hold at the cursor.
    return {"data": traces, "layout": shared | axes | {"hoversubplots": "axis"}}


def _nothing(row: str) -> Trace:
    return {
        "type": "scatter",
        "uid": f"nothing-{row}",
        "x": np.zeros(1),
        "y": np.full(1, np.nan),
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _y_axis(traces: list[Trace], title: str, scale: Scale | None) -> Figure:
    every = np.concatenate([np.zeros(0), *(np.asarray(trace["y"], float) for trace in traces)])
    every = every[np.isfinite(every)]
    if not every.size:
        return y_axis(title, "linear") | {"range": [0, 1], "nticks": 5}
    low, high = float(every.min()), float(every.max())
    kind = scale or ("log" if low > 0 and high > _WIDE * low else "linear")
    return y_axis(title, kind) | value_limits(every, kind) | {"nticks": 5}
