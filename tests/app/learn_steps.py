"""What a learner does, and reads."""

from lrviz.learn.lesson import Choose, SetParameter, field_of
from lrviz.ui.learn import membership
from lrviz.ui.learn.memory import memory_of
from lrviz.view.subject import schedule_of
from tests.app.steps import (
    open_page,
    page_in,
    ran,
    scene_in,
    session_in,
    type_into,
    widget,
)


def open_learn(**query):
    given = {"tab": "learn"} | query
    return open_page([(name, str(value)) for name, value in given.items()])


def click(app, key):
    return ran(widget(app.button, key).click().run())


def answer_with(app, question, value):
    """Give an answer as a reader does; the marker is moved as the chart's component tells it."""
    name = f"{page_in(app).study.lesson}-{page_in(app).study.at}"
    if isinstance(question, Choose):
        ran(widget(app.radio, f"choice-{name}").set_value(int(value)).run())
    elif isinstance(question, SetParameter):
        scene = scene_in(app)
        of_the_run = hasattr(scene.timeline, question.field)
        kind = "run" if of_the_run else schedule_of(scene.curve).name
        whole = field_of(scene, question.field).whole
        text = str(int(value)) if whole else repr(value)
        type_into(app, f"{kind}/{question.field}", text)
    else:
        memory_of(session_in(app)).pending[name] = value
        ran(app.run())
    if membership.waits(session_in(app)):
        return send(app, name, value)
    return click(app, f"check-{name}")


def send(app, question, value):
    """Send an answer to the teacher, as the browser does."""
    code, member = page_in(app).learner.room, memory_of(session_in(app)).member
    assert membership.hall().answer(code, member, question, value)
    return app


def warned(app):
    return " ".join(each.value for each in app.warning)


def said(app):
    return " ".join(each.value for each in [*app.success, *app.warning, *app.info, *app.markdown])
