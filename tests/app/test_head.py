"""What the page's head asks for."""

import posixpath
import re
from pathlib import Path

from lrviz.lenses import KINDS
from lrviz.ui import assets, head

_ROOT = Path(assets.__file__).parents[1]


def _needed(name, found):
    """The modules that ``name`` imports, and theirs, and itself."""
    if name not in found:
        found.add(name)
        for path in re.findall(r'^(?:import|} from)[^"]*"(\.[^"]+)";$', _text(name), re.MULTILINE):
            _needed(posixpath.normpath(posixpath.join(posixpath.dirname(name), path)), found)
    return found


def _text(name):
    return (_ROOT / name).read_text()


def test_every_module_of_the_chart_and_the_panel_is_asked_for_at_once():
    found = set()
    lenses = [f"lenses/{name}/{name}.js" for name in KINDS if name != "cycles"]
    for name in ("ui/widgets/figure.js", "ui/widgets/panel/panel.js", *lenses):
        _needed(name, found)
    asked = re.findall(r'rel="modulepreload"[^>]*href="\./lrviz-assets/\w+/([^"]+)"', head.links())
    assert sorted(asked) == sorted(found)
    assert len(asked) > 20
