"""The page on a busy server: what stands below the controls takes a while."""

import time
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

import lrviz.ui
from lrviz.ui import assets, follow, live, readout, room
from lrviz.ui.security import SecurityHeaders

_cycle_table = readout.cycle_table


def _slowly(now):
    time.sleep(1)
    _cycle_table(now)


readout.cycle_table = _slowly
app = st.App(
    str(Path(lrviz.ui.__file__).with_name("page.py")),
    routes=[*assets.ROUTES, *live.ROUTES, *follow.ROUTES, *room.ROUTES],
    middleware=[Middleware(SecurityHeaders)],
)
