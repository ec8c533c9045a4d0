"""A lesson on one sheet of paper: a single HTML file that needs nothing else.

Each question stands beside its chart as it is asked: what the answer would give away is covered.
"""

import html
from collections.abc import Callable, Iterator

from lrviz.learn.lesson import Chart, Choose, Lesson, Round
from lrviz.learn.printed import chart_svg
from lrviz.learn.printed_walks import map_svg, walks_svg
from lrviz.lenses.path import PathLens
from lrviz.lenses.path.landscapes import Landscape
from lrviz.text import Sentence, Translate, mark, number

#: At most so many rows of the cycle table: the sheet is one page.
_ROWS = 8
_STYLE = """
@page { size: A4; margin: 10mm 14mm; }
html { font-size: 10.5pt; } html.few { font-size: 12pt; }
body { font: 1rem/1.3 system-ui, "Noto Sans KR", "Malgun Gothic", sans-serif; color: #000;
  background: #fff; max-width: 182mm; margin: 1rem auto; }
h1 { font-size: 1.5rem; margin: 0 0 .15em; } h2 { font-size: 1.05rem; margin: .7em 0 .2em; }
p { margin: .2em 0; } ol { padding-left: 1.3em; margin: .2em 0; } li { margin-bottom: .4em; }
table { border-collapse: collapse; } td, th { border: 1px solid #888; padding: 1px 8px;
  text-align: right; font-variant-numeric: tabular-nums; }
.line { border-bottom: 1px solid #888; height: 1.7em; }
.box { display: block; padding-left: 1.4em; text-indent: -1.4em; }
:lang(ko) { word-break: keep-all; } .quote { font-family: monospace; overflow-wrap: anywhere; }
.round { display: grid; grid-template-columns: 1fr auto; gap: 5mm; break-inside: avoid; }
/* All pictures have one scale: an em is the width of a chart. */
.pictures { font-size: 22rem; line-height: 0; width: 1em; } .pictures svg { display: block; }
.pictures svg + svg { margin-top: .02em; } svg text { font-size: 11px; }
.key { transform: rotate(180deg); border-top: 1px solid #888; font-size: .78rem; line-height: 1.25;
  margin-top: .4rem; padding-top: .3em; break-inside: avoid; } .key li { margin-bottom: .2em; }
.key .pictures { width: auto; display: flex; gap: .06em; margin-top: .02em; }
.key .pictures svg + svg { margin-top: 0; }
@media print { body { margin: 0; min-height: 275mm; display: flex; flex-direction: column; }
  .key { margin-top: auto; } }
@media screen { html, html.few { font-size: 13pt; } body { max-width: 225mm; padding: 0 1rem; } }
@media screen and (max-width: 800px) { html, html.few { font-size: 12pt; }
  .round { grid-template-columns: 1fr; gap: .5rem; } .pictures { font-size: min(22rem, 88vw); }
  .key .pictures { flex-direction: column; } }
"""


def handout(lesson: Lesson, translate: Translate, language: str) -> str:
    """The lesson's curves, cycles, questions with room to answer, and, upside down, the answers."""

    def text(words: Sentence) -> str:
        return html.escape(words.translated(translate))

    title = html.escape(translate(lesson.title))
    heading, key = html.escape(translate("Questions")), html.escape(translate("Answers"))
    questions = "".join(f"<li>{each}</li>" for each in _rounds(lesson, translate))
    answers = "".join(f"<li>{_answer(each, text)}</li>" for each in lesson.rounds)
    shown = _walks(lesson, translate) or _table(lesson.free, translate)
    # One page, and as large as that allows.
    few = ' class="few"' if len(lesson.rounds) < 5 and "<svg" not in shown else ""
    parts = [
        "<!doctype html>",
        f'<html lang="{language}"{few}><meta charset="utf-8"><title>{title}</title>',
        '<meta name="viewport" content="width=device-width">',
        f"<style>{_STYLE}</style><h1>{title}</h1><p>{text(lesson.about)}</p>",
        f"<h2>{heading}</h2><ol>{questions}</ol>",
        f'<div class="key"><b>{key}</b><ol>{answers}</ol>{shown}</div>',
        "</html>",
    ]
    return "\n".join(parts)


def _rounds(lesson: Lesson, translate: Translate) -> Iterator[str]:
    """Each question beside its chart; a chart that has just been printed is not printed again."""
    before = ""
    ground: Landscape | None = None
    for asked in lesson.rounds:
        question = (
            f"<div>{_question(asked, lambda words: html.escape(words.translated(translate)))}</div>"
        )
        chart = chart_svg(asked.chart, translate)
        pictures, before = "" if chart == before else chart, chart
        lens = (asked.revealed or asked.chart).scene.lens
        path = lens.of(PathLens)
        if lens.kind == path.name and path.landscape != ground:
            ground = path.landscape
            pictures += map_svg(path, translate)
        shown = f'<div class="pictures">{pictures}</div>' if pictures else ""
        yield f'<div class="round">{question}{shown}</div>' if shown else question


def _question(asked: Round, text: Callable[[Sentence], str]) -> str:
    question = asked.question
    body = text(question.text)
    if isinstance(question, Choose):
        options = "".join(
            f'<span class="box">☐ {text(option)}</span>' for option in question.options
        )
        return f"{body}<p>{options}</p>"
    return f'{body}<div class="line"></div>'


def _answer(asked: Round, text: Callable[[Sentence], str]) -> str:
    """The explanation of the right answer, a quote, and the sentence to take home."""
    quote = f' <span class="quote">{html.escape(asked.quote)}</span>' if asked.quote else ""
    return f"{text(asked.question.answers.why)}{quote} {text(asked.sentence)}"


def _walks(lesson: Lesson, translate: Translate) -> str:
    """The walks of the particles for each question that is answered by them."""
    pictures = [
        walks_svg(asked.revealed.scene, translate)
        for asked in lesson.rounds
        if asked.revealed is not None and asked.revealed.scene.lens.kind == PathLens.name
    ]
    return f'<div class="pictures">{"".join(pictures)}</div>' if pictures else ""


def _table(chart: Chart, translate: Translate) -> str:
    scene = chart.scene
    listed = scene.curve.cycles(scene.timeline)[:_ROWS]
    if not listed or chart.measure is not None:
        return ""
    names = (mark("Cycle"), mark("First step"), mark("Length"), mark("Peak"), mark("Trough"))
    head = "".join(f"<th>{html.escape(translate(name))}</th>" for name in names)
    title = html.escape(translate("Cycles"))
    rows = "".join(
        f"<tr><td>{each.index}</td><td>{each.start:,}</td><td>{each.length:,.6g}</td>"
        f"<td>{number(each.peak)}</td><td>{number(each.trough)}</td></tr>"
        for each in listed
    )
    return f"<h2>{title}</h2><table><tr>{head}</tr>{rows}</table>"
