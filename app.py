"""lrviz: learning-rate schedules, seen before they are trained with. `streamlit run app.py`."""

import sys

import streamlit as st
from starlette.middleware import Middleware

from lrviz.errors import InvalidLimits
from lrviz.training.limits import limits_from
from lrviz.ui import routes
from lrviz.ui.head import Head
from lrviz.ui.messages import Readable
from lrviz.ui.page import on_script_error
from lrviz.ui.security import SecurityHeaders

try:
    limits_from()
except InvalidLimits as wrong:
    # Whoever starts the server is told at once, not the first reader who wants to train.
    sys.exit(str(wrong))

app = st.App(
    "lrviz/ui/page.py",
    routes=routes.under(st.get_option("server.baseUrlPath")),
    middleware=[Middleware(SecurityHeaders), Middleware(Head), Middleware(Readable)],
    on_script_error=on_script_error,
)
