"""lrviz: learning-rate schedules, seen before they are trained with. `streamlit run app.py`."""

import streamlit as st
from starlette.middleware import Middleware

from lrviz.ui import assets, follow, live, room
from lrviz.ui.page import on_script_error
from lrviz.ui.security import SecurityHeaders

app = st.App(
    "lrviz/ui/page.py",
    routes=[*assets.ROUTES, *live.ROUTES, *follow.ROUTES, *room.ROUTES],
    middleware=[Middleware(SecurityHeaders)],
    on_script_error=on_script_error,
)
