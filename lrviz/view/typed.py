"""What was typed into the fields of a page: their texts, and those that were refused."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field

from lrviz.declared import Declared, Field, Value
from lrviz.errors import InvalidFields
from lrviz.page import Page
from lrviz.scene import Scene
from lrviz.text import Sentence
from lrviz.view.subject import Subject, row_name


@dataclass
class Form:
    """Typed texts that were refused, and why; both by the field's path."""

    drafts: dict[str, str] = field(default_factory=dict)
    problems: dict[str, Sentence] = field(default_factory=dict)


@dataclass
class Typed:
    """What was typed.

    Attributes:
        forms: What was refused, by the subject's name.
        texts: What was accepted, by the row's name.
        focused: The refused field that got the focus last, by its row's name.
        refusals: How often one was.
    """

    forms: dict[str, Form] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    focused: str = ""
    refusals: int = 0

    def form(self, subject: Subject) -> Form:
        """What of ``subject`` was refused."""
        return self.forms.setdefault(subject.name, Form())

    def refused(self, subject: Subject) -> dict[str, Sentence]:
        """Why fields of ``subject`` were refused, by their paths."""
        form = self.forms.get(subject.name)
        return form.problems if form is not None else {}

    def problems(self, page: Page, subject: Subject) -> dict[str, Sentence]:
        """What of ``subject`` was refused, or is not as long as it should be; by its path."""
        return subject.unmet(page) | self.refused(subject)

    def accept(self, page: Page, subject: Subject, path: str, text: str) -> Page:
        """``page`` with ``text`` in a field; the same page where it is refused, and kept here.

        Fields that are refused only together (a list and its boundaries) wait for one another.
        """
        # A callback may come late: the field may be gone.
        value = subject.read(page)
        if value is None or path not in (each.path for each in value.fields()):
            return page
        form = self.form(subject)
        form.drafts[path] = text
        texts, shares = subject.lengths(page, form.drafts)
        taken = form.drafts
        changed: Declared
        try:
            changed = value.retyped(texts)
        except InvalidFields as together:
            form.problems = together.problems
            try:
                changed = value.retyped({path: texts[path]})
            except InvalidFields:
                return page
            # The others stay refused; this one is good by itself.
            taken = {path: form.drafts.pop(path)}
            form.problems.pop(path, None)
        else:
            self.forms.pop(subject.name)
        self.texts |= {row_name(subject, each): draft for each, draft in taken.items()}
        page = subject.put(page, changed)
        return subject.shared(page, {each: shares.get(each) for each in taken})

    def text(self, subject: Subject, declared: Field, value: Value) -> str:
        """The text of a field: what was typed, as long as it means ``value``, else the shortest."""
        form = self.forms.get(subject.name)
        if form is not None and declared.path in form.drafts:
            return form.drafts[declared.path]
        text = self.texts.get(row_name(subject, declared.path))
        with suppress(ValueError):
            if text is not None and declared.parse(text) == value:
                return text
        return "" if value is None else declared.text(value)

    def refuses(self, page: Page, subject: Subject, paths: Collection[str]) -> bool:
        """Whether one of those fields of ``subject`` was refused; the first gets the focus."""
        refused = self.refused(subject).keys() & paths
        value = subject.read(page)
        fields = value.fields() if value is not None else ()
        first = next((each for each in fields if each.path in refused), None)
        if first is None:
            return False
        self.focused = row_name(subject, first.path)
        self.refusals += 1
        return True

    def forget(self) -> None:
        """Forget all: another page is shown."""
        self.forms.clear()
        self.texts.clear()

    def keep(self, before: Scene, after: Scene) -> None:
        """Forget what was refused for the curves of ``before`` that are not in ``after``."""
        kept = {line.id for line in after.lines}
        for line in before.lines:
            if line.id not in kept:
                start = f"curve-{line.id}-"
                for name in [each for each in self.forms if each.startswith(start)]:
                    del self.forms[name]
