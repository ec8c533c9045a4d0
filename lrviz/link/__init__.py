"""A page as the query of a URL, and back. Every value is explicit; nothing is trusted.

``?v=3&samples=2400&...&curve=CosineDecay~initial_learning_rate~0.1~...~per~step~color~0~shown~true``

A schedule that is made of others holds each under its path: ``Sequence~boundaries~500~0~Linear~
0.decay_steps~500~...~1~CosineDecay~1.alpha~0.0~...``. A curve's id is written where it is not its
place. Version 1 had no such schedules; versions 1 and 2 had no ids, and what is trained was chosen
by colour.
"""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from lrviz.errors import InvalidFields
from lrviz.lenses import KINDS
from lrviz.link.lines import line_text, read_lines
from lrviz.link.parts import NEW, Part, Settings, unknown
from lrviz.page import Page
from lrviz.scene import MOST_CURVES, Line, Scene
from lrviz.text import Sentence, quoted

VERSION = "3"
#: Versions in which a curve had no id: what is trained was chosen by colour.
_BY_COLOR = ("1", "2")

#: A URL's query: names and values, in order.
Query = Sequence[tuple[str, str]]

#: What a link always says of the run.
_RUN = ("samples", "batch_size", "epochs", "total_steps")


#: The one table of what a link holds, beside the curves: it is written, and read, by this.
_PARTS = (
    Part("scene.timeline", always=_RUN, explains=True),
    Part("scene", always={each.name for each in Scene.declared()}),
    Part("scene.lens", prefix="lens."),
    *(Settings("scene.lens", prefix="lens.", kind=kind) for kind in KINDS.values()),
    Part(
        "",
        always=("language", "tab"),
        names={"chosen": "fit.curves", "with_plateau": "fit.plateau"},
    ),
    Part("study", names={"revealed": "shown", "hidden": "hide"}),
    Part("learner"),
    Part("recipe", prefix="fit.", together=True, explains=True),
    Part(
        "plateau",
        prefix="plateau.",
        together=True,
        explains=True,
        apart=[each.name for each in Line.declared()],
    ),
)


def to_query(page: Page) -> list[tuple[str, str]]:
    """The query of ``page``; :func:`from_query` gives the same page again, exactly."""
    return [
        ("v", VERSION),
        *(pair for part in _PARTS for pair in part.write(page)),
        *(("curve", line_text(*each)) for each in enumerate(page.scene.lines)),
    ]


def to_text(page: Page) -> str:
    """The query of ``page`` as it stands behind the ``?`` of a URL."""
    return urlencode(to_query(page), safe="~,")


def from_query(query: Query) -> tuple[Page, tuple[Sentence, ...]]:
    """The page that ``query`` holds, and a sentence for each part that was not understood.

    What was not understood is left out, or is as in :func:`lrviz.page.first_page`; the rest is
    kept. Never raises.
    """
    try:
        return _read(query)
    except Exception:
        # A reader comes with whatever link there is: what nobody has thought of (Python's own
        # parser, short of memory or of stack) must not take the page from them.
        return NEW, (Sentence("The link could not be read."),)


def _read(query: Query) -> tuple[Page, tuple[Sentence, ...]]:
    problems: list[Sentence] = []
    given: dict[str, str] = {}
    texts: list[str] = []
    for name, value in query:
        if name == "curve":
            texts.append(value)
        else:
            given.setdefault(name, value)
    version = given.pop("v", VERSION)
    if version not in (*_BY_COLOR, VERSION):
        problems.append(
            Sentence(
                "The link is of version {version}, which this page does not know: "
                "it was read as version {known}.",
                {"version": quoted(version), "known": VERSION},
            )
        )
    page, lines = NEW, read_lines(texts, problems)
    if lines:
        try:
            page = page.with_part("scene", replace(page.scene, lines=lines))
        except InvalidFields as error:
            problems.extend(error.problems.values())
    for part in _PARTS:
        page = part.read(page, given, problems)
    if page.scene.lens.kind not in KINDS:
        problems.append(unknown("lens.kind", page.scene.lens.kind))
        page = page.with_part("scene.lens", replace(page.scene.lens, kind=NEW.scene.lens.kind))
    if version in _BY_COLOR:
        lines = page.scene.lines
        chosen = [each.id for color in page.chosen for each in lines if each.color == color]
        page = replace(page, chosen=tuple(chosen))
    problems.extend(unknown(name, value) for name, value in list(given.items())[:MOST_CURVES])
    return page, tuple(problems)
