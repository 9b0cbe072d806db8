"""Planned savings that meet nothing on their line, as a table: planned, met and unmet."""

from __future__ import annotations

from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, msgid, say
from consortia.run.programme.appraised import Appraised
from consortia.run.programme.naming import line_title, part_title, project_title
from consortia.run.programme.unmet import HALF_A_PENNY, Met, met_on_lines

WHAT_IT_IS = msgid("All years together, not discounted, central case, as far as it is delivered. No total counts it.")


def unmet_table(found: Appraised) -> Table:
    """Each saving of which something meets nothing; no rows where all that is planned on lines is met."""
    years = found.compiled.frame.years
    return Table(
        "unmet",
        msgid("Planned savings that meet nothing"),
        msgid("What is left of a line above its floor is all that can be saved on it: planned = met + unmet."),
        (
            Column("project", msgid("Project")),
            Column("part", msgid("Part")),
            Column("line", msgid("Budget line")),
            Column("planned", msgid("Planned"), "money"),
            Column("met", msgid("Met"), "money"),
            Column("unmet", msgid("Unmet"), "money"),
        ),
        tuple(_row(one, found) for one in unmet_of(found)),
        notes=(WHAT_IT_IS,),
        period=say(msgid("{first} to {last}"), first=years[0], last=years[-1]),
        price_base=found.definition.base_year,
    )


def unmet_of(found: Appraised) -> tuple[Met, ...]:
    """The streams of which something meets nothing."""
    every = met_on_lines(found.compiled.programme, found.central)
    return tuple(one for one in every if one.unmet > HALF_A_PENNY)


def _row(one: Met, found: Appraised) -> tuple[Cell, ...]:
    definition, project = found.definition, one.stream.project
    part = part_title(project, one.part, definition) if one.part else Absent.NOT_APPLICABLE
    line = line_title(str(one.stream.line), definition)
    return project_title(project, definition), part, line, one.planned, one.met, one.unmet
