"""Which figures a paper shows, so that each can be followed to its formula."""

from __future__ import annotations

from collections.abc import Iterator

from consortia.report.figures import Entry, Figure
from consortia.report.paper import PaperContent
from consortia.report.tables import Table


def traced_figures(content: PaperContent, *, projects: bool = True) -> Iterator[tuple[Figure, tuple[Entry, ...]]]:
    """Every figure that the paper shows and the run explains, with what it is made of, in the order of the paper.

    `projects` False leaves out those of the section on projects: on paper the hundreds of them help nobody.
    """
    shown = [*content.summary.keys.values(), *(content.own.keys.values() if content.own else ())]
    left_out = () if projects else content.projects
    shown += [key for table in content.tables if table not in left_out for key in _keys(table)]
    for key in dict.fromkeys(key for key in shown if key and key in content.figures):
        entry = content.figures.find(key)
        if isinstance(entry, Figure):
            yield entry, tuple(content.figures.find(name) for name in entry.inputs)


def _keys(table: Table) -> Iterator[str]:
    return (key for row in table.figure_keys for key in row)
