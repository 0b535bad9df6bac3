"""Draws the pictures of a report as SVG: readable in grey, every string plain text.

Symbols, hatches and numbers carry the meaning, shades only help. The few shapes are written
directly: a plotting library would cost a scan more time than everything else in its report.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from markupsafe import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH = 760
LEFT = 250
"""Room for the labels of the rows."""
LABEL = 19
"""Width of a label in full-width characters; longer ones are cut, the tables tell them whole."""
INK, SOFT, LINE, SHADE, DARK, PALE = (
    "#1c2530", "#55616e", "#dde2e8", "#fdf4e1", "#37424e", "#b9c2cc",
)  # fmt: skip
FONTS = "system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',sans-serif"
HATCHES = (
    ("#ffffff", ""),
    ("#37424e", ""),
    ("#eef1f4", "M0 6L6 0"),
    ("#ffffff", "M0 3H6"),
    ("#ffffff", "M3 0V6"),
    ("#c9d0d8", ""),
    ("#eef1f4", "M0 0L6 6M0 6L6 0"),
)
"""Ground and hatch of the parts of a bar, told apart without colour."""


def draw_grid(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[int]],
    shaded: Sequence[bool],
) -> str:
    """Draw counts by row and column: a bubble per cell with its number in it.

    ``cells`` has the shape (rows, columns); shaded columns stand on a tinted ground.
    """
    top, step = 44, 30
    wide = (WIDTH - LEFT) / max(1, len(columns))
    height = top + step * len(rows) + 8
    most = max((count for row in cells for count in row), default=1) or 1
    drawn = [
        f'<rect x="{LEFT + wide * number:.1f}" y="0" width="{wide:.1f}" height="{height}" '
        f'fill="{SHADE}"/>'
        for number, shade in enumerate(shaded)
        if shade
    ]
    for number, column in enumerate(columns):
        for place, line in enumerate(_fold(column, wide / 12)):
            drawn.append(_text(LEFT + wide * (number + 0.5), 16 + 14 * place, line, fill=SOFT))
    for y, (row, counts) in enumerate(zip(rows, cells, strict=True)):
        middle = top + step * y + step / 2
        drawn += [_rule(middle - step / 2), _text(LEFT - 10, middle + 4, _cut(row), anchor="end")]
        for x, count in enumerate(counts):
            if count:
                radius = 8 + 5 * (count / most) ** 0.5
                drawn.append(_bubble(LEFT + wide * (x + 0.5), middle, radius, count, most))
    return _svg(height, drawn)


def draw_marks(rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    """Draw a matrix of signs such as ● and ○; an empty string leaves its cell empty."""
    step = 24
    top = 20 + 9.2 * max((_width(_cut(column)) for column in columns), default=1)
    wide = min(60.0, (WIDTH - LEFT - 60) / max(1, len(columns)))
    drawn = []
    for number, column in enumerate(columns):
        x = LEFT + wide * (number + 0.5)
        label = _text(x, top - 8, _cut(column), anchor="start", fill=SOFT)
        turned = label.replace("<text ", f'<text transform="rotate(-50 {x:.1f} {top - 8:.1f})" ')
        drawn.append(turned)
    for y, (row, signs) in enumerate(zip(rows, cells, strict=True)):
        middle = top + step * y + step / 2
        drawn += [_rule(middle - step / 2), _text(LEFT - 10, middle + 4, _cut(row), anchor="end")]
        drawn += [
            _text(LEFT + wide * (x + 0.5), middle + 5, sign, size=14)
            for x, sign in enumerate(signs)
            if sign
        ]
    return _svg(top + step * len(rows) + 8, drawn)


def draw_bars(
    rows: Sequence[str],
    parts: Sequence[str],
    values: Sequence[Sequence[int]],
    styles: Sequence[int] = range(len(HATCHES)),
) -> str:
    """Draw stacked bars, one per row, with a legend; ``values`` has the shape (rows, parts).

    ``styles`` gives the place in ``HATCHES`` of each part.
    """
    step, left = 30, min(LEFT, 30 + 12 * max((_width(_cut(row)) for row in rows), default=1))
    most = max((sum(row) for row in values), default=1) or 1
    unit = (WIDTH - left - 10) / most
    drawn = []
    for y, (row, sizes) in enumerate(zip(rows, values, strict=True)):
        top = step * y + 4
        drawn.append(_text(left - 10, top + 16, _cut(row), anchor="end"))
        starts = [0, *accumulate(sizes)]
        for part, (start, size) in enumerate(zip(starts, sizes, strict=False)):
            if size:
                x = left + unit * start
                drawn += [
                    *_box(styles[part], x, top, unit * size, 22),
                    _number(x + unit * size / 2, top, size),
                ]
    bottom = step * len(rows) + 14
    x = 0.0
    for part, word in enumerate(parts):
        if any(row[part] for row in values):
            drawn += [*_box(styles[part], x + 1, bottom, 18, 12)]
            drawn.append(_text(x + 24, bottom + 11, word, anchor="start", fill=SOFT))
            x += 48 + 12 * _width(word)
    return _svg(bottom + 20, drawn)


def _bubble(x: float, y: float, radius: float, count: int, most: int) -> str:
    dark = count > most / 4
    ink = "#fff" if dark else INK
    circle = (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{DARK if dark else PALE}" '
        f'stroke="{DARK}"/>'
    )
    return circle + _text(x, y + 3.6, str(count), fill=ink, size=10)


def _box(part: int, x: float, y: float, width: float, height: float) -> list[str]:
    ground, hatch = HATCHES[part % len(HATCHES)]
    place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height}"'
    boxes = [f'<rect {place} fill="{ground}" stroke="{INK}" stroke-width=".6"/>']
    if hatch:
        boxes.append(f'<rect {place} fill="url(#h{part % len(HATCHES)})"/>')
    return boxes


def _number(x: float, top: float, value: int) -> str:
    """Give a number on a small white ground, so that it reads on any hatch."""
    width = 8 + 7 * len(str(value))
    ground = (
        f'<rect x="{x - width / 2:.1f}" y="{top + 4:.1f}" width="{width}" height="14" rx="3" '
        'fill="#fff"/>'
    )
    return ground + _text(x, top + 15, str(value), size=11)


def _text(
    x: float, y: float, text: str, *, anchor: str = "middle", fill: str = INK, size: int = 12
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}" '
        f'font-size="{size}">{escape(text)}</text>'
    )


def _rule(y: float) -> str:
    return f'<path d="M0 {y:.1f}H{WIDTH}" stroke="{LINE}"/>'


def _svg(height: float, drawn: Iterable[str]) -> str:
    patterns = "".join(
        f'<pattern id="h{number}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<path d="{hatch}" stroke="{INK}" stroke-width=".8" fill="none"/></pattern>'
        for number, (_, hatch) in enumerate(HATCHES)
        if hatch
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
        f'width="{WIDTH}" height="{height:.0f}" font-family="{FONTS}">'
        f"<defs>{patterns}</defs>{''.join(drawn)}</svg>"
    )


def _width(text: str) -> float:
    """Give the width of a text in full-width characters, roughly."""
    return sum(1.0 if ord(character) > 0x2E7F else 0.58 for character in text)


def _cut(text: str) -> str:
    """Cut a label to its room."""
    if _width(text) <= LABEL:
        return text
    widths = accumulate(1.0 if ord(character) > 0x2E7F else 0.58 for character in text)
    return text[: sum(width <= LABEL - 1 for width in widths)] + "…"


def _fold(text: str, room: float) -> list[str]:
    """Break a label into at most two lines of the room given in full-width characters."""
    if _width(text) <= room:
        return [text]
    widths = list(accumulate(1.0 if ord(character) > 0x2E7F else 0.58 for character in text))
    first = max(1, sum(width <= room for width in widths))
    rest = text[first:]
    kept = max(1, sum(width <= room for width in accumulate(map(_width, rest))))
    return [text[:first], rest if kept >= len(rest) else rest[: max(1, kept - 1)] + "…"]
