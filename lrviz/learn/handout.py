"""A lesson on one sheet of paper: a single HTML file that needs nothing else.

Each question stands beside its chart as it is asked: what the answer would give away is covered.
"""

import html
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from lrviz.learn.lesson import Chart, Choose, Lesson, Round
from lrviz.scene.insights import cycles
from lrviz.scene.lines import drawn
from lrviz.schedules import Floats
from lrviz.text import Sentence, Translate, mark, number

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _BOTTOM, _TOP = 400, 128, 46, 30, 24, 18
#: At most so many rows of the cycle table: the sheet is one page.
_ROWS = 8
_INKS = ("#000000", "#0072B2", "#D55E00", "#009E73")
_STYLE = """
@page { size: A4; margin: 14mm; }
body { font: 10.5pt/1.4 system-ui, "Noto Sans KR", "Malgun Gothic", sans-serif; color: #000;
  background: #fff; max-width: 180mm; margin: 1rem auto; }
h1 { font-size: 17pt; margin: 0 0 .2em; } h2 { font-size: 11pt; margin: .9em 0 .2em; }
p { margin: .2em 0; } ol { padding-left: 1.3em; margin: .2em 0; } li { margin-bottom: .3em; }
table { border-collapse: collapse; } td, th { border: 1px solid #888; padding: 1px 8px;
  text-align: right; font-variant-numeric: tabular-nums; }
.line { border-bottom: 1px solid #888; height: 1.5em; }
.box { margin-right: .9em; display: inline-block; } :lang(ko) { word-break: keep-all; }
.round { display: grid; grid-template-columns: 1fr 42%; gap: 5mm; break-inside: avoid; }
svg { width: 100%; height: auto; } svg text { font-size: 11px; }
.key { transform: rotate(180deg); border-top: 1px solid #888; font-size: 8pt; line-height: 1.3;
  margin-top: .6em; } .key li { margin-bottom: .2em; }
@media print { body { margin: 0; } }
"""


def handout(lesson: Lesson, translate: Translate, language: str) -> str:
    """The lesson's curves, cycles, questions with room to answer, and, upside down, the answers."""

    def text(words: Sentence) -> str:
        return html.escape(words.translated(translate))

    title = html.escape(translate(lesson.title))
    heading, key = html.escape(translate("Questions")), html.escape(translate("Answers"))
    questions = "".join(f"<li>{each}</li>" for each in _rounds(lesson, translate))
    answers = "".join(
        f"<li>{text(each.question.answers.why)} {text(each.sentence)}</li>"
        for each in lesson.rounds
    )
    parts = [
        "<!doctype html>",
        f'<html lang="{language}"><meta charset="utf-8"><title>{title}</title>',
        f"<style>{_STYLE}</style><h1>{title}</h1><p>{text(lesson.about)}</p>",
        f"<h2>{heading}</h2><ol>{questions}</ol>",
        f'<div class="key"><b>{key}</b><ol>{answers}</ol>{_table(lesson.free, translate)}</div>',
        "</html>",
    ]
    return "\n".join(parts)


def _rounds(lesson: Lesson, translate: Translate) -> Iterator[str]:
    """Each question beside its chart; a chart that has just been printed is not printed again."""
    before: Chart | None = None
    for asked in lesson.rounds:
        said = (
            f"<div>{_question(asked, lambda words: html.escape(words.translated(translate)))}</div>"
        )
        drawn_again = asked.chart == before
        before = asked.chart
        yield said if drawn_again else f'<div class="round">{said}{_svg(before, translate)}</div>'


def _question(asked: Round, text: Callable[[Sentence], str]) -> str:
    question = asked.question
    said = text(question.text)
    if isinstance(question, Choose):
        options = "".join(
            f'<span class="box">☐ {text(option)}</span>' for option in question.options
        )
        return f"{said}<p>{options}</p>"
    return f'{said}<div class="line"></div>'


def _lines(chart: Chart, translate: Translate) -> list[tuple[str, Floats, Floats]]:
    """Each line's name and points up to where it is covered, with none where there is no rate."""
    found = []
    if chart.measure is not None:
        for each in chart.series:
            found.append((each.name.translated(translate), np.array(each.x), np.array(each.y)))
    else:
        for curve in chart.scene.shown:
            x, y, _ = drawn(curve, chart.scene.timeline)
            found.append((translate(curve.name), x, y))
    upto = np.inf if chart.upto is None else chart.upto
    seen = [(name, x, y, np.isfinite(y) & (x <= upto)) for name, x, y in found]
    return [(name, x[keep], y[keep]) for name, x, y, keep in seen]


def _cover(chart: Chart, across: float, down: float) -> str:
    """What hides the rest of the run."""
    if chart.upto is None:
        return ""
    seen = across * chart.upto / chart.scene.timeline.steps
    return (
        f'<rect x="{_LEFT + seen:.1f}" y="{_TOP}" width="{across - seen:.1f}" height="{down}" '
        'fill="#eee"/>'
        f'<text x="{_LEFT + (seen + across) / 2:.1f}" y="{_TOP + down / 2 + 12}" '
        'text-anchor="middle" style="font-size:32px" fill="#999">?</text>'
    )


def _ticks(end: float) -> list[float]:
    """Four to nine round numbers from 0 to ``end``."""
    power = 10.0 ** np.floor(np.log10(end / 4))
    step = next(power * each for each in (5, 2, 1) if power * each <= end / 4)
    return [float(step * each) for each in range(int(end / step) + 1)]


def _svg(chart: Chart, translate: Translate) -> str:
    lines = _lines(chart, translate)
    wide = float(chart.scene.timeline.steps)
    # The axis reaches as high as on the page, whatever is covered.
    whole = _lines(replace(chart, upto=None), translate)
    high = max(float(y.max()) for _, _, y in whole) * 1.05
    across, down = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _BOTTOM - _TOP
    measure = chart.measure or Sentence("learning rate")
    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT + 18 * len(lines)}" role="img">',
        f'<text x="{_LEFT}" y="12">{html.escape(measure.translated(translate))}</text>',
        f'<text x="{_WIDTH}" y="{_TOP + down + 4}" text-anchor="end">'
        f"{html.escape(translate('step'))}</text>",
    ]
    for tick in _ticks(wide):
        right = _LEFT + across * tick / wide
        parts.append(
            f'<path d="M{right:.1f} {_TOP}V{_TOP + down}" stroke="#ddd"/>'
            f'<text x="{right:.1f}" y="{_HEIGHT - 8}" text-anchor="middle">{tick:,.6g}</text>'
        )
    for tick in _ticks(high):
        up = _TOP + down * (1 - tick / high)
        parts.append(
            f'<path d="M{_LEFT} {up:.1f}H{_LEFT + across}" stroke="#ddd"/>'
            f'<text x="{_LEFT - 5}" y="{up + 4:.1f}" text-anchor="end">{number(tick)}</text>'
        )
    parts.append(_cover(chart, across, down))
    for place, (name, x, y) in enumerate(lines):
        points = " ".join(
            f"{_LEFT + across * a / wide:.2f},{_TOP + down * (1 - b / high):.2f}"
            for a, b in zip(x.tolist(), y.tolist(), strict=True)
        )
        ink = _INKS[place % len(_INKS)]
        dash = "" if place == 0 else f' stroke-dasharray="{4 + 3 * place} 3"'
        below = _HEIGHT + 14 + 18 * place
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{ink}" stroke-width="1.6"{dash}/>'
            f'<path d="M{_LEFT} {below - 4}h30" stroke="{ink}" stroke-width="2"{dash}/>'
            f'<text x="{_LEFT + 38}" y="{below}">{html.escape(name)}</text>'
        )
    return "".join([*parts, "</svg>"])


def _table(chart: Chart, translate: Translate) -> str:
    scene = chart.scene
    found = cycles(scene.curve, scene.timeline)[:_ROWS]
    if not found or chart.measure is not None:
        return ""
    names = (mark("Cycle"), mark("First step"), mark("Length"), mark("Peak"), mark("Trough"))
    head = "".join(f"<th>{html.escape(translate(name))}</th>" for name in names)
    title = html.escape(translate("Cycles"))
    rows = "".join(
        f"<tr><td>{each.index}</td><td>{each.start:,}</td><td>{each.length:,.6g}</td>"
        f"<td>{number(each.peak)}</td><td>{number(each.trough)}</td></tr>"
        for each in found
    )
    return f"<h2>{title}</h2><table><tr>{head}</tr>{rows}</table>"
