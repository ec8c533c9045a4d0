"""lrviz: learning-rate schedules, seen before they are trained with. `streamlit run app.py`."""

import streamlit as st

from lrviz.ui import assets, follow, live, room
from lrviz.ui.page import on_script_error

app = st.App(
    "lrviz/ui/page.py",
    routes=[*assets.ROUTES, *live.ROUTES, *follow.ROUTES, *room.ROUTES],
    on_script_error=on_script_error,
)
