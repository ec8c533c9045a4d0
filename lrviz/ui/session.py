"""The session: its scene, what was typed and refused, and the link. Nobody else touches these."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from lrviz.declared import Declared, Field, Value
from lrviz.errors import InvalidFields
from lrviz.learn.study import Study
from lrviz.link import Query, from_query, to_query
from lrviz.locale import translator
from lrviz.scene import Curve, Scene, Timeline
from lrviz.text import Sentence
from lrviz.training.spec import Plateau, Recipe
from lrviz.ui.learn.memory import Desk
from lrviz.ui.train.memory import Training

#: What a form edits: the run, what is trained and how, or the curve of that colour.
Target = Timeline | Recipe | Plateau | Curve


@dataclass
class Form:
    """Typed texts that were refused, and why; both by the field's name."""

    drafts: dict[str, str] = field(default_factory=dict)
    problems: dict[str, Sentence] = field(default_factory=dict)


@dataclass
class Input:
    """A widget's key, what it showed when it was last looked at, and who takes its changes."""

    key: str
    seen: object
    take: Callable[[Any], None]
    version: int = 0


@dataclass
class Listener:
    """A component's state that is listened to: ``number~text``, each number once."""

    state: str
    take: Callable[[str], None]
    taken: int = 0

    def hear(self, sent: str) -> None:
        """Take what was sent, unless it was taken before."""
        number, _, text = sent.partition("~")
        if number.isdecimal() and self.taken < int(number[:18]):
            self.taken = int(number[:18])
            self.take(text)


@dataclass
class Session:
    """Everything a session remembers beside Streamlit's widgets."""

    scene: Scene
    link_problems: tuple[Sentence, ...] = ()
    #: Whether the page that is drawn warns of them.
    warned: bool = False
    forms: dict[str, Form] = field(default_factory=dict)
    inputs: dict[str, Input] = field(default_factory=dict)
    desk: Desk = field(default_factory=Desk)
    listeners: dict[str, Listener] = field(default_factory=dict)
    #: Whether the page's address is behind the scene.
    unwritten: bool = False
    training: Training = field(default_factory=Training)
    #: The widget of the field that was last found refused, and how often one was.
    focused: str = ""
    refusals: int = 0
    #: What the part of the page below the curves was drawn of.
    below: object = None

    def text(self, text: str | Sentence) -> str:
        """``text`` in the reader's language."""
        translate = translator(self.scene.language)
        return text.translated(translate) if isinstance(text, Sentence) else translate(text)

    def show(self, name: str, value: object, take: Callable[[Any], None]) -> str:
        """The key of a widget that shows ``value``; ``take`` gets what the reader makes of it.

        Two habits of Streamlit are kept out here. A callback is dropped half-way when the next
        change comes quickly: so a change is taken at the start of the next run instead. And a
        browser that was told a new value still sends the old one for a moment, which looks like
        the reader's: so a widget is never told a value, it is replaced by one with another key.
        """
        known = self.inputs.setdefault(name, Input(name, value, take))
        known.take = take
        if st.session_state.get(known.key, known.seen) != known.seen:
            return known.key  # The reader was quicker: the next run takes what is there.
        if known.seen != value:
            known.version += 1
            known.key, known.seen = f"{name}.{known.version}", value
        if known.key not in st.session_state:
            st.session_state[known.key] = value
        return known.key

    def clicked(self, key: str) -> Any:
        """What was chosen from the menu of that key, in its callback."""
        return st.session_state[key]

    def listen(self, key: str, state: str, take: Callable[[str], None]) -> None:
        """Have ``take`` called with what the component of that key sends as ``number~text``.

        The browser counts what it sends. A number is taken once, however often it comes: after a
        lost connection the browser sends everything again, and nothing is lost or done twice.
        """
        known = self.listeners.setdefault(key, Listener(state, take))
        known.take = take

    def taken(self, key: str) -> int:
        """The last number that was taken from the component of that key; 0: none yet."""
        known = self.listeners.get(key)
        return known.taken if known else 0

    def take(self) -> None:
        """Take every value that has been changed since it was shown."""
        for key, listener in list(self.listeners.items()):
            listener.hear(str((st.session_state.get(key) or {}).get(listener.state) or ""))
        for known in list(self.inputs.values()):
            value = st.session_state.get(known.key, known.seen)
            if value != known.seen:
                known.seen = value
                known.take(value)

    def write(self) -> None:
        """Put the scene into the page's address, if it is not there yet."""
        if self.unwritten:
            _write(to_query(self.scene))
            self.unwritten = False
            if self.desk.publish is not None:
                self.desk.publish(self.scene)

    def commit(self, scene: Scene) -> None:
        """Show ``scene`` from now on."""
        colors = {curve.color for curve in scene.curves}
        gone = [curve for curve in self.scene.curves if curve.color not in colors]
        for curve in gone:
            self.forms.pop(form_name(curve), None)
        self.scene = scene
        self.link_problems = ()
        self.unwritten = True

    def set(self, **changes: object) -> None:
        """Change how the scene is looked at."""
        self.commit(replace(self.scene, **changes))  # type: ignore[arg-type]  # replace() is untyped

    def change(self, curve: Curve, **changes: object) -> None:
        """Change the curve that has the colour of ``curve``, if it is still there."""
        self.commit(self.scene.with_curve(curve.color, **changes))

    def load(self, scene: Scene, study: Study | None = None) -> None:
        """Show the picture of another scene; the reader stays where they are.

        The language, the tab, the run that is watched, the room and what was learnt stay: only
        ``study``, where it is given, says where else the reader is.
        """
        self.forms.clear()
        self.commit(
            replace(
                self.scene,
                curves=scene.curves,
                timeline=scene.timeline,
                selected=scene.selected,
                unit=scene.unit,
                scale=scene.scale,
                study=study or self.scene.study,
            )
        )

    def study(self, **changes: object) -> None:
        """Change where the learner is."""
        self.set(study=replace(self.scene.study, **changes))  # type: ignore[arg-type]  # untyped

    def open(self, query: Query) -> None:
        """Show the scene that ``query`` holds, and whatever of it was not understood."""
        self.scene, self.link_problems = from_query(query)
        self.unwritten = False
        self.forms.clear()

    def form(self, target: Target) -> Form:
        """What is typed and refused for ``target``."""
        return self.forms.setdefault(form_name(target), Form())

    def type(self, target: Target, declared: Field, text: str) -> None:
        """Take ``text`` for a field: commit it if it can be, else keep it with its problem.

        Fields that are refused only together (a list and its boundaries) wait for one another.
        """
        # A callback may hold the curve as it was drawn; another may have changed it since.
        session = self._now(target)
        if session is None:
            return
        form = self.form(target)
        form.drafts[declared.name] = text
        made = subject(session)
        try:
            changed = made.retyped(form.drafts)
        except InvalidFields as together:
            form.problems = together.problems
            try:
                changed = made.retyped({declared.name: text})
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

    def refuses(self, target: Target, names: Collection[str]) -> bool:
        """Whether one of those fields of ``target`` holds what was refused; it gets the focus."""
        refused = self.form(target).problems.keys() & names
        found = next((each for each in subject(target).fields() if each.name in refused), None)
        if found is None:
            return False
        known = self.inputs.get(exact_name(target, found))
        self.focused = known.key if known else ""
        self.refusals += 1
        return True

    def _now(self, target: Target) -> Target | None:
        if isinstance(target, Timeline):
            return self.scene.timeline
        if isinstance(target, Recipe):
            return self.training.recipe
        if isinstance(target, Plateau):
            return self.training.plateau
        alike = [each for each in self.scene.curves if form_name(each) == form_name(target)]
        return alike[0] if alike else None

    def _put(self, target: Target, changed: Declared) -> None:
        if isinstance(changed, Recipe):
            self.training.recipe = changed
        elif isinstance(changed, Plateau):
            self.training.plateau = changed
        elif isinstance(target, Curve):
            self.commit(self.scene.with_curve(target.color, schedule=changed))
        else:
            self.set(timeline=changed)


def form_name(target: Target) -> str:
    """The name under which a form and its widgets are kept."""
    if isinstance(target, Timeline):
        return "run"
    if not isinstance(target, Curve):
        return type(target).__name__.lower()
    return f"curve-{target.color}-{type(target.schedule).__name__}"


def exact_name(target: Target, declared: Field) -> str:
    """The name of the widget that takes a field as it is typed."""
    # A list has no slider beside it (see slider.css).
    return f"{form_name(target)}-{declared.name}-{'list' if declared.many else 'exact'}"


def subject(target: Target) -> Declared:
    """What of ``target`` a form edits."""
    return target.schedule if isinstance(target, Curve) else target


def _write(query: Query) -> None:
    params: dict[str, list[str]] = {}
    for name, value in query:
        params.setdefault(name, []).append(value)
    st.query_params.from_dict(params)
