"""A table for a terminal of any width: words are folded whole, and what cannot fit is set out row by row instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

# What a column takes besides its words, and the table once: with a space on either side of a cell, and without.
SPACIOUS, TIGHT = (3, -1, 1), (1, 1, 0)


@dataclass(frozen=True, slots=True)
class FittedTable:
    """A table in plain words; `right` marks the columns that stand to the right. No word of it is ever cut."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...] = ()
    title: str = ""
    caption: str = ""
    lead: str = ""
    """What the table shows, in a sentence under its title."""

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """The table, narrower where it must be; else a paragraph for each row."""
        if self.title:
            yield Text(self.title, style="table.title")
        if self.lead:
            yield Text(self.lead, style="table.caption")
        yield from self._drawn(options.max_width) or self._told()
        if self.caption:
            yield Text(self.caption, style="table.caption")

    def _drawn(self, width: int) -> list[RichTable]:
        """The table where its longest words fit side by side; nothing where they do not."""
        columns = list(zip(self.headers, *self.rows, strict=True))
        for each, once, padding in (SPACIOUS, TIGHT):
            widths = fitted_widths(columns, width - each * len(columns) - once)
            if widths:
                return [self._table(widths, padding)]
        return []

    def _table(self, widths: Sequence[int], padding: int) -> RichTable:
        table = RichTable(box=SIMPLE_HEAD, pad_edge=False, show_lines=True, padding=(0, padding))
        for place, (header, width) in enumerate(zip(self.headers, widths, strict=True)):
            table.add_column(Text(header), width=width, justify="right" if self._is_right(place) else "left")
        for row in self.rows:
            table.add_row(*map(Text, row))
        return table

    def _told(self) -> RenderResult:
        """Each row as a paragraph: one or two words that name it, then every other cell after its heading."""
        worded = next((place for place in range(len(self.headers)) if self._is_right(place)), 1)
        named = min(max(worded, 1), 2)
        for row in self.rows:
            yield Text(", ".join(cell for cell in row[:named] if cell), style="bold")
            rest = zip(self.headers[named:], row[named:], strict=True)
            yield Padding(Text("; ".join(f"{header}: {cell}" for header, cell in rest if cell)), (0, 0, 1, 2))

    def _is_right(self, place: int) -> bool:
        return place < len(self.right) and self.right[place]


def fitted_widths(columns: Sequence[Sequence[str]], width: int) -> list[int]:
    """The width of each column so that all take at most `width` and no word is cut; none where they cannot."""
    least = [max(cell_len(word) for cell in column for word in [*cell.split(), ""]) for column in columns]
    most = [max(cell_len(line) for cell in column for line in [*cell.splitlines(), ""]) for column in columns]
    if sum(least) > width:
        return []
    widths = list(least)
    while (spare := width - sum(widths)) > 0 and (short := [i for i, w in enumerate(widths) if w < most[i]]):
        for place in short:
            widths[place] += min(max(spare // len(short), 1), most[place] - widths[place], width - sum(widths))
    return widths
