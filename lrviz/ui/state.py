"""The session: its scene, what was typed and refused, and the link. Nobody else touches these."""

from dataclasses import dataclass, field, replace

import streamlit as st

from lrviz.errors import InvalidFields
from lrviz.link import Query, from_query, to_query
from lrviz.locale import translator
from lrviz.scene import Curve, Scene, first_scene
from lrviz.schedules import Field, Schedule, Value
from lrviz.text import Sentence
from lrviz.timeline import Timeline

#: What a form edits: the run, or the curve of that colour.
Target = Timeline | Curve


@dataclass
class Form:
    """Typed texts that were refused, and why; both by the field's name."""

    drafts: dict[str, str] = field(default_factory=dict)
    problems: dict[str, Sentence] = field(default_factory=dict)


@dataclass
class Session:
    """Everything a session remembers beside Streamlit's widgets."""

    scene: Scene
    link_problems: tuple[Sentence, ...] = ()
    forms: dict[str, Form] = field(default_factory=dict)
    #: The query that was last read or written, and whether a control has been used since.
    address: Query = ()
    used: bool = False

    def text(self, text: str | Sentence) -> str:
        """``text`` in the reader's language."""
        translate = translator(self.scene.language)
        return text.translated(translate) if isinstance(text, Sentence) else translate(text)

    def commit(self, scene: Scene) -> None:
        """Show ``scene`` from now on, and put it into the page's address."""
        colors = {curve.color for curve in scene.curves}
        gone = [curve for curve in self.scene.curves if curve.color not in colors]
        for curve in gone:
            self.forms.pop(form_name(curve), None)
        self.scene = scene
        self.link_problems = ()
        self.used = True
        self.address = to_query(scene)
        _write(self.address)

    def set(self, **changes: object) -> None:
        """Change how the scene is looked at."""
        self.commit(replace(self.scene, **changes))  # type: ignore[arg-type]  # replace() is untyped

    def load(self, scene: Scene) -> None:
        """Show another scene, in the language of this one."""
        self.forms.clear()
        self.commit(replace(scene, language=self.scene.language))

    def open(self, query: Query) -> None:
        """Show the scene that ``query`` holds, and whatever of it was not understood."""
        self.scene, self.link_problems = from_query(query)
        self.address = query
        self.forms.clear()

    def form(self, target: Target) -> Form:
        """What is typed and refused for ``target``."""
        return self.forms.setdefault(form_name(target), Form())

    def type(self, target: Target, declared: Field, text: str) -> None:
        """Take ``text`` for a field: commit it if it can be, else keep it with its problem.

        Fields that are refused only together (a list and its boundaries) wait for one another.
        """
        # A callback may hold the curve as it was drawn; another may have changed it since.
        now = self._now(target)
        if now is None:
            return
        self.used = True
        form = self.form(target)
        form.drafts[declared.name] = text
        made = subject(now)
        try:
            changed = type(made).from_text(made.texts() | form.drafts)
        except InvalidFields as together:
            form.problems = together.problems
            try:
                changed = type(made).from_text(made.texts() | {declared.name: text})
            except InvalidFields:
                return
            # The others stay refused; this one is good by itself.
            form.drafts.pop(declared.name)
            form.problems.pop(declared.name, None)
        else:
            self.forms.pop(form_name(target))
        self._put(target, changed)

    def put(self, target: Target, declared: Field, value: Value) -> None:
        """Take a value from a control that cannot be mistyped."""
        self.type(target, declared, declared.text(value))

    def _now(self, target: Target) -> Target | None:
        if isinstance(target, Timeline):
            return self.scene.timeline
        alike = [each for each in self.scene.curves if form_name(each) == form_name(target)]
        return alike[0] if alike else None

    def _put(self, target: Target, changed: Timeline | Schedule) -> None:
        if isinstance(changed, Timeline):
            self.commit(replace(self.scene, timeline=changed))
            return
        curves = tuple(
            replace(curve, schedule=changed)
            if isinstance(target, Curve) and curve.color == target.color
            else curve
            for curve in self.scene.curves
        )
        self.commit(replace(self.scene, curves=curves))


def session() -> Session:
    """This session: begun from the page's address, and following it back and forward."""
    now: Session | None = st.session_state.get("session")
    address = _read()
    if now is None:
        now = st.session_state["session"] = Session(first_scene())
        now.open(address)
    elif not now.used and sorted(address) != sorted(now.address):
        # Nobody used a control, so it was the browser that moved. A control that is used quickly
        # again may still come with the address from before: that is not a move.
        now.open(address)
    now.used = False
    return now


def form_name(target: Target) -> str:
    """The name under which a form and its widgets are kept."""
    if isinstance(target, Timeline):
        return "run"
    return f"curve-{target.color}-{type(target.schedule).__name__}"


def subject(target: Target) -> Timeline | Schedule:
    """What of ``target`` a form edits."""
    return target if isinstance(target, Timeline) else target.schedule


def _read() -> Query:
    params = st.query_params
    return [(name, value) for name in params for value in params.get_all(name)]


def _write(query: Query) -> None:
    params: dict[str, list[str]] = {}
    for name, value in query:
        params.setdefault(name, []).append(value)
    st.query_params.from_dict(params)
