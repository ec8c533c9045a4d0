"""A lesson on one sheet of paper: a single HTML file that needs nothing else."""

import html
from collections.abc import Callable

import numpy as np

from lrviz.figures import drawn
from lrviz.insights import cycles
from lrviz.lessons.lesson import Chart, Choose, Lesson, Round
from lrviz.schedules import Floats
from lrviz.text import Sentence, Translate, mark, number

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _BOTTOM, _TOP = 640, 200, 52, 34, 26, 20
#: At most so many rows of the cycle table: the sheet is one page.
_ROWS = 8
_INKS = ("#000000", "#0072B2", "#D55E00", "#009E73")
_STYLE = """
@page { size: A4; margin: 14mm; }
body { font: 10.5pt/1.4 system-ui, "Noto Sans KR", "Malgun Gothic", sans-serif; color: #000;
  background: #fff; max-width: 180mm; margin: 1rem auto; }
h1 { font-size: 17pt; margin: 0 0 .2em; } h2 { font-size: 11pt; margin: .9em 0 .2em; }
p { margin: .2em 0; } ol { padding-left: 1.3em; margin: .2em 0; } li { margin-bottom: .55em; }
table { border-collapse: collapse; } td, th { border: 1px solid #888; padding: 1px 8px;
  text-align: right; font-variant-numeric: tabular-nums; }
.line { border-bottom: 1px solid #888; height: 1.5em; } .box { margin-right: .9em; }
svg { width: 100%; height: auto; } svg text { font-size: 11px; }
.key { transform: rotate(180deg); border-top: 1px solid #888; font-size: 8.5pt; margin-top: 1em; }
@media print { body { margin: 0; } }
"""


def handout(lesson: Lesson, translate: Translate, language: str) -> str:
    """The lesson's curves, cycles, questions with room to answer, and, upside down, the answers."""

    def text(words: Sentence) -> str:
        return html.escape(words.translated(translate))

    title = html.escape(translate(lesson.title))
    heading, key = html.escape(translate("Questions")), html.escape(translate("Answers"))
    questions = "".join(f"<li>{_question(each, text)}</li>" for each in lesson.rounds)
    answers = "".join(
        f"<li>{text(each.question.answers.why)} {text(each.sentence)}</li>"
        for each in lesson.rounds
    )
    parts = [
        "<!doctype html>",
        f'<html lang="{language}"><meta charset="utf-8"><title>{title}</title>',
        f"<style>{_STYLE}</style><h1>{title}</h1><p>{text(lesson.about)}</p>",
        _svg(lesson.free, translate),
        _table(lesson.free, translate),
        f"<h2>{heading}</h2><ol>{questions}</ol>",
        f'<div class="key"><b>{key}</b><ol>{answers}</ol></div>',
        "</html>",
    ]
    return "\n".join(parts)


def _question(asked: Round, text: Callable[[Sentence], str]) -> str:
    question = asked.question
    said = text(question.text)
    if isinstance(question, Choose):
        options = "".join(
            f'<span class="box">☐ {text(option)}</span>' for option in question.options
        )
        return f"{said}<p>{options}</p>"
    return f'{said}<div class="line"></div>'


def _lines(chart: Chart) -> list[tuple[str, Floats, Floats]]:
    """Each line's name and points, with no point where there is no rate."""
    if chart.measure is not None:
        return [(each.name.template, np.array(each.x), np.array(each.y)) for each in chart.series]
    found = []
    for curve in chart.scene.shown:
        x, y, _ = drawn(curve, chart.scene.timeline)
        finite = np.isfinite(y)
        found.append((curve.name, x[finite], y[finite]))
    return found


def _ticks(end: float) -> list[float]:
    """Four to nine round numbers from 0 to ``end``."""
    power = 10.0 ** np.floor(np.log10(end / 4))
    step = next(power * each for each in (5, 2, 1) if power * each <= end / 4)
    return [float(step * each) for each in range(int(end / step) + 1)]


def _svg(chart: Chart, translate: Translate) -> str:
    lines = _lines(chart)
    wide = float(chart.scene.timeline.steps)
    high = max(float(y.max()) for _, _, y in lines) * 1.05
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
            f'<text x="{_LEFT + 38}" y="{below}">{html.escape(translate(name))}</text>'
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
