"""Figures as Plotly understands them."""

from plotly import graph_objects as go

from lrviz.figures import Figure


def valid(figure: Figure) -> go.Figure:
    """The figure as an object of Plotly's, which checks every property and value of it."""
    return go.Figure(figure)
