"""Who shares a service with whom, as hexagons: each group has a letter, a colour and a pattern of its own."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from html import escape

from consortia.report.language import Language
from consortia.report.paper import HexCell, HexMap
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Message, msgid, say
from consortia.study.definition import Text

SIDE = 34.0
FILLS = ("#ffffff", "#a6cee3", "#fdd49e", "#b8e0b0", "#d9c6ea", "#f6bfc4", "#fff2a8", "#cfd4d8")
STRIPE = "#0b0c0c"
NAME_LINES, NAME_LETTERS = 3, 11
NAMED_ALONE = 3


def group_letter(group: int) -> str:
    """A, B, C ... for groups; an en dash for a partner that shares with nobody."""
    return chr(ord("A") + group - 1) if group else "–"


def map_svg(hexes: HexMap, language: Language, *, key: str, links: Mapping[str, str] | None = None) -> str:
    """The map as an SVG element; `key` keeps the ids of its patterns apart from those of other maps on the page.

    `links`: an address for a partner's code, for those who point at its hexagon. The drawing is hidden from screen
    readers and the keyboard passes it by, so the page must offer the same beside it.
    """
    centres = {cell.code: _centre(cell, hexes.layout) for cell in hexes.cells}
    left = min(x for x, _ in centres.values()) - SIDE
    top = min(y for _, y in centres.values()) - SIDE
    width = max(x for x, _ in centres.values()) + SIDE - left
    height = max(y for _, y in centres.values()) + SIDE - top
    shapes = "".join(
        _linked(_hexagon(cell, centres[cell.code], language, (key, hexes.layout)), cell, links or {})
        for cell in hexes.cells
    )
    groups = sorted({cell.group for cell in hexes.cells})
    patterns = "".join(_pattern(group, key) for group in groups)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true" focusable="false" width="{width:.0f}" '
        f'height="{height:.0f}" viewBox="{left:.1f} {top:.1f} {width:.1f} {height:.1f}">'
        f"<defs>{patterns}</defs>{shapes}</svg>"
    )


def map_table(hexes: HexMap, period: Message | Text | str) -> Table:
    """The same as the map in words: each partner and its group."""
    columns = (Column("partner", msgid("Partner")), Column("group", msgid("Group")))
    rows = tuple((cell.name, group_letter(cell.group) if cell.group else Absent.NOT_APPLICABLE) for cell in hexes.cells)
    title = say(msgid("Who would share: {service}"), service=hexes.service)
    return Table(f"map_{hexes.service.en}", title, title, columns, rows, period=period)


def map_summary(hexes: HexMap) -> tuple[Message, ...]:
    """The groups of a map in sentences."""
    told = []
    for group in sorted({cell.group for cell in hexes.cells if cell.group}):
        members = tuple(cell.name for cell in hexes.cells if cell.group == group)
        told.append(say(msgid("Group {letter}: {members}."), letter=group_letter(group), members=members))
    alone = tuple(cell.name for cell in hexes.cells if not cell.group)
    if len(alone) > NAMED_ALONE:
        told.append(say(msgid("The other partners, {count} of them, stay on their own."), count=len(alone)))
    elif alone:
        told.append(say(msgid("On their own: {members}."), members=alone))
    return tuple(told)


def columns_of(hexes: HexMap) -> int:
    """How many hexagons the map is wide."""
    return max(cell.q for cell in hexes.cells) - min(cell.q for cell in hexes.cells) + 1


def _centre(cell: HexCell, layout: str) -> tuple[float, float]:
    """The centre of a hexagon; rows go up the page as in the published layouts (north at the top)."""
    if layout.endswith("-q"):
        shift = 0.5 if (cell.q % 2 == 1) == layout.startswith("odd") else 0.0
        return cell.q * 1.5 * SIDE, -(cell.r + shift) * math.sqrt(3) * SIDE
    shift = 0.5 if (cell.r % 2 == 1) == layout.startswith("odd") else 0.0
    return (cell.q + shift) * math.sqrt(3) * SIDE, -cell.r * 1.5 * SIDE


def _linked(shape: str, cell: HexCell, links: Mapping[str, str]) -> str:
    """The hexagon as a link that says whose it is and in which group, where the partner has an address."""
    if cell.code not in links:
        return shape
    whose = f'data-partner="{escape(cell.code)}" data-group="{group_letter(cell.group)}"'
    return f'<a href="{escape(links[cell.code])}" tabindex="-1" {whose}>{shape}</a>'


def _hexagon(cell: HexCell, centre: tuple[float, float], language: Language, drawn: tuple[str, str]) -> str:
    (x, y), (key, layout) = centre, drawn
    corners = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in _corners(layout))
    name = language.words(cell.name)
    lines = list(_lines(name))
    start = y + 10 - 5 * (len(lines) - 1)
    words = "".join(
        f'<text x="{x:.1f}" y="{start + 10 * place:.1f}" font-size="9">{escape(line)}</text>'
        for place, line in enumerate(lines)
    )
    top = start - 13
    letter = f'<text x="{x:.1f}" y="{top:.1f}" font-size="15" font-weight="bold">{group_letter(cell.group)}</text>'
    return (
        f'<g font-family="Liberation Sans, Arial, sans-serif" fill="{STRIPE}" text-anchor="middle">'
        f'<polygon points="{corners}" fill="url(#{key}-g{cell.group})" stroke="{STRIPE}" stroke-width="1.5">'
        f"<title>{escape(name)}: {group_letter(cell.group)}</title></polygon>{letter}{words}</g>"
    )


def _corners(layout: str) -> Iterator[tuple[float, float]]:
    """Pointed at the top where rows are shifted, flat at the top where columns are."""
    turn = 0 if layout.endswith("-q") else 30
    for corner in range(6):
        angle = math.radians(60 * corner - turn)
        yield SIDE * math.cos(angle), SIDE * math.sin(angle)


def _pattern(group: int, key: str) -> str:
    """A fill that is told apart without colour: stripes whose slope and distance depend on the group."""
    fill = FILLS[group % len(FILLS)]
    size = 6 + 3 * (group // 4)
    stripe = f'<path d="M0 0H{size}" stroke="{STRIPE}" stroke-opacity=".18"/>' if group else ""
    square = f'width="{size}" height="{size}"'
    return (
        f'<pattern id="{key}-g{group}" {square} patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({45 * group})"><rect {square} fill="{fill}"/>{stripe}</pattern>'
    )


def _lines(name: str) -> Iterator[str]:
    """A name in at most three short lines; what does not fit is cut with a full stop."""
    lines = [""]
    for word in name.replace("-", "- ").split():
        longer = f"{lines[-1]} {word}".strip().replace("- ", "-")
        if len(longer) <= NAME_LETTERS or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    for line in lines[:NAME_LINES]:
        yield line if len(line) <= NAME_LETTERS else f"{line[: NAME_LETTERS - 1]}."
