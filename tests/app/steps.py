"""What people do on the page, through AppTest, and what they see."""

import json
import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

from lrviz.link import from_query

PAGE = str(Path(__file__).parents[2] / "lrviz" / "ui" / "page.py")


def open_page(query=()):
    app = AppTest.from_file(PAGE, default_timeout=20)
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
    return " ".join(each.value for each in [*app.markdown, *app.warning, *app.caption])


def widget(widgets, name):
    """The widget of that name; its key counts how often the page has set it."""
    (found,) = (each for each in widgets if re.fullmatch(rf"{re.escape(name)}(\.\d+)?", each.key))
    return found


def arrange(app, name):
    """What a choice from the menu does; AppTest knows it by its title."""
    titles = {"toggle": "Hide", "later": "Move to the right"}
    ran(app.menu_button(key="arrange").click(titles.get(name, name.capitalize())).run())


def slide(app, key, text):
    """What a slider in the browser does: no AppTest sees inside a component."""
    session_in(app).listeners[f"{key}-live"].take(text)
    return ran(app.run())


def chart_in(app):
    """What the chart was told of the selected curve."""
    (told,) = (
        data
        for each in app.get("bidi_component")
        if "figure" in (data := json.loads(each.proto.json))
    )
    return json.loads(told["live"])


def type_into(app, key, text):
    return ran(widget(app.text_input, key).set_value(text).run())
