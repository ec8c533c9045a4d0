"""What a session remembers of training, and whose its runs are."""

import hashlib
import itertools
import secrets
from dataclasses import dataclass, field

import streamlit as st

from lrviz.figures import Look
from lrviz.figures.forecast import Forecast
from lrviz.forecast import ConvexBound, MomentumLaw
from lrviz.scene import Scale
from lrviz.text import Sentence
from lrviz.ui.session import Session


@dataclass
class TrainMemory:
    """What the Train tab remembers beside the page.

    Attributes:
        compared: The ids of the runs that are laid over.
        problem: Why the last run could not be submitted.
        full: Whether that was because others were waiting or training.
        adopted: The id of the run whose recipe was taken over.
        wanted: Whether Train was pressed while the workers were not yet there.
        losses: The axes of the losses; None: as they need.
        smoothing: What the losses are smoothed by.
        law: What was fitted to the reader's runs and what it forecasts, behind what that is of.
        fitted_to: The names of the trained curves that it is fitted to; none: not yet chosen.
        own: A secret that stands for the reader where the browser sends no cookie.
    """

    compared: tuple[str, ...] = ()
    problem: Sentence | None = None
    full: bool = False
    adopted: str = ""
    wanted: bool = False
    losses: Scale | None = None
    smoothing: float = Look.smoothing
    law: tuple[object, MomentumLaw | ConvexBound, list[Forecast]] | None = None
    fitted_to: tuple[str, ...] = ()
    own: str = field(default_factory=lambda: secrets.token_urlsafe(16))


def memory_of(session: Session) -> TrainMemory:
    """What the tab remembers of this session."""
    return session.memory(TrainMemory)


def owner(session: Session) -> str:
    """Whose runs are this reader's: the browser's, so that reloading the page loses none."""
    cookie = _unmasked(st.context.cookies.get("_streamlit_xsrf") or "") or memory_of(session).own
    return hashlib.sha256(cookie.encode()).hexdigest()[:24]


def _unmasked(cookie: str) -> str:
    """What stays the same in Streamlit's cookie: it comes under another mask every time."""
    _, mask, token, *_ = [*cookie.split("|"), "", "", ""]
    try:
        pairs = zip(bytes.fromhex(token), itertools.cycle(bytes.fromhex(mask)), strict=False)
        return bytes(each ^ other for each, other in pairs).hex()
    except ValueError:
        return ""
