"""Eight colours and dashes: told apart by colour-blind people, and without colour at all."""

#: Each has a contrast of at least 3 to white and to the dark theme's background. The first five
#: are Okabe & Ito's (orange and yellow darkened), which stay apart in every colour blindness.
COLORS = (
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#A67C00",
    "#7F7F7F",
    "#5B7FDE",
    "#C2416B",
)
#: Plotly's names for the dashes that go with them.
DASHES = ("solid", "dash", "solid", "dot", "dashdot", "longdash", "longdashdot", "6px,2px")
_STROKES = {
    "solid": "none",
    "dot": "4,4",
    "dash": "9,5",
    "longdash": "14,5",
    "dashdot": "9,3,3,3",
    "longdashdot": "13,3,3,3",
}


def swatch(dash: str) -> str:
    """A dash as SVG's ``stroke-dasharray``, for a short piece of the line."""
    return _STROKES.get(dash, dash)
