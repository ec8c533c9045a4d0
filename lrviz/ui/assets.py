"""The browser's files: plotly.js out of the installed package, and the chart's own modules."""

import gzip
import hashlib
import posixpath
import re
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_ROOT = Path(__file__).parents[1]
#: The folders with files for the browser; the style of the later ones prevails.
_FOLDERS = [_ROOT / "ui", _ROOT / "lenses"]
#: Every module of ours, by its place below the package: they import one another by it.
_MODULES = {
    path.relative_to(_ROOT).as_posix(): path
    for folder in _FOLDERS
    for path in sorted(folder.rglob("*.js"))
}
#: What the page mounts at first, and what it opens beneath a chart.
_MOUNTED = (
    "ui/widgets/figure.js",
    "ui/widgets/panel/panel.js",
    *(name for name in _MODULES if re.fullmatch(r"lenses/(\w+)/\1\.js", name)),
)
_IMPORT = re.compile(r'^(?:import|} from)[^"\n]*"(\.[^"]+)";$', re.MULTILINE)


def _imported(*names: str) -> set[str]:
    """The modules with these names, those that they import, and theirs."""
    modules: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in modules:
            modules.add(name)
            folder = posixpath.dirname(name)
            paths = _IMPORT.findall(_MODULES[name].read_text("utf-8"))
            waiting += [posixpath.normpath(posixpath.join(folder, path)) for path in paths]
    return modules


#: What the page needs at first: asked for together, not each after the one that imports it.
FIRST = sorted(_imported(*_MOUNTED))
_PLOTLY = "plotly.min.js"
#: All of the page's style, at once: what comes with a component travels again at every change.
_STYLE = "style.css"
_STYLES = [path for folder in _FOLDERS for path in sorted(folder.rglob("*.css"))]


def url(name: str) -> str:
    """Where the browser finds a file, relative to the page. It changes when the file does."""
    return f"lrviz-assets/{_stamp(name)}/{name}"


def loader(failed: str = "") -> str:
    """A component's JavaScript: hands over to ``mount`` of the module that its data name.

    Without the module the page goes on: its exact fields and its links still work, and ``failed``
    is what the component does instead.
    """
    return f"""
export default async function (component) {{
    const base = location.origin + location.pathname.replace(/\\/?$/, "/");
    try {{
        const module = await import(base + component.data.module);
        return await module.mount(component);
    }} catch (error) {{
        console.warn(error);
        {failed}
    }}
}}
"""


@cache
def _stamp(name: str) -> str:
    if name == _PLOTLY:
        return version("plotly")
    # The modules import one another by relative address: they share one stamp.
    return hashlib.sha256(b"".join(map(_content, (*_MODULES, _STYLE)))).hexdigest()[:12]


def _content(name: str) -> bytes:
    if name == _PLOTLY:
        return files("plotly.package_data").joinpath(name).read_bytes()
    if name == _STYLE:
        return b"\n".join(path.read_bytes() for path in _STYLES)
    return _MODULES[name].read_bytes()


@cache
def _compressed(name: str) -> bytes:
    # Once for all who ask: a class opens the page in the same minute.
    return gzip.compress(_content(name), 6)


def _serve(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in (_PLOTLY, _STYLE, *_MODULES) or request.path_params["stamp"] != _stamp(name):
        return Response(status_code=404)
    kind = "text/css" if name == _STYLE else "text/javascript"
    return compressed(request, _compressed(name), kind, "public, max-age=31536000, immutable")


def compressed(request: Request, packed: bytes, media_type: str, cache: str) -> Response:
    """An answer of gzipped content, for those who take it and for those who do not."""
    headers = {
        "Cache-Control": cache,
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        packed = gzip.decompress(packed)
    return Response(packed, headers=headers, media_type=media_type)


ROUTES = [Route("/lrviz-assets/{stamp}/{name:path}", _serve)]
