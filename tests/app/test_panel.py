"""What a line of the panel sends: what was typed, and where a slider was let go of."""

from tests.app.steps import curve, open_page, say, scene_in, texts_in, type_into


def test_a_slider_stays_where_the_curve_can_be():
    """What is typed may be refused; a slider moves on while the server works."""
    app = open_page()
    curve(app, "add", "PiecewiseConstantDecay")
    row = "curve-3-PiecewiseConstantDecay/boundaries.0"
    type_into(app, row.replace(".0", ""), "100, 200")
    say(app, "curves-panel", "slide", row, "150")
    assert scene_in(app).curve.schedule.boundaries == (150, 200)
    say(app, "curves-panel", "slide", row, "700")
    found = scene_in(app).curve.schedule.boundaries
    assert 150 < found[0] < 200
    assert found[1] == 200
    assert "The last valid value is still in use" not in texts_in(app)
    type_into(app, row, "700")
    assert scene_in(app).curve.schedule.boundaries == found
    assert "The last valid value is still in use" in texts_in(app)
