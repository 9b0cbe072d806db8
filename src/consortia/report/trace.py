"""Which figures a paper shows, so that each can be followed to its formula."""

from __future__ import annotations

from collections.abc import Iterator

from consortia.report.figures import Entry, Figure
from consortia.report.paper import PaperContent
from consortia.report.tables import Table

MAIN_PROJECT_TABLES = frozenset({"measures", "projects_by_partner", "projects", "waterfall", "costs_by_kind"})
"""Tables of projects whose formulas stand in the paper; those year by year open by the key that each figure bears."""


def traced_figures(
    content: PaperContent, *, projects: frozenset[str] = MAIN_PROJECT_TABLES
) -> Iterator[tuple[Figure, tuple[Entry, ...]]]:
    """Figures that the paper shows and the run explains, each with what it is made of, in the order of the paper.

    `projects` are the tables of the section on projects whose figures are among them: all of them would be thousands.
    """
    shown = [*content.summary.keys.values(), *(content.own.keys.values() if content.own else ())]
    left_out = tuple(table for table in content.projects if table.key not in projects)
    shown += [key for table in content.tables if table not in left_out for key in _keys(table)]
    for key in dict.fromkeys(key for key in shown if key and key in content.figures):
        entry = content.figures.find(key)
        if isinstance(entry, Figure):
            yield entry, tuple(content.figures.find(name) for name in entry.inputs)


def _keys(table: Table) -> Iterator[str]:
    return (key for row in table.figure_keys for key in row)
