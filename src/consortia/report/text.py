"""Tables and explanations for the terminal, as rich renderables: the same words and rounding as the papers."""

from __future__ import annotations

from dataclasses import replace

from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Table as RichTable
from rich.text import Text as RichText
from rich.tree import Tree

from consortia.report.figures import Branch, Entry, Figure, Ingredient
from consortia.report.fitted import FittedTable
from consortia.report.language import EVIDENCE, Language, translator
from consortia.report.stated import source_of, stated, value_of
from consortia.report.tables import Table
from consortia.report.worded import NUMERIC, WordedCell, WordedTable, worded
from consortia.report.words import msgid


def table_text(table: Table, *, language: str = "en") -> FittedTable:
    """A table for the terminal: what it shows under its title, and unit, rounding, price base and period below."""
    words = translator(language)
    shown = worded(table, words)
    keys = [column.key for column in table.columns]
    if "low" in keys and "high" in keys:
        shown = _with_one_range(shown, keys.index("low"), words)
    rows = tuple(tuple(cell.text for cell in row) for row in shown.rows)
    right = tuple(kind in NUMERIC for kind in shown.kinds)
    below = "\n".join(part for part in (shown.statement, *shown.notes) if part)
    return FittedTable(shown.headers, rows, right, shown.title, caption=below, lead=shown.caption)


def decision_text(table: Table, *, language: str = "en") -> RichTable:
    """The decision table for a terminal: the level under the service, the three quantiles in one column."""
    words = translator(language)
    shown = worded(table, words)
    drawn = _empty(shown)
    titles = dict(zip((column.key for column in table.columns), shown.headers, strict=True))
    service = f"{titles['service']}\n[dim]{escape(titles['level'])}[/dim]"
    net, payback = _range_title(titles["middle"], words), words.text(msgid("Payback, years"))
    headers = service, titles["members"], net, payback, titles["gainers"], titles["verdict"]
    for header, width in zip(headers, (15, None, 13, 8, 10, 9), strict=True):
        drawn.add_column(header, max_width=width, overflow="fold")
    for row in shown.rows:
        cells = dict(zip(titles, row, strict=True))
        drawn.add_row(*_refused(cells) if cells["verdict"].raw == "do_not_share" else _proposed(cells))
    return drawn


def explanation(branch: Branch, *, language: str = "en") -> Tree:
    """What a figure is made of, as a tree: value and formula, then each input down to the source cells."""
    words = translator(language)
    tree = Tree(_entry(branch.entry, words))
    _grow(tree, branch, words)
    return tree


def _empty(shown: WordedTable) -> RichTable:
    notes = "\n".join((shown.statement, *shown.notes))
    title = f"{escape(shown.title)}\n[dim]{escape(shown.caption)}[/dim]"
    return RichTable(
        title=title, caption=escape(notes), title_justify="left", caption_justify="left",
        box=SIMPLE_HEAD, pad_edge=False, show_lines=True,
    )  # fmt: skip


def _with_one_range(shown: WordedTable, low: int, words: Language) -> WordedTable:
    """The same table with P10, P50 and P90 in one column."""
    title = _range_title(shown.headers[low + 1], words)
    rows = tuple((*row[:low], _joined(row[low : low + 3]), *row[low + 3 :]) for row in shown.rows)
    headers = (*shown.headers[:low], title, *shown.headers[low + 3 :])
    return replace(shown, headers=headers, kinds=(*shown.kinds[:low], *shown.kinds[low + 2 :]), rows=rows)


def _range_title(header: str, words: Language) -> str:
    unit = header.rpartition("(")[2].rstrip(")")
    return words.text(msgid("Net saving {unit}: P10 / P50 / P90"), unit=unit)


def _joined(cells: tuple[WordedCell, ...]) -> WordedCell:
    return replace(cells[1], text=" / ".join(cell.text for cell in cells))


def _proposed(cells: dict[str, WordedCell]) -> tuple[str, ...]:
    text = {name: escape(cell.text) for name, cell in cells.items()}
    service = f"{text['service']}\n[dim]{text['level']}[/dim]"
    members = f"{text['members']}\n[dim]{text['reason']}[/dim]" if text["reason"] else text["members"]
    net = " / ".join(text[name] for name in ("low", "middle", "high"))
    return (service, members, net, text["payback"], text["gainers"], text["verdict"])


def _refused(cells: dict[str, WordedCell]) -> tuple[str, ...]:
    reason = f"[bold]{escape(cells['verdict'].text)}[/bold]. {escape(cells['reason'].text)}"
    return (escape(cells["service"].text), reason, "–", "–", "–", "–")


def _grow(tree: Tree, branch: Branch, words: Language) -> None:
    for inner in branch.inputs:
        grown = tree.add(_entry(inner.entry, words))
        if inner.seen:
            grown.add(RichText(words.text(msgid("explained above")), style="dim"))
        _grow(grown, inner, words)
    if branch.cut:
        more = words.text(msgid("{count} more inputs; ask for more depth or breadth to see them"), count=branch.cut)
        tree.add(RichText(more, style="dim"))


def _entry(entry: Entry, words: Language) -> RichText:
    if isinstance(entry, Figure):
        return _figure(entry, words)
    if isinstance(entry, Ingredient):
        return _ingredient(entry, words)
    place = ", ".join(part for part in (entry.file, entry.sheet, entry.cell) if part)
    shown = f" = {value_of(entry, words)}\n"
    return RichText.assemble((entry.key, "bold"), shown, (f"{place}: {entry.heading}", "cyan"))


def _figure(figure: Figure, words: Language) -> RichText:
    formula = words.words(figure.formula)
    lines = [f" = {stated(figure, words)}", f"= {formula}" if formula else "", words.words(figure.note)]
    return RichText.assemble((figure.key, "bold"), "\n".join(line for line in lines if line))


def _ingredient(ingredient: Ingredient, words: Language) -> RichText:
    mark = words.words(EVIDENCE.get(ingredient.evidence, ingredient.evidence))
    style = "yellow" if ingredient.evidence == "J" else "green"
    source = source_of(ingredient, words)
    return RichText.assemble(
        (ingredient.key, "bold"), f" = {value_of(ingredient, words)}\n", (f"[{mark}] {source}", style)
    )
