"""The tables of projects with a key on every figure, and each figure with its formula and what it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from consortia.appraisal.streams import COST_KINDS, KINDS
from consortia.report.figures import Ingredient
from consortia.report.tables import NOMINAL, Table
from consortia.report.words import Absent, Cell, Message, Quantity, Words, msgid, say
from consortia.run import formulas as words
from consortia.run.priority_figures import PRIORITY_FORMULAS, PRIORITY_TABLES, priority_inputs
from consortia.run.programme.document_leaves import STATED, in_a_row
from consortia.run.programme.flow_figures import ProjectTrail, flow_key, line_figure, safe, stream_key
from consortia.run.programme.headline_table import costs_of_savers, saving_on_lines
from consortia.run.programme.table_rows import rows_of, slug
from consortia.study.project_findings import active_projects

Inputs = Callable[[ProjectTrail, str, str], Iterable[str]]
CASH = msgid("pounds, cash of the year")
SCHEDULE = "assumption.discount_schedule"
SHOWN = msgid("{row}, {column}: {how}")
FORMULAS: Mapping[str, str] = {
    "kinds": msgid("sum over the streams of that kind"),
    "kinds_cash": msgid("amount in prices of the base year x cash pounds of that year for one of the base year"),
    "partner_kinds": msgid("sum over the partner's streams of that kind"),
    "measures.npv": msgid("sum over the years of (what comes in - what goes out) x discount factor"),
    "measures.first_five": msgid("the same sum up to the fifth year after the base year"),
    "measures.bcr": msgid("present value of what comes in / present value of all costs"),
    "measures.return": msgid("present value of what comes in less running costs / present value of one-off costs"),
    "measures.payback": msgid("years until the running total of the net rises above zero for good"),
    "measures.discounted_payback": msgid("the same with every year x its discount factor"),
    "measures.chance_of_loss": msgid("part of the draws that are below zero"),
    "projects_by_partner.central": msgid("sum over the years of (what comes in - what goes out) x discount factor"),
    "plan.recurrent": msgid("cashable savings + income - running costs, cash of the year"),
    "plan.incremental": msgid("run-rate of the year - that of the year before"),
    "plan.one_off": msgid("one-off savings and receipts - one-off costs, cash of the year"),
    "plan.lent": msgid("what funds that are paid back put in, cash of the year"),
    "plan.repaid": msgid("sum over the repayments of the year"),
    "plan.change": msgid(
        "added in the year + what the year has once (one-off, lent, repaid) - the same of the year before, reversed"
    ),
    "gap.gap": msgid("what the study states as its funding gap, cash"),
    "gap.recurrent": msgid("run-rate of the plan's view in that year"),
    "gap.one_off": msgid("one-off of the plan's view in that year"),
    "gap.fund": msgid("lent less repaid of the plan's view in that year"),
    "gap.left": msgid("gap - what is closed for good"),
    "gap.left_in_year": msgid("gap - what is closed for good, once, and by a fund"),
    "gap.share": msgid("what is closed for good / gap"),
    "first_year.full": msgid("cashable saving of the first year, as if nothing came late"),
    "first_year.in_year": msgid("cashable saving of that year in the central case"),
    "first_year.still": msgid("full-year effect - what the year has"),
    "first_year.highest": msgid("the highest cashable saving of a year, as if nothing came late"),
    "waterfall": msgid("sum over the years of the amount x discount factor"),
    "waterfall.total": msgid("sum of the present values"),
    "projects_cash_flow.comes": msgid("sum of the kinds that come in"),
    "projects_cash_flow.goes": msgid("sum of the kinds that go out, below zero"),
    "projects_cash_flow.net": msgid("what comes in - what goes out"),
    "projects_cash_flow.total": msgid("sum of the net of every year up to this one"),
    "projects_fan": msgid("that quantile of the running total over the draws"),
    "phasing": msgid("sum over the project's cashable streams"),
    "projects.part": msgid("present value of the project's streams, with its part of what its lines save together"),
    "projects.alone": msgid("present value of the project's streams as if it had its lines for itself"),
    "projects.overlap": msgid("the total less what each would be worth alone"),
    "lines.saved": msgid("sum over the streams on the line"),
    "lines.spent": msgid("without projects - saved"),
    "lines.against_today": msgid("today - spent"),
    "costs": msgid("sum over the streams of the cost"),
    "costs_by_kind": msgid("sum over the streams of costs of that kind"),
    "costs_by_kind.present": msgid("sum over the years of the costs of that kind x discount factor"),
    "tornado": msgid("net present value with that input at its P10 or P90; the swing is their distance"),
    "headlines.gross": msgid("cashable savings on the study's lines / what the lines would cost in these years"),
    "headlines.net": msgid("(those savings - costs of who saves there) / what the lines would cost in these years"),
    "unmet.planned": msgid("met + unmet"),
    "unmet.met": msgid("sum over the years of what it finds on its line"),
    "unmet.unmet": msgid("sum over the years of what it would take, and other savings or the floor leave no room for"),
    "together.meeting": msgid("together - sharing by itself - projects by themselves"),
    **PRIORITY_FORMULAS,
}
"""How a figure is worked out, by table, and by row or column where these differ; else the table's caption says it."""
ONCE_OF_FUND = ("lent", "repaid")
STATED_AS = {"repayments": "funding"}
"""Tables that show what the documents state under another name."""
WORKED_AS = {"partner_plans": "plan"}
"""Tables whose figures are worked out as those of another."""
UNITS: Mapping[str, Words] = {
    "money": words.POUNDS, "percent": words.PART_OF_ONE, "chance": words.PART_OF_ONE,
    "drawn": words.PART_OF_ONE, "years": words.YEARS, "number": "", "unit_cost": words.POUNDS,
}  # fmt: skip


def keyed(tables: Iterable[Table], trail: ProjectTrail) -> tuple[Table, ...]:
    """The tables with the key of its figure in every cell with a number; the figures are added to the trail.

    Call `add_flows` once before: the figures stand on the streams.
    """
    return tuple(_keyed(table, trail) for table in tables)


def _keyed(table: Table, trail: ProjectTrail) -> Table:
    rows = rows_of(table, trail.found)
    keys = []
    for number, (row, cells) in enumerate(zip(rows, table.rows, strict=True)):
        keys.append(tuple(_cell(table, trail, (number, row), (place, cell)) for place, cell in enumerate(cells)))
    return replace(table, figure_keys=tuple(keys))


def _cell(table: Table, trail: ProjectTrail, at: tuple[int, str], shown: tuple[int, Cell]) -> str:
    """The key of one cell; "" where it is no figure. The figure is made on the way."""
    (number, row), (place, cell) = at, shown
    column = table.columns[place]
    value, kind = (cell.value, cell.kind) if isinstance(cell, Quantity) else (cell, column.kind)
    if kind not in UNITS or not isinstance(value, int | float | Absent) or value is Absent.NOT_APPLICABLE:
        return ""
    key = table.key_of(number, place) or safe(f"{table.key}.{row}.{column.key}")
    if key in trail.figures:
        return key
    unit = UNITS[kind] or column.unit
    if unit in words.MONEY and table.price_base == NOMINAL:
        unit = CASH
    base = table.price_base if unit in words.MONEY else ""
    period = row if column.kind == "money" and _is_year(row) else table.period or trail.base
    inputs = tuple(_inputs(table, trail, row, column.key))
    formula = _formula(table, row, number, place)
    return trail.figure(key, value, unit, formula, inputs, period=period, base=base)


def _formula(table: Table, row: str, number: int, place: int) -> Message:
    """What a cell is, and how it is worked out."""
    column = table.columns[place]
    name = WORKED_AS.get(table.key, table.key)
    names = (f"{name}.{row}", f"{name}.{column.key}", name)
    how = next((FORMULAS[name] for name in names if name in FORMULAS), table.caption)
    return say(SHOWN, row=_said(table.rows[number][0]), column=_said(column.title), how=_said(how))


def _said(words: Cell) -> Cell:
    """A word of the catalogue as a sentence, so that it is worded in the reader's language; a year stays as it is."""
    return say(words) if isinstance(words, str) and not _is_year(words) else words


def _inputs(table: Table, trail: ProjectTrail, row: str, column: str) -> Iterable[str]:
    find = INPUTS.get(table.key)
    return find(trail, row, column) if find else _stated(trail, STATED_AS.get(table.key, table.key))


def _years(trail: ProjectTrail) -> Sequence[str]:
    return trail.found.compiled.frame.years


def _is_year(row: str) -> bool:
    return len(row) == 7 and row[4] == "-" and row[:4].isdigit()


def _streams(
    trail: ProjectTrail, *, kinds: Iterable[str] = KINDS, partner: str = "", project: str = "", line: str = ""
) -> list[str]:
    """The keys of the streams that fit, over all years."""
    chosen = tuple(kinds)
    return [
        stream_key(one.key)
        for one in trail.found.central.streams
        if one.kind in chosen
        and partner in ("", one.partner)
        and project in ("", one.project)
        and line in ("", getattr(one, "line", None))
    ]


def _flows(trail: ProjectTrail, year: str, *, kind: str, project: str = "") -> list[str]:
    """The keys of what streams of a kind come to in a year."""
    return [
        key
        for one in trail.found.central.streams
        if one.kind == kind and project in ("", one.project) and (key := flow_key(one.key, year)) in trail.figures
    ]


def _kinds(trail: ProjectTrail, row: str, column: str) -> Iterable[str]:
    if row != "all":
        return _flows(trail, row, kind=column)
    return (f"kinds.{year}.{column}" for year in _years(trail))


def _cash(trail: ProjectTrail, row: str, column: str) -> Iterable[str]:
    if row == "all":
        return (f"kinds_cash.{year}.{column}" for year in _years(trail))
    return (f"kinds.{row}.{column}", _price(trail, row))


def _price(trail: ProjectTrail, year: str) -> str:
    """What a pound of the base year is in cash of a year."""
    price = trail.found.compiled.frame.price_of(year)
    unit, source = (
        msgid("cash pounds for a pound of the base year"),
        msgid("GDP deflator, carried on at its last change"),
    )
    return trail.leaf(Ingredient(f"price.{year}", price, unit, source, "", "D"))


def _partner_kinds(trail: ProjectTrail, row: str, column: str) -> Iterable[str]:
    return _streams(trail, kinds=(column,), partner="" if row == "all" else row)


def _of_all_kinds(trail: ProjectTrail, prefix: str, row: str, *, costs: bool | None = None) -> list[str]:
    """The keys of the kinds that a net present value counts; only costs, or only what comes in, where asked for."""
    present = [kind for kind in trail.found.flows() if kind not in ("non_cashable", "cost_avoidance")]
    return [f"{prefix}.{row}.{kind}" for kind in present if costs is None or (kind in COST_KINDS) == costs]


def _measures(trail: ProjectTrail, row: str, _column: str) -> Iterable[str]:
    if row in ("npv", "first_five"):
        return (*_of_all_kinds(trail, "kinds", "all"), SCHEDULE)
    return ("measures.npv.value", *_of_all_kinds(trail, "kinds", "all"), SCHEDULE)


def _by_partner(trail: ProjectTrail, row: str, column: str) -> Iterable[str]:
    if column == "central":
        return (*_of_all_kinds(trail, "partner_kinds", row), SCHEDULE)
    return (f"projects_by_partner.{row}.central",)


def _plan(trail: ProjectTrail, row: str, column: str) -> Iterable[str]:
    years = list(_years(trail))
    before = years[max(years.index(row) - 1, 0)]
    if column == "recurrent":
        return [key for key in _of_all_kinds(trail, "kinds_cash", row) if "one_off" not in key]
    if column == "one_off":
        return [key for key in _of_all_kinds(trail, "kinds_cash", row) if "one_off" in key]
    if column == "incremental":
        return (f"plan.{row}.recurrent", f"plan.{before}.recurrent")
    if column in ("lent", "repaid"):
        return _stated(trail, "funding")
    once = [f"plan.{year}.{name}" for year in (row, before) for name in ("one_off", *ONCE_OF_FUND)]
    return (f"plan.{row}.incremental", *once)


def _partner_plan(trail: ProjectTrail, row: str, _column: str) -> Iterable[str]:
    return _streams(trail, partner=row.rpartition(".")[0])


def _gap(trail: ProjectTrail, row: str, column: str) -> Iterable[str]:
    if column == "gap":
        return (_funding_gap(trail),)
    if column in ("recurrent", "one_off"):
        return (f"plan.{row}.{column}",)
    if column == "fund":
        return [f"plan.{row}.{name}" for name in ONCE_OF_FUND]
    left = (f"gap.{row}.gap", f"gap.{row}.recurrent")
    return (*left, f"gap.{row}.one_off", f"gap.{row}.fund") if column == "left_in_year" else left


def _funding_gap(trail: ProjectTrail) -> str:
    told = "; ".join(f"{year}: {amount:,}" for year, amount in trail.found.definition.funding_gap.items())
    return trail.leaf(Ingredient("funding_gap", told, "", "", "", STATED))


def _project(trail: ProjectTrail, row: str, _column: str) -> Iterable[str]:
    if row in ("overlap", "total"):
        parts = [f"projects.{key}.{'alone' if row == 'overlap' else 'part'}" for key in trail.found.appraisal.projects]
        return (*parts, *(("projects.total.part",) if row == "overlap" else ()))
    return (*_streams(trail, project=row), SCHEDULE)


def _waterfall(trail: ProjectTrail, row: str, _column: str) -> Iterable[str]:
    if row == "total":
        return [f"waterfall.{key.rpartition('.')[2]}.value" for key in _of_all_kinds(trail, "kinds", "all")]
    return (*(f"kinds.{year}.{row}" for year in _years(trail)), SCHEDULE)


def _cash_flow(trail: ProjectTrail, row: str, column: str) -> Iterable[str]:
    if column in ("comes", "goes"):
        return _of_all_kinds(trail, "kinds", row, costs=column == "goes")
    if column == "net":
        return (f"projects_cash_flow.{row}.comes", f"projects_cash_flow.{row}.goes")
    years = list(_years(trail))
    return (f"projects_cash_flow.{year}.net" for year in years[: years.index(row) + 1])


def _fan(_trail: ProjectTrail, row: str, _column: str) -> Iterable[str]:
    return (f"projects_cash_flow.{row}.total",)


def _phasing(trail: ProjectTrail, row: str, column: str) -> Iterable[str]:
    return _flows(trail, row, kind="cashable", project=column)


def _line(trail: ProjectTrail, row: str, column: str) -> Iterable[str]:
    last = len(_years(trail)) - 1
    if column == "today":
        return (line_figure(trail, row, 0),)
    if column == "without":
        return (line_figure(trail, row, last),)
    if column == "saved":
        year = _years(trail)[last]
        keys = [flow_key(one.key, year) for one in trail.found.central.streams if getattr(one, "line", None) == row]
        return [key for key in keys if key in trail.figures]
    return (f"lines.{row}.without", f"lines.{row}.saved", f"lines.{row}.today")


def _costs(trail: ProjectTrail, row: str, column: str) -> Iterable[str]:
    items = trail.items
    if row in items:
        if column == "total":
            return [stream_key(key) for key in items[row].streams]
        keys = [flow_key(key, column.removeprefix("y")) for key in items[row].streams]
        return [key for key in keys if key in trail.figures]
    return [f"costs.{key}.{column}" for key, one in items.items() if one.kind == row]


def _cost_kinds(trail: ProjectTrail, row: str, column: str) -> Iterable[str]:
    items = [one for one in trail.items.values() if row in ("all", slug(one.sort))]
    chosen = {"one_off": ("one_off_cost",), "running": ("running_cost",)}.get(column, COST_KINDS)
    keys = [stream_key(key) for one in items if one.kind in chosen for key in one.streams]
    return (*keys, *((SCHEDULE,) if column == "present" else ()))


def _first_year(trail: ProjectTrail, row: str, _column: str) -> Iterable[str]:
    return _streams(trail, kinds=("cashable",), project=row)


def _drawn(trail: ProjectTrail, row: str, _column: str) -> Iterable[str]:
    """The net present value, and the input that is moved."""
    drawn = trail.found.compiled.programme.inputs.get(row)
    if drawn is None:
        return ("measures.npv.value",)
    source = msgid("central value of what is drawn, beside the plan; its range stands in the study")
    return ("measures.npv.value", trail.leaf(Ingredient(safe(f"input.{row}"), drawn.central, "", source, "", STATED)))


def _headlines(trail: ProjectTrail, row: str, column: str) -> Iterable[str]:
    """The streams that save on the lines, with the costs of who saves there, over what the lines would cost."""
    found, horizon = trail.found, trail.found.compiled.frame.horizon
    years = (horizon,) if row == "part_in_last_year" else range(1, horizon + 1)
    streams = (*saving_on_lines(found), *(costs_of_savers(found) if column == "net" else ()))
    lines = [line_figure(trail, line.key, t) for line in found.definition.lines for t in years]
    return (*(stream_key(one.key) for one in streams), *lines)


def _unmet(trail: ProjectTrail, row: str, column: str) -> Iterable[str]:
    """Planned is met and unmet; what is met is the stream."""
    if column == "planned":
        return (safe(f"unmet.{row}.met"), safe(f"unmet.{row}.unmet"))
    if column == "met":
        return (stream_key(row),)
    one = next(each for each in trail.found.compiled.programme.streams if each.key == row)
    return (line_figure(trail, str(one.line), trail.found.compiled.frame.horizon),)


def _front(trail: ProjectTrail, row: str, column: str) -> Iterable[str]:
    if column == "part" and row in ("sharing", "own"):
        own = {project.key for project in trail.found.definition.projects}
        return [f"projects.{key}.part" for key in trail.found.appraisal.projects if (key in own) == (row == "own")]
    if row == "meeting":
        return ("front.together.central", "front.own.central", "front.sharing.central")
    if column != "central":
        return (f"front.{row}.central",)
    return {"sharing": ("net.central",), "together": ("measures.npv.value",)}.get(row, _streams_of_own(trail))


def _streams_of_own(trail: ProjectTrail) -> tuple[str, ...]:
    keys = [project.key for project in active_projects(trail.found.definition)]
    return (*(key for project in keys for key in _streams(trail, project=project)), SCHEDULE)


def _own_projects(trail: ProjectTrail, row: str, column: str) -> Iterable[str]:
    if column in ("one_off", "saving"):
        return _streams(trail, kinds=("one_off_cost" if column == "one_off" else "cashable",), project=row)
    return (f"projects.{row}.part",)


def _aims(trail: ProjectTrail, _row: str, _column: str) -> Iterable[str]:
    return [f"projects.{key}.part" for key in trail.found.appraisal.projects]


def _stated(trail: ProjectTrail, name: str) -> Iterable[str]:
    """What the documents hold of that name, project by project: outturns, funding, uptakes, counts."""
    for project in active_projects(trail.found.definition):
        for number, held in enumerate(getattr(project, name, ()), 1):
            told = in_a_row(held)
            place = f"projects.{project.key}.{name}.{getattr(held, 'key', '') or getattr(held, 'year', '') or number}"
            yield trail.leaf(Ingredient(place, told, "", project.source, "", STATED))


INPUTS: Mapping[str, Inputs] = {
    "kinds": _kinds, "kinds_cash": _cash, "partner_kinds": _partner_kinds, "measures": _measures,
    "projects_by_partner": _by_partner, "plan": _plan, "gap": _gap, "projects": _project, "waterfall": _waterfall,
    "projects_cash_flow": _cash_flow, "projects_fan": _fan, "phasing": _phasing, "lines": _line, "costs": _costs,
    "costs_by_kind": _cost_kinds, "first_year": _first_year, "tornado": _drawn, "spread": _drawn,
    "partner_plans": _partner_plan, "questions": _drawn, "headlines": _headlines, "unmet": _unmet, "together": _front,
    "own_projects": _own_projects, **dict.fromkeys(PRIORITY_TABLES, priority_inputs), "aims": _aims,
}  # fmt: skip
"""What the figures of each table are made of; a table that is not named here shows what the documents state."""
