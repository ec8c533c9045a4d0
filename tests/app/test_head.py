"""What the page's head asks for."""

import posixpath
import re
from pathlib import Path

from lrviz.ui import assets, head

_UI = Path(assets.__file__).parent


def _needed(name, found):
    """The modules that ``name`` imports, and theirs, and itself."""
    if name not in found:
        found.add(name)
        for path in re.findall(r'^(?:import|} from)[^"]*"(\.[^"]+)";$', _text(name), re.MULTILINE):
            _needed(posixpath.normpath(posixpath.join(posixpath.dirname(name), path)), found)
    return found


def _text(name):
    return (_UI / name).read_text()


def test_every_module_of_the_chart_and_the_panel_is_asked_for_at_once():
    found = set()
    for name in ("widgets/figure.js", "widgets/panel/panel.js"):
        _needed(name, found)
    asked = re.findall(r'rel="modulepreload"[^>]*href="\./lrviz-assets/\w+/([^"]+)"', head.links())
    assert sorted(asked) == sorted(found)
    assert len(asked) > 20
