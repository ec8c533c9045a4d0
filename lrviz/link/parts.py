"""The declared parts of a page, as fields of a query."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from lrviz.declared import Declared, Field, Value
from lrviz.errors import InvalidFields
from lrviz.lenses import Kind
from lrviz.page import Page, first_page
from lrviz.text import Sentence, quoted

#: What a page is where a link does not say otherwise.
NEW = first_page()


@dataclass(frozen=True)
class Part:
    """How a declared part of the page stands in a link.

    Attributes:
        path: Where in the page it is; empty: the page itself.
        prefix: What stands before its fields' names.
        always: The fields that are written whatever they hold; others where they differ from a
            new page's.
        together: Whether all are written as soon as one differs.
        explains: Whether a problem is shown in the field's own words: people know these fields.
        names: The names of fields in a link, where they have another one there.
        apart: The fields that are not written with the others that are written together.
    """

    path: str
    prefix: str = ""
    always: Collection[str] = ()
    together: bool = False
    explains: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    apart: Collection[str] = ()

    def name(self, each: Field) -> str:
        """The name of a field in a link."""
        return self.prefix + self.names.get(each.name, each.name)

    def write(self, page: Page) -> Iterator[tuple[str, str]]:
        """The names and texts of what is written."""
        part, usual = self.of(page), self.of(NEW)
        if part is usual and not self.always:
            return
        every = self.together and part != usual
        for each in part.declared():
            value = getattr(part, each.name)
            always = each.name in self.always or (every and each.name not in self.apart)
            if always or value != getattr(usual, each.name):
                yield self.name(each), each.text(value)

    def read(self, page: Page, given: dict[str, str], problems: list[Sentence]) -> Page:
        """``page`` with what was ``given`` of this part, which is taken out of there."""
        part, values = self.of(page), dict[str, Value]()
        for each in part.declared():
            name = self.name(each)
            text = given.pop(name, None)
            if text is None or not (text or self.explains):
                continue
            try:
                values[each.name] = each.parse(text)
            except ValueError as error:
                problems.append(error.args[0] if self.explains else unknown(name, text))
        # Most links say nothing of most parts.
        if not values:
            return page
        try:
            return self.put(page, part.with_values(values))
        except InvalidFields as error:
            problems.extend(error.problems.values())
            return page

    def of(self, page: Page) -> Declared:
        """The part of ``page``."""
        return page.part(self.path)

    def put(self, page: Page, part: Declared) -> Page:
        """``page`` with another part in its place."""
        return page.with_part(self.path, part)


@dataclass(frozen=True)
class Settings(Part):
    """How the settings of a kind of lens stand in a link: beside those of the other kinds."""

    kind: type[Kind] = field(kw_only=True)

    def of(self, page: Page) -> Kind:
        """The settings of that kind, whichever is shown."""
        return page.scene.lens.of(self.kind)

    def put(self, page: Page, part: Declared) -> Page:
        """``page`` with other settings of that kind."""
        return page.with_part(self.path, page.scene.lens.with_settings(part))


def unknown(name: str, value: str) -> Sentence:
    """What is said of a part of a link that means nothing."""
    return Sentence(
        "{name} = {value} was not understood.", {"name": quoted(name), "value": quoted(value)}
    )
