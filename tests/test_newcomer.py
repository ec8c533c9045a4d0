"""The README's schedule, pasted as it stands: it passes the checks, and is in the page."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
#: What a comment in the README says of the block that follows it.
_BLOCK = re.compile(
    r'<!-- (file|behind "(?P<line>[^"]+)" in|end of) (?P<path>\S+) -->\n```\w*\n(?P<text>.*?)```\n',
    re.S,
)

#: What the page needs of a schedule, asked in the copy.
_IN_THE_PAGE = """
from lrviz.export import FRAMEWORKS
from lrviz.figures.fan import fan_bytes
from lrviz.link import from_query, to_query
from lrviz.page import Page
from lrviz.scene import Curve, Timeline, fields_of, scene_of
from lrviz.schedules import SCHEDULES

(kind,) = [each for each in SCHEDULES if each.__name__ == "SineRise"]
schedule, timeline = kind.example(700), Timeline(total_steps=700)
scene = scene_of(Curve(schedule), timeline=timeline)
assert [field.name for field in fields_of(scene.curve)] == ["peak", "rise_steps"]
assert all(fan_bytes(scene, field) for field in fields_of(scene.curve))
assert {each.path for each in schedule.handles} == {"peak", "rise_steps"}
assert (schedule.knots(699), schedule.end, schedule.jumps) == ((350,), 350, False)
assert r"\\min\\left(\\frac{t}{T}" in schedule.latex()[0]
assert r"\\min\\left(\\frac{t}{350}" in schedule.latex()[1]
for name, framework in FRAMEWORKS.items():
    assert "sin(" in framework.write(scene.curve, timeline), name
page = Page(scene)
assert from_query(to_query(page)) == (page, ())
"""


def _paste(root):
    """The blocks of the README put where their comments say; their paths."""
    paths = []
    for block in _BLOCK.finditer(README):
        path, line, text = root / block["path"], block["line"], block["text"]
        paths.append(block["path"])
        before = path.read_text("utf-8") if path.exists() else ""
        if line is None:
            path.write_text(before + text, "utf-8")
            continue
        assert before.count(f"{line}\n") == 1, f"{line} is not once in {path}"
        path.write_text(before.replace(f"{line}\n", f"{line}\n{text}"), "utf-8")
    return list(dict.fromkeys(paths))


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    root = tmp_path_factory.mktemp("newcomer")
    skip = shutil.ignore_patterns("__pycache__", "node_modules", "browser", "bench", "training")
    for name in ("lrviz", "tests"):
        shutil.copytree(ROOT / name, root / name, ignore=skip if name == "tests" else None)
    shutil.copy(ROOT / "pyproject.toml", root)
    shutil.copy(ROOT / "README.md", root)
    return root, _paste(root)


def _run(root, *arguments):
    done = subprocess.run(
        [sys.executable, *arguments], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]


def test_it_passes_the_checks(copy):
    root, paths = copy
    assert len(paths) == 4
    code = [path for path in paths if path.endswith(".py")]
    _run(root, "-m", "ruff", "check", "--no-cache", *code)
    _run(root, "-m", "ruff", "format", "--no-cache", "--check", *code)
    _run(root, "-m", "mypy", "--cache-dir", "mypy", "lrviz/schedules/rise.py")


def test_it_passes_the_tests_of_every_schedule(copy):
    tests = ("schedules", "declared", "app/test_explore.py", "export/test_writing.py")
    _run(
        copy[0], "-m", "pytest", "-n0", "--no-cov", "-q", "-p", "no:cacheprovider",
        "-k", "SineRise or rates_worked_out or lacks_its_translation",
        "tests/test_locale.py", *(f"tests/{each}" for each in tests),
    )  # fmt: skip


def test_it_is_in_the_page(copy):
    _run(copy[0], "-c", _IN_THE_PAGE)
