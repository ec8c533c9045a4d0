"""Charts that grow while a run trains: the browser fetches them, several times a second.

Not by running the page anew: where that takes longer than the wait between two runs, Streamlit
takes the charts away and builds them again.
"""

import gzip
import json
from functools import lru_cache
from typing import get_args
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lrviz.figures import to_json
from lrviz.locale import LANGUAGES, translator
from lrviz.scene import Language, Scale
from lrviz.training.run import Run
from lrviz.ui import assets
from lrviz.ui.trainer import HOLDER

_PATH = "lrviz-run"
_MOST_CHARACTERS = 2000
_MOST_COMPARED = 12


def address(run: Run, compared: tuple[str, ...], scale: Scale, language: Language) -> str:
    """Where the browser finds the charts of ``run``; ``&known=`` and a version may be added."""
    query = [("run", run.id), *(("compared", each) for each in compared[:_MOST_COMPARED])]
    return f"{_PATH}?{urlencode([*query, ('scale', scale), ('language', language)])}"


def version(run: Run) -> str:
    """Changes whenever there is something new to draw."""
    return f"{run.state}.{len(run.told)}"


def _serve(request: Request) -> Response:
    query = request.url.query
    given = dict(parse_qsl(query)) if len(query) <= _MOST_CHARACTERS else {}
    run = HOLDER.trainer.find(given.get("run", "")) if HOLDER.trainer else None
    if run is None:
        return Response(status_code=404)
    now = version(run)
    if given.get("known") == now:
        return Response(status_code=204)
    asked = [each for each in parse_qsl(query) if each[0] != "known"]
    packed = _packed(urlencode(asked), now)
    return assets.compressed(request, packed, "application/json", "no-store")


@lru_cache(maxsize=32)
def _packed(query: str, now: str) -> bytes:
    """What all who watch the same run in the same way get; worked out once."""
    from lrviz.ui.runs import figures  # it draws what this follows

    given = parse_qsl(query)
    chosen = dict(given)
    trainer = HOLDER.trainer
    run = trainer.find(chosen["run"]) if trainer else None
    if trainer is None or run is None:
        return gzip.compress(b"{}")
    scale: Scale = "log" if chosen.get("scale") == get_args(Scale)[1] else "linear"
    language = chosen.get("language", "en")
    translate = translator(language if language in LANGUAGES else "en")
    compared = [value for name, value in given if name == "compared"][:_MOST_COMPARED]
    drawn = figures(trainer, run, compared, scale, translate)
    told = {key: to_json(figure) for key, figure in drawn.items()}
    return gzip.compress(json.dumps({"version": now, "figures": told}).encode(), 1)


ROUTES = [Route(f"/{_PATH}", _serve)]
