"""What the answer hangs on, as tables: projects and their overlap, lines, inputs, what to find out next."""

from __future__ import annotations

from collections.abc import Iterable

from consortia.appraisal.information import Information
from consortia.appraisal.streams import Line
from consortia.appraisal.tornado import Bar
from consortia.appraisal.views import against_growth
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Quantity, Words, msgid, say
from consortia.run.programme.appraised import Appraised
from consortia.run.programme.naming import input_words, line_title, project_title
from consortia.run.programme.overlap_table import overlap_table
from consortia.run.programme.own_record import record_notes
from consortia.run.programme.spread_table import spread_table
from consortia.run.programme.tables import clean, period_of
from consortia.run.programme.unmet import met_on_lines

MOST_INPUTS = 12
"""Inputs shown: those that move the answer most."""
A_POUND = 1.0


def sensitivity_tables(found: Appraised) -> tuple[Table, ...]:
    """What the answer hangs on, in reading order; inputs only where something is uncertain."""
    tables = [project_table(found)]
    if found.definition.lines:
        tables.append(line_table(found))
    tables.append(overlap_table(found))
    if moving(found):
        tables += [tornado_table(found), spread_table(found), question_table(found)]
    return tuple(tables)


def project_table(found: Appraised) -> Table:
    """Each project's part of the net present value, what it would be worth alone, and what overlap takes."""
    appraisal = found.appraisal
    rows: list[tuple[Cell, ...]] = [
        (project_title(key, found.definition), float(appraisal.by_project[0, place]), float(appraisal.alone[0, place]))
        for place, key in enumerate(appraisal.projects)
    ]
    rows.append((msgid("Overlap"), Absent.NOT_APPLICABLE, clean(float(appraisal.overlap[0]))))
    rows.append((msgid("Total"), found.net_present_value, found.net_present_value))
    unmet = clean(sum(one.unmet for one in met_on_lines(found.compiled.programme, found.central)))
    note = say(msgid("Planned savings of {unmet} meet nothing that is left on their lines, and are not counted."),
               unmet=Quantity(unmet, "money"))  # fmt: skip
    return Table(
        "projects",
        msgid("What each project is worth"),
        msgid("Net present value, central case. On one line, rates combine and never add up."),
        (
            Column("project", msgid("Project")),
            Column("part", msgid("Its part of the total"), "money"),
            Column("alone", msgid("If it were alone"), "money"),
        ),
        tuple(rows),
        notes=(*((note,) if unmet else ()), *record_notes(found)),
        period=period_of(found),
        price_base=found.definition.base_year,
    )


def line_table(found: Appraised) -> Table:
    """Each line in the last year: today, without projects, saved, spent; growth can hide a real saving."""
    own = {line.key for line in found.definition.lines}
    rows = tuple(_line_row(line, found) for line in found.compiled.programme.lines if line.key in own)
    return Table(
        "lines",
        msgid("Budget lines in the last year"),
        msgid("Without projects a line grows with demand and prices; growth can hide a real saving."),
        (
            Column("line", msgid("Budget line")),
            Column("today", msgid("Today"), "money"),
            Column("without", msgid("Without projects"), "money"),
            Column("saved", msgid("Saved"), "money"),
            Column("spent", msgid("Spent"), "money"),
            Column("against_today", msgid("Less than today"), "money"),
            Column("hidden", msgid("Hidden by growth"), "money"),
        ),
        rows,
        period=found.compiled.frame.years[-1],
        price_base=found.definition.base_year,
    )


def _line_row(line: Line, found: Appraised) -> tuple[Cell, ...]:
    last = against_growth(found.compiled.central_line(line), found.central.total(line=line.key))[-1]
    spent = last.without - last.saving
    seen = last.against_today, last.hidden_by_growth
    return line_title(line.key, found.definition), line.base[0], last.without, last.saving, spent, *seen


def tornado_table(found: Appraised) -> Table:
    """Each input moved from P10 to P90 by itself, and the value at which the net present value would be zero."""
    switching = {one.name: one.value for one in found.switching}
    rows = tuple(
        (
            input_words(bar.name, found.definition), Quantity(bar.low, "number"), Quantity(bar.high, "number"),
            bar.at_low, bar.at_high, bar.swing, _switch(switching.get(bar.name)),
        )
        for bar in moving(found)[:MOST_INPUTS]
    )  # fmt: skip
    return Table(
        "tornado",
        msgid("What moves the answer most"),
        msgid("Net present value with one input at its P10 and its P90, the others as in the central case."),
        (
            Column("input", msgid("Input")),
            Column("from", msgid("From")),
            Column("to", msgid("To")),
            Column("at_low", msgid("Value at its P10"), "money"),
            Column("at_high", msgid("Value at its P90"), "money"),
            Column("swing", msgid("Swing"), "money"),
            Column("switching", msgid("Zero at")),
        ),
        rows,
        notes=(msgid("A multiplier is relative to the plan: 1 is as planned."),),
        period=period_of(found),
        price_base=found.definition.base_year,
    )


def moving(found: Appraised) -> tuple[Bar, ...]:
    """The inputs that move the answer by a pound or more, the widest first."""
    return tuple(bar for bar in found.tornado.bars if bar.swing >= A_POUND)


def _switch(value: float | None) -> Cell:
    return msgid("none in range") if value is None else Quantity(value, "number")


def question_table(found: Appraised) -> Table:
    """What to find out next, and what that is worth at most before deciding."""
    worth = {name: one for name, one in found.questions.items() if one.value >= A_POUND}
    listed = [(input_words(name, found.definition), one) for name, one in worth.items()][:MOST_INPUTS]
    rows = (*_question_rows([(msgid("Everything at once"), found.everything)]), *_question_rows(listed))
    return Table(
        "questions",
        msgid("What to find out next"),
        msgid("The most that knowing it before deciding would be worth: to do nothing, all, or all but one project."),
        (
            Column("input", msgid("Input")),
            Column("worth", msgid("Worth at most"), "money"),
            Column("chance", msgid("Chance that it changes the decision"), found.chances),
        ),
        rows,
        notes=() if listed else (msgid("Nothing that could be found out about one input would change the decision."),),
        period=period_of(found),
        price_base=found.definition.base_year,
    )


def _question_rows(listed: Iterable[tuple[Words, Information | None]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple((words, one.value, one.chance_of_change) for words, one in listed if one is not None)
