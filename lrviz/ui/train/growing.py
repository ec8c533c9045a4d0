"""Charts that grow while a run trains: the browser fetches them, several times a second.

Not by running the page anew: where that takes longer than the wait between two runs, Streamlit
takes the charts away and builds them again.
"""

import gzip
import json
from collections.abc import Mapping
from typing import get_args
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lrviz.figures import Look, to_json
from lrviz.locale import LANGUAGES, Language, translator
from lrviz.once import once
from lrviz.scene import Scale, Unit
from lrviz.training.holder import HOLDER
from lrviz.training.run import Run
from lrviz.ui import assets
from lrviz.ui.work import answered
from lrviz.view.run_figure import run_figure
from lrviz.view.runs import SMOOTHINGS

_PATH = "lrviz-run"
_MOST_CHARACTERS = 2000
_MOST_COMPARED = 12


def address(run: Run, compared: tuple[str, ...], look: Look, language: Language, asker: str) -> str:
    """Where the browser finds the chart of ``run``; ``&known=`` and a version may be added.

    ``asker`` is the name with which the page asks (:class:`lrviz.ui.work.Asker`).
    """
    query = [
        ("run", run.id),
        *(("compared", each) for each in compared[:_MOST_COMPARED]),
        ("scale", look.scale),
        ("losses", look.losses or ""),
        ("unit", look.unit),
        ("smoothing", f"{look.smoothing:g}"),
        ("language", language),
        ("asker", asker),
    ]
    return f"{_PATH}?{urlencode(query)}"


def version(run: Run) -> str:
    """Changes whenever there is something new to draw."""
    return f"{run.state}.{len(run.told)}"


async def _serve(request: Request) -> Response:
    query = request.url.query
    given = dict(parse_qsl(query)) if len(query) <= _MOST_CHARACTERS else {}
    run = HOLDER.trainer.find(given.get("run", "")) if HOLDER.trainer else None
    if run is None:
        return Response(status_code=404)
    newest = version(run)
    if given.get("known") == newest:
        return Response(status_code=204)
    compared = [value for name, value in parse_qsl(query) if name == "compared"][:_MOST_COMPARED]
    language: Language = next((each for each in LANGUAGES if each == given.get("language")), "en")
    wanted = (run.id, tuple(compared), _look(given), language, newest)

    def answer() -> Response:
        return assets.compressed(request, _packed(*wanted), "application/json", "no-store")

    return await answered(request, given.get("asker", ""), answer)


def _look(given: Mapping[str, str]) -> Look:
    """How the query says that the fits are looked at; what it does not say is as usual."""
    scales = {each: each for each in get_args(Scale)}
    units = {each: each for each in get_args(Unit)}
    weights = {f"{each:g}": each for each in SMOOTHINGS}
    return Look(
        scales.get(given.get("scale"), "linear"),
        scales.get(given.get("losses")),
        weights.get(given.get("smoothing", ""), Look.smoothing),
        units.get(given.get("unit"), "step"),
    )


@once(most=32)
def _packed(
    run_id: str, compared: tuple[str, ...], look: Look, language: Language, newest: str
) -> bytes:
    """What all who watch the same run in the same way get; worked out once."""
    trainer = HOLDER.trainer
    run = trainer.find(run_id) if trainer else None
    if trainer is None or run is None:
        return gzip.compress(b"{}")
    figure = run_figure(run, trainer.runs(run.owner), compared, look, translator(language))
    payload = {"version": newest, "figures": {"fit": to_json(figure)}}
    return gzip.compress(json.dumps(payload).encode(), 1)


ROUTES = [Route(f"/{_PATH}", _serve)]
