"""A run as one partner may see it, until the others have released their returns: without what would give one away."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from consortia.report.figures import FigureBook
from consortia.report.paper import PaperContent, Summary
from consortia.report.tables import Table
from consortia.report.words import Absent, Cell, Message, Words, msgid, say
from consortia.run.governance import is_open_to_partners
from consortia.run.group_totals import (
    NOBODY,
    WHOLE,
    FormedGroup,
    formed_groups,
    members_of,
    service_key,
    withheld_totals,
)
from consortia.run.record import Run
from consortia.run.release import PARTNER, comparison_for, outcomes_for
from consortia.study import Text

WITHHELD = msgid(
    "Figures of groups are withheld where a partner could work out another's from them. They are shown once these "
    "partners have released their returns: {partners}."
)
NOT_BETTER = msgid("No group does better than doing nothing.")
BY_THEMSELVES = msgid("{leavers} would do better by themselves.")
PLACED = frozenset({"continuum", "level_rules", "actions"})
FIGURES = ("low", "middle", "high", "chance_of_loss", "payback")
PROPOSED = "net.central"


@dataclass(frozen=True, slots=True)
class _View:
    """For whom it is, whose figures (English names) are not known there, and which totals may not be seen."""

    own: tuple[Text, ...]
    secret: frozenset[str]
    groups: tuple[FormedGroup, ...]
    withheld: frozenset[str]

    @property
    def own_withheld(self) -> bool:
        """True when a group of the reader's own is withheld: its own part would give away the rest."""
        return any(group.key in self.withheld and {*self.own} & {*group.members} for group in self.groups)


def seen_by(run: Run, *, own: Sequence[Text], released: AbstractSet[Text]) -> PaperContent:
    """Gives what a run says to who answers for the partners `own` (or for none), before all have released.

    `released`: names of the partners whose figures the others may know (`released_partners`). Kept are the groups,
    their levels and verdicts; withheld are the figures of groups of few, what these could be worked out from, and
    figures of other groupings. Rows of other partners are left out. Method: methods page "disclosure".
    """
    known = frozenset(released) | {*own[1:]}
    readers = [name.en for name in own[:1] if name not in known]
    shown = {name.en for name in known} | {*readers}
    secret = frozenset(partner.name.en for partner in run.content.partners if partner.name.en not in shown)
    groups = formed_groups(run)
    reader = readers[0] if readers else NOBODY
    withheld = withheld_totals(groups, viewer=reader, released=known) if secret else frozenset()
    view = _View(tuple(own), secret, groups, withheld)
    return _of_partners(_totals(run.content, view) if secret else run.content, view, known)


def _totals(content: PaperContent, view: _View) -> PaperContent:
    whole_is_hidden = WHOLE in view.withheld
    return replace(
        content,
        decision=_decision(content.decision, view),
        alternatives=_alternatives(content.alternatives, whole_is_hidden=whole_is_hidden),
        summary=_summary(content.summary) if whole_is_hidden else content.summary,
        by_service=tuple(span for span in content.by_service if service_key(span.name) not in view.withheld),
        fan=None if whole_is_hidden else content.fan,
        figures=FigureBook(),
        findings=(),
        uncertainty=_without(content.uncertainty, ("value", "change")),
        runners_up=_without(content.runners_up, ("value", "behind_best")),
        stability=_without(content.stability, ("gain",)),
        # Projects stand on lines of the partners' returns, and their totals are of few.
        projects=(),
        own=None,
        together=(),
        # Shares, walk-away prices and payments are worked out from what every group of partners would be worth; so are
        # proposals of a level, whose reasons name it. What partners have placed and planned holds no figure.
        agreements=tuple(one for one in content.agreements if one.key in PLACED or is_open_to_partners(one)),
    )


def _of_partners(content: PaperContent, view: _View, known: AbstractSet[Text]) -> PaperContent:
    """The tables of partners: the reader's own rows, and comparisons with what others have not released withheld."""
    reader = view.own[0] if view.own else Text(en="-")
    outcomes = outcomes_for(content.outcomes, viewer=reader, known=known) if content.outcomes else None
    return replace(
        content,
        comparison=comparison_for(content.comparison, viewer=reader, known=known),
        outcomes=outcomes,
        by_partner=_own_rows(content.by_partner, view),
        cash_flow=_own_rows(content.cash_flow, view),
        shares=_own_rows(content.shares, view),
        projects=tuple(_own_rows(table, view) if _tells_partners(table) else table for table in content.projects),
        agreements=tuple(_own_rows(table, view) if _tells_partners(table) else table for table in content.agreements),
    )


def _tells_partners(table: Table) -> bool:
    return any(column.key == PARTNER for column in table.columns)


def _own_rows(table: Table, view: _View) -> Table:
    place = [column.key for column in table.columns].index(PARTNER)
    kept = [number for number, row in enumerate(table.rows) if row[place] in view.own]
    keys = tuple(table.figure_keys[number] for number in kept) if table.figure_keys else ()
    own = replace(table, rows=tuple(table.rows[number] for number in kept), figure_keys=keys)
    if not view.own_withheld:
        return own
    return _noted(_without(own, [column.key for column in table.columns if column.kind != "text"]), view)


def _decision(table: Table, view: _View) -> Table:
    hidden = {group.row for group in view.groups if group.key in view.withheld}
    shown = _without(table, FIGURES, rows=hidden)
    place = [column.key for column in table.columns].index("reason")
    rows = tuple((*row[:place], _reason(row[place], view), *row[place + 1 :]) for row in shown.rows)
    return _noted(replace(shown, rows=rows), view) if hidden else replace(shown, rows=rows)


def _reason(reason: Cell, view: _View) -> Cell:
    """A reason without the amount in it, where that is of partners of whom the reader does not know all."""
    if not isinstance(reason, Message):
        return reason
    values = dict(reason.values)
    named = values.get("members", values.get("leavers", ()))
    told = isinstance(named, tuple) and not {name.en for name in named if isinstance(name, Text)} & view.secret
    if told or not {"value", "gain"} & values.keys():
        return reason
    return say(BY_THEMSELVES, leavers=values["leavers"]) if "leavers" in values else say(NOT_BETTER)


def _alternatives(table: Table, *, whole_is_hidden: bool) -> Table:
    """Doing nothing and, where the whole may be seen, the proposal: other courses are groupings that are not shown,
    and the differences between groupings cannot be followed one by one."""
    value = [column.key for column in table.columns].index("value")
    proposed = [number for number in range(len(table.rows)) if table.key_of(number, value) == PROPOSED]
    shown = {0, *proposed} if not whole_is_hidden else set()
    return _without(table, ("value", "difference"), rows=set(range(len(table.rows))) - shown)


def _summary(summary: Summary) -> Summary:
    hidden = Absent.WITHHELD
    return replace(
        summary, low=hidden, middle=hidden, high=hidden, chance_of_loss=hidden, setup=hidden, saving=hidden,
        payback=hidden, keys={},
    )  # fmt: skip


def _without(table: Table, columns: Collection[str], *, rows: AbstractSet[int] | None = None) -> Table:
    """The table with these columns withheld, in these rows or in all; what is not applicable stays so."""
    places = {place for place, column in enumerate(table.columns) if column.key in columns}

    def is_hidden(number: int, place: int, value: Cell) -> bool:
        return place in places and (rows is None or number in rows) and value is not Absent.NOT_APPLICABLE

    cells = tuple(
        tuple(Absent.WITHHELD if is_hidden(number, place, one) else one for place, one in enumerate(row))
        for number, row in enumerate(table.rows)
    )
    keys = tuple(
        tuple("" if cell is Absent.WITHHELD else key for cell, key in zip(row, named, strict=True))
        for row, named in zip(cells, table.figure_keys, strict=False)
    )
    return replace(table, rows=cells, figure_keys=keys)


def _noted(table: Table, view: _View) -> Table:
    """The table with a note that says whose release would show what is withheld."""
    missing: tuple[Words, ...] = tuple(
        name for name in members_of(view.groups, view.withheld) if name.en in view.secret
    )
    return replace(table, notes=(*table.notes, say(WITHHELD, partners=missing)))
