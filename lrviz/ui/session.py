"""The session: its page, what was typed, what widgets show. It needs no Streamlit."""

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from lrviz.link import Query, from_query, to_query
from lrviz.locale import translator
from lrviz.page import Page
from lrviz.scene import Scene
from lrviz.scene.labels import relabelled
from lrviz.text import Sentence, Translate
from lrviz.ui.history import History
from lrviz.ui.listener import Listener, Take
from lrviz.view.subject import Subject
from lrviz.view.typed import Typed

Memory = TypeVar("Memory")


@dataclass
class Input:
    """A widget's key, what it showed when it was last looked at, and who takes its changes."""

    key: str
    seen: object
    take: Callable[[Any], None]
    version: int = 0


@dataclass
class Session:
    """Everything a session remembers.

    Attributes:
        page: What is shown, and where the reader is.
        widgets: What the widgets hold, by their keys: Streamlit's session state, or a dict.
        link_problems: What of the link that was opened last was not understood.
        typed: What was typed into fields, and refused.
        inputs: The widgets that :meth:`show` has given keys.
        listeners: The components that are listened to, by their keys.
        history: What can be undone.
        unwritten: Whether the address is behind the page.
    """

    page: Page
    widgets: MutableMapping[Any, Any] = field(default_factory=dict)
    link_problems: tuple[Sentence, ...] = ()
    typed: Typed = field(default_factory=Typed)
    inputs: dict[str, Input] = field(default_factory=dict)
    listeners: dict[str, Listener] = field(default_factory=dict)
    history: History = field(default_factory=History)
    unwritten: bool = False
    _memories: dict[type, object] = field(default_factory=dict)

    @property
    def scene(self) -> Scene:
        """The page's scene."""
        return self.page.scene

    def memory(self, kind: type[Memory]) -> Memory:
        """What a tab remembers, in a class of its own."""
        if kind not in self._memories:
            self._memories[kind] = kind()
        memory = self._memories[kind]
        assert isinstance(memory, kind)
        return memory

    def text(self, text: str | Sentence) -> str:
        """``text`` in the reader's language."""
        translate = self.translate
        return text.translated(translate) if isinstance(text, Sentence) else translate(text)

    @property
    def translate(self) -> Translate:
        """What turns a text into the reader's language: the same for all who read it."""
        return translator(self.page.language)

    def show(self, name: str, value: object, take: Callable[[Any], None]) -> str:
        """The key of a widget that shows ``value``; ``take`` gets what the reader makes of it.

        Two habits of Streamlit are kept out here. A callback is dropped half-way when the next
        change comes quickly: so a change is taken at the start of the next run instead. And a
        browser that got a new value still sends the old one for a moment, which looks like the
        reader's: so a widget never gets another value, it is replaced by one with another key.
        """
        widget = self.inputs.setdefault(name, Input(name, value, take))
        widget.take = take
        if self.widgets.get(widget.key, widget.seen) != widget.seen:
            return widget.key  # The reader was quicker: the next run takes what is there.
        if widget.seen != value:
            widget.version += 1
            widget.key, widget.seen = f"{name}.{widget.version}", value
        if widget.key not in self.widgets:
            self.widgets[widget.key] = value
        return widget.key

    def listen(self, key: str, state: str, take: Take) -> None:
        """Have ``take`` get the messages of the component of that key (see :class:`Listener`).

        The browser counts what it sends. A number is taken once, however often it comes: after a
        lost connection the browser sends everything again, and nothing is lost or done twice.
        """
        self.listeners.setdefault(key, Listener(state, take)).take = take

    def taken(self, key: str) -> int:
        """The last number that was taken from the component of that key; 0: none yet."""
        listener = self.listeners.get(key)
        return listener.taken if listener else 0

    def take(self) -> None:
        """Take every value that has been changed since it was shown."""
        for key, listener in list(self.listeners.items()):
            listener.receive((self.widgets.get(key) or {}).get(listener.state))
        for widget in list(self.inputs.values()):
            value = self.widgets.get(widget.key, widget.seen)
            if value != widget.seen:
                widget.seen = value
                widget.take(value)

    def commit(self, page: Page) -> None:
        """Show ``page`` from now on; what was typed for a curve that is gone is gone with it."""
        self.typed.keep(self.scene, page.scene)
        scene = relabelled(self.scene, page.scene)
        self.history.note(self.scene, scene)
        self.page = page if scene is page.scene else replace(page, scene=scene)
        self.link_problems = ()
        self.unwritten = True

    def set(self, **changes: object) -> None:
        """Change where the reader is: fields of :class:`lrviz.page.Page`."""
        self.commit(replace(self.page, **changes))  # type: ignore[arg-type]  # replace() is untyped

    def look(self, **changes: object) -> None:
        """Change the scene: fields of :class:`lrviz.scene.Scene`."""
        self.set(scene=replace(self.scene, **changes))  # type: ignore[arg-type]  # untyped

    def change(self, scene: Scene) -> None:
        """Show ``scene``, if it is another one."""
        if scene is not self.scene:
            self.set(scene=scene)

    def load(self, page: Page) -> None:
        """Show another page; what was typed for the one before is forgotten."""
        self.typed.forget()
        self.commit(page)

    def undo(self) -> None:
        """Take back the last change of the scene."""
        self._travel(self.history.past, self.history.future)

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._travel(self.history.future, self.history.past)

    def _travel(self, there: list[Scene], back: list[Scene]) -> None:
        if not there:
            return
        scene, here = there.pop(), self.scene
        kept = self.history
        self.history = History()
        # How it is looked at stays.
        looked = {"unit": here.unit, "scale": here.scale, "lens": here.lens}
        self.load(replace(self.page, scene=replace(scene, **looked)))  # type: ignore[arg-type]  # untyped
        back.append(here)
        self.history = kept

    def study(self, **changes: object) -> None:
        """Change what of a lesson is open."""
        self.set(study=replace(self.page.study, **changes))  # type: ignore[arg-type]  # untyped

    def learner(self, **changes: object) -> None:
        """Change what is this learner's own."""
        self.set(learner=replace(self.page.learner, **changes))  # type: ignore[arg-type]  # untyped

    def open(self, query: Query) -> None:
        """Show the page that ``query`` holds, and whatever of it was not understood."""
        self.page, self.link_problems = from_query(query)
        self.unwritten = False
        self.typed.forget()

    def address(self) -> Query | None:
        """The query of the page, if the browser's address is behind it; asked for once."""
        if not self.unwritten:
            return None
        self.unwritten = False
        return to_query(self.page)

    def type(self, subject: Subject, path: str, text: str) -> None:
        """Take ``text`` for a field: commit it if it can be, else keep it with its problem."""
        page = self.typed.accept(self.page, subject, path, text)
        if page is not self.page:
            self.commit(page)

    def problems(self, subject: Subject) -> dict[str, Sentence]:
        """What of ``subject`` was refused, or is not as long as it should be; by its path."""
        return self.typed.problems(self.page, subject)
