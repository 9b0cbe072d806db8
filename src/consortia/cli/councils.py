"""Councils to pick partners from: a region's hexagon map in the terminal, who borders those picked, what comes next."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rich.columns import Columns
from rich.console import Console

from consortia.errors import UnknownReference
from consortia.reference.atlas import Area, area, areas, members, next_to, rows, unplaced
from consortia.reference.authorities import Authority, authority, find_authority
from consortia.report.language import Language, translator
from consortia.report.tables import Column, Table
from consortia.report.text import table_text
from consortia.report.words import msgid
from consortia.study import Text

console = Console(highlight=False, markup=False)
ALL = "all"
HALF = "  "


@dataclass(frozen=True)
class Picking:
    """A map, and the councils picked on it or by name."""

    shown: Area
    picked: tuple[Authority, ...]

    @cached_property
    def numbers(self) -> Mapping[Authority, int]:
        """The councils of the map by number: from north to south and west to east, then those without a hexagon."""
        return {body: number for number, body in enumerate(_in_order(self.shown), 1)}

    @cached_property
    def bordering(self) -> frozenset[str]:
        """Codes of those that border one that is picked."""
        return next_to({body.code for body in self.picked}, self.shown)

    @property
    def beyond(self) -> list[Authority]:
        """Those of other maps that border one that is picked."""
        return sorted({authority(code) for code in self.bordering} - set(self.numbers), key=lambda body: body.name)

    def mark(self, body: Authority) -> str:
        """Its number: in brackets when it is picked, with a tilde when it borders one that is."""
        before, after = ("[", "]") if body in self.picked else (" ", "~" if body.code in self.bordering else " ")
        return f"{before}{self.numbers[body]:>2}{after}"


def show_councils(key: str, *, pick: Sequence[str], language: str) -> None:
    """Prints the map, its councils by number, and the command that makes a study of those picked; or all the maps.

    UnknownReference for a map or a number that is not there, UnknownAuthority for what names no council.
    """
    words = translator(language)
    if not key:
        console.print(table_text(_maps(), language=language))
        return
    shown = area(key)
    asked = [body for one in pick for body in _meant(one, _in_order(shown))]
    picking = Picking(shown, tuple(dict.fromkeys(asked)))
    console.print(map_text(picking), "", sep="\n")
    named = [f"{picking.mark(body)} {_name(body, words)}" for body in picking.numbers]
    console.print(Columns(named, column_first=True, padding=(0, 2)))
    _say_picked(picking, words)


def map_text(picking: Picking) -> str:
    """The map as lines of numbers; every other line stands half a hexagon to the right."""
    blank = " " * 4
    lines = (
        HALF * row.shifted + "".join(picking.mark(body) if body else blank for body in row.cells)
        for row in rows(picking.shown)
    )
    return "\n".join(line.rstrip() for line in lines)


def _say_picked(picking: Picking, words: Language) -> None:
    if not picking.picked:
        return
    console.print("\n" + words.words(msgid("In brackets: picked. With ~: borders one that is picked.")))
    if picking.beyond:
        names = ", ".join(_name(body, words) for body in picking.beyond)
        console.print(words.text(msgid("On other maps, bordering one that is picked: {names}."), names=names))
    if len(picking.picked) > 1:
        typed = shlex.join(body.name if find_authority(body.name) == body else body.code for body in picking.picked)
        console.print(words.words(msgid("To make a study of those picked:")))
        console.print(f"  consortia new FOLDER --partners {typed} --from EDITION", soft_wrap=True)


def _in_order(shown: Area) -> tuple[Authority, ...]:
    return (*(body for row in rows(shown) for body in row.cells if body is not None), *unplaced(shown))


def _meant(asked: str, bodies: Sequence[Authority]) -> Sequence[Authority]:
    """Who is meant by a number on the map, by "all", or by a name or code, which may be of another map."""
    if asked.casefold() == ALL:
        return bodies
    if not asked.isdecimal():
        return (find_authority(asked),)
    if not 0 < int(asked) <= len(bodies):
        raise UnknownReference(f"The map has no number {asked}.", remedy=f"Its numbers go from 1 to {len(bodies)}.")
    return (bodies[int(asked) - 1],)


def _maps() -> Table:
    """The maps by key, each with its region and how many councils it is about."""
    return Table(
        "maps",
        msgid("Maps of councils"),
        msgid(
            "Each can be shown with `consortia councils MAP`. Councils that are county and district in one are on both."
        ),
        (Column("map", msgid("Map")), Column("region", msgid("Region")), Column("count", msgid("Councils"), "number")),
        tuple((one.key, one.name, len(members(one))) for one in areas()),
    )


def _name(body: Authority, words: Language) -> str:
    return words.words(Text(en=body.name, cy=body.name_cy))
