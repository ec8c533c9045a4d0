"""What people do on the page, through AppTest, and what they see."""

import json
import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

from lrviz.link import from_query

PAGE = str(Path(__file__).parents[2] / "lrviz" / "ui" / "page.py")


def open_page(query=()):
    app = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in query:
        app.query_params.setdefault(name, []).append(value)
    return ran(app.run())


def ran(app):
    assert not app.exception
    return app


def session_in(app):
    return app.session_state["session"]


def page_in(app):
    return session_in(app).page


def scene_in(app):
    return page_in(app).scene


def linked(app):
    """The page that the address holds now, and what of it is not understood."""
    query = []
    for name, values in app.query_params.items():
        query += [(name, value) for value in ([values] if isinstance(values, str) else values)]
    return from_query(query)


def texts_in(app):
    told = [each.value for each in [*app.markdown, *app.warning, *app.caption]]
    told += [each.proto.text for each in app.get("progress")]
    return " ".join([*told, *(row["problem"] for row in rows_in(app).values())])


def widget(widgets, name):
    """The widget of that name; its key counts how often the page has set it."""
    (found,) = (each for each in widgets if re.fullmatch(rf"{re.escape(name)}(\.\d+)?", each.key))
    return found


def sent_in(app):
    """What each component was sent."""
    return [json.loads(each.proto.json) for each in app.get("bidi_component")]


def _panels(app):
    """What each panel was told, by its key."""
    told = {each.key: json.loads(each.proto.json) for each in app.get("bidi_component")}
    return {key: data for key, data in told.items() if "rows" in data}


def rows_in(app):
    """The panels' lines, by their names."""
    return {row["id"]: row for data in _panels(app).values() for row in json.loads(data["rows"])}


def curves_in(app):
    """What the list of curves was told."""
    (told,) = (data["curves"] for data in _panels(app).values() if data["curves"])
    return json.loads(told)


def say(app, key, act, *texts):
    """What a component in the browser says: no AppTest sees inside one."""
    first, second, *_ = [*texts, "", ""]
    session_in(app).listeners[key].take(act, first, second)
    return ran(app.run())


def curve(app, act, *texts):
    """What is done with the list of curves; a curve is named by its colour."""
    return say(app, "curves-panel", act, *map(str, texts))


def type_into(app, name, text):
    """What a line of a panel says when it is typed into, or its slider is let go of."""
    (key,) = (key for key, data in _panels(app).items() if f'"{name}"' in data["rows"])
    return say(app, key, "set", name, text)


def chart_in(app):
    """What the chart was told of the selected curve."""
    (told,) = (
        data
        for each in app.get("bidi_component")
        if "figure" in (data := json.loads(each.proto.json))
    )
    return json.loads(told["live"])
