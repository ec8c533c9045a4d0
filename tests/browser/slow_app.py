"""The page on a busy server: what stands below the controls takes a while, and questions do.

Its rooms take a student for away after a few seconds, so that no test waits for half a minute.
"""

import time
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

import lrviz.ui
from lrviz.learn import events
from lrviz.ui.explore import tab
from lrviz.ui.head import Head
from lrviz.ui.learn import routes as room_routes
from lrviz.ui.routes import under
from lrviz.ui.security import SecurityHeaders
from lrviz.ui.widgets.reading import read
from lrviz.view import question


def _slowly(reading, translate):
    time.sleep(1)
    read(reading, translate)


def _later(*args, marker=question.marker):
    time.sleep(0.2)
    return marker(*args)


events.AWAY = 4.0
room_routes._WAIT = 1.0
tab.read = _slowly
question.marker = _later
app = st.App(
    str(Path(lrviz.ui.__file__).with_name("page.py")),
    routes=under(""),
    middleware=[Middleware(SecurityHeaders), Middleware(Head)],
)
