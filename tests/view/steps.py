"""What people do with the curves, and what they see of it, without a page."""

import json

from lrviz.locale import translator
from lrviz.page import first_page
from lrviz.ui.session import Session
from lrviz.view.curve_list import curves_payload, edit
from lrviz.view.editing import Editing
from lrviz.view.panel import curve_rows, entered, panel_payload, rows_of
from lrviz.view.payload import component_data
from lrviz.view.reading import reading
from lrviz.view.subject import RUN, schedule_of


class Curves:
    """The curves of a page as they are edited: the session, and what of a curve is looked at."""

    def __init__(self, page=None):
        self.session = Session(page or first_page())
        self._editing = Editing(self.session.scene)

    @property
    def scene(self):
        return self.session.scene

    @property
    def schedule(self):
        return self.scene.curve.schedule

    @property
    def editing(self):
        return Editing(self.scene, self._editing.part, self._editing.switched)

    def edit(self, act, *texts):
        """What the list of curves does with a message."""
        first, second, *_ = [*map(str, texts), "", ""]
        self._editing = edit(self.editing, self.session.typed, act, first, second)
        self.session.change(self._editing.scene)
        return self

    def send(self, act, name, text):
        """What a line of the panel does with a message."""
        field = entered(self.session.page, self._rows(), act, name, text)
        if field is not None:
            self.session.type(*field)
        return self

    def type(self, path, text):
        """Type into a field of the chosen curve."""
        return self.send("set", f"{schedule_of(self.scene.curve).name}/{path}", text)

    def _rows(self):
        return [
            *curve_rows(self.scene, self.editing.shown_part),
            *rows_of(RUN, self.scene.timeline.fields()),
        ]

    def panel(self, language="en"):
        """What the panel gets in the browser."""
        scene, problems = self.scene, self.session.problems
        wrong = {each.id for each in scene.curves if problems(schedule_of(each))}
        curves = curves_payload(self.editing, wrong, undo=False, redo=False)
        payload = panel_payload(
            self.session.page, self.session.typed, self._rows(), chart="curves", curves=curves
        )
        data = component_data(payload, translator(language))
        return {name: json.loads(data[name]) for name in ("rows", "curves")}

    def rows(self, language="en"):
        """The lines of the panel, by their ids."""
        return {row["id"]: row for row in self.panel(language)["rows"]}

    def row(self, path):
        """The line of a field of the chosen curve."""
        return self.rows()[f"{schedule_of(self.scene.curve).name}/{path}"]

    def list(self):
        """What the list of curves gets."""
        return self.panel()["curves"]

    def read(self, language="en"):
        """What there is to read of the chosen curve, in Markdown."""
        refused = bool(self.session.problems(schedule_of(self.scene.curve)))
        return reading(self.scene, refused=refused).markdown(translator(language))

    def problems(self):
        """Why something was refused, wherever that is said."""
        return [row["problem"] for row in self.rows().values() if row["problem"]]
