"""The sheet of what projects come to: each stream from its plan to its result, and the lines that several meet on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.measures import npv
from consortia.report.projects_model import FlowRow, LineRow, TermRow
from consortia.report.words import msgid
from consortia.report.workbook.project_case import SMALL_WEIGHT, WHOLE_WEIGHT, ProjectCase
from consortia.report.workbook.project_inputs import TIME, Addresses, LinePlaces, year_heads
from consortia.report.workbook.sheet import Book, Sheet, here
from consortia.report.workbook_model import WorkbookModel

LABEL, PROJECT, CODE, KIND, SIGN, PRESENT, FIRST = range(7)
PROFILE, PLANNED, MOVED, WANTED, WEIGHT, RESULT = range(1, 7)
COST, ROOM, LEFT, WEIGHTS, TAKEN = range(1, 6)
DELIVERED, LOWER, UPPER, LEAST, MOST, SETTLED = range(1, 7)
FLOW_LABELS = {
    PROFILE: msgid("Profile of the plan"),
    PLANNED: msgid("Planned: profile x what its document states"),
    MOVED: msgid("Moved by the delay"),
    WANTED: msgid("x part delivered x what is drawn x path"),
    WEIGHT: msgid("ln(1 - part of the line)"),
    RESULT: msgid("Result"),
}
LINE_LABELS = {
    COST: msgid("Cost without any project"),
    ROOM: msgid("Above the floor"),
    LEFT: msgid("Part that is left: product of (1 - part)"),
    WEIGHTS: msgid("Sum of ln(1 - part)"),
    TAKEN: msgid("Taken by the parts together"),
}
TERM_LABELS = {
    DELIVERED: msgid("What the project delivers"),
    LOWER: msgid("Due below"),
    UPPER: msgid("Due above"),
    LEAST: msgid("At least"),
    MOST: msgid("At most"),
    SETTLED: msgid("Result"),
}
HEIGHT = 8
"""Rows of a block with its heading and an empty row after it."""
TOLD = msgid(
    "Pounds in {year} prices (real). Counts as: 1 comes in, -1 goes out, 0 stands apart (not cash). On a line parts "
    "combine as 1 - product of (1 - part), and amounts take what is then left above its floor."
)


@dataclass(frozen=True)
class ProjectFlowPlaces:
    """The rows of all blocks, for the sums of the next sheet."""

    sheet: Sheet
    first: int
    last: int

    def column(self, column: int) -> str:
        """One column of all rows, as an absolute range."""
        return self.sheet.span((self.first, column), (self.last, column))


def write_flows(
    book: Book, model: WorkbookModel, case: ProjectCase, *, inputs: Addresses, lines: LinePlaces
) -> ProjectFlowPlaces:
    """Writes the sheet: for each line its block and those of its streams, then the streams without one, then terms."""
    sheet = Sheet.add(book, msgid("Project flows"))
    sheet.columns(LABEL, LABEL, 60)
    sheet.columns(PROJECT, PROJECT, 20)
    sheet.columns(CODE, FIRST + case.years, 13)
    sheet.page.freeze_panes(TIME + 1, 1)
    sheet.say(0, 0, msgid("What projects come to: the central case"), "title")
    sheet.say(1, 0, TOLD, "note", year=model.base_year)
    titles = "", msgid("Project"), msgid("Partner code"), msgid("Kind"), msgid("Counts as"), msgid("Present value")
    year_heads(sheet, model, titles, FIRST)
    rows = dict(_places(case))
    blocks = _Blocks(sheet, model, case, rows, inputs, lines)
    for line in case.model.lines:
        blocks.line(line)
    for flow in case.model.flows:
        blocks.flow(flow)
    for term in case.model.terms:
        blocks.term(term)
    last = max([*rows.values(), TIME]) + HEIGHT
    return ProjectFlowPlaces(sheet, TIME + 2, last)


def _places(case: ProjectCase) -> Iterator[tuple[str, int]]:
    """The first row of each block by the key of its line, stream or term: a line stands before its streams."""
    row = TIME + 2
    ordered: list[str] = []
    for line in case.model.lines:
        ordered.append(line_key(line.key))
        ordered += [one.key for one in case.model.flows if one.line == line.key]
    ordered += [one.key for one in case.model.flows if not one.line]
    ordered += [term.key for term in case.model.terms]
    for key in ordered:
        yield key, row
        row += HEIGHT


def line_key(key: str) -> str:
    """The name of a line's block, which no stream has."""
    return f"line: {key}"


@dataclass(frozen=True)
class _Blocks:
    """Writes the blocks, each at its place."""

    sheet: Sheet
    model: WorkbookModel
    case: ProjectCase
    rows: Mapping[str, int]
    inputs: Addresses
    lines: LinePlaces

    def line(self, line: LineRow) -> None:
        """What a line costs, what may be saved on it, and what its parts take together."""
        row, parts = self.rows[line_key(line.key)], self.case.on(line, parts=True)
        heading = self.sheet.book.language.words(line.name)
        self._labels(row, f"{self.sheet.book.language.text(msgid('Budget line'))}: {heading}", LINE_LABELS)
        values = {
            COST: self.case.cost(line), ROOM: self.case.room(line), LEFT: self.case.left(line),
            WEIGHTS: self.case.weights(line), TAKEN: self.case.taken(line),
        }  # fmt: skip
        for t in range(self.case.years):
            column = FIRST + t
            kept = [f"(1-MIN({here(self.rows[one.key] + WANTED, column)},{one.cap!r}))" for one in parts]
            weights = [here(self.rows[one.key] + WEIGHT, column) for one in parts]
            cost, room, left = (here(row + each, column) for each in (COST, ROOM, LEFT))
            formulas = {
                COST: self.lines.cost(line.key, t),
                ROOM: f"MAX({cost}-{self.lines.floor(line.key)},0)",
                LEFT: "*".join(kept) or "1",
                WEIGHTS: "+".join(weights) or "0",
                TAKEN: f"MIN({cost}*(1-{left}),{room})",
            }
            styles = {LEFT: "percent", WEIGHTS: "factor"}
            for each, formula in formulas.items():
                self.sheet.formula(row + each, column, formula, float(values[each][t]), styles.get(each, "money"))

    def flow(self, flow: FlowRow) -> None:
        """A stream from its plan to its result."""
        row = self.rows[flow.key]
        labels = FLOW_LABELS if flow.of_line else {each: FLOW_LABELS[each] for each in FLOW_LABELS if each != WEIGHT}
        self._labels(row, self._heading(flow), labels)
        style = "percent" if flow.of_line else "money"
        values = {
            PLANNED: self.case.planned(flow), MOVED: self.case.moved(flow), WANTED: self.case.wanted(flow),
        }  # fmt: skip
        for t in range(self.case.years):
            column = FIRST + t
            self.sheet.number(row + PROFILE, column, flow.profile[t], "number input")
            formulas = {
                PLANNED: "*".join([here(row + PROFILE, column), *(self.inputs[key] for key in flow.scalars)]),
                MOVED: self._moved(flow, row, t),
                WANTED: self._wanted(flow, row, t),
            }
            for each, formula in formulas.items():
                self.sheet.formula(row + each, column, formula, float(values[each][t]), style)
            if flow.of_line:
                part = f"MIN({here(row + WANTED, column)},{flow.cap!r})"
                weight = f"IF({part}>=1,{WHOLE_WEIGHT:.0f},LN(1-{part}))"
                self.sheet.formula(row + WEIGHT, column, weight, float(self.case.weight(flow)[t]), "factor")
            self.sheet.formula(row + RESULT, column, self._result(flow, row, t), flow.flow[t], "money total")
        self._sums(row + RESULT, flow)

    def _moved(self, flow: FlowRow, row: int, t: int) -> str:
        """The plan so many years and months later; nothing before it begins."""
        if not flow.delay and not flow.slip:
            return here(row + PLANNED, FIRST + t)
        months = f"{self.inputs[flow.delay]}/12" if flow.delay else "0"
        late = f"({months}+{self.inputs[flow.slip]})" if flow.slip else f"({months})"
        last = FIRST + self.case.years - 1
        plan = f"{here(row + PLANNED, FIRST, column_fixed=True)}:{here(row + PLANNED, last, column_fixed=True)}"
        now, before = (
            f"IF({t}-INT({late})-{later}<0,0,INDEX({plan},MAX({t}-INT({late})-{later}+1,1)))" for later in (0, 1)
        )
        part = f"({late}-INT({late}))"
        return f"(1-{part})*{now}+{part}*{before}"

    def _wanted(self, flow: FlowRow, row: int, t: int) -> str:
        drawn = [self.inputs[key] for key in (flow.delivery, *flow.multipliers) if key]
        path = [self.lines.path(flow.path, t)] if flow.path else []
        return "*".join([here(row + MOVED, FIRST + t), *drawn, *path])

    def _result(self, flow: FlowRow, row: int, t: int) -> str:
        """By itself; on a line its part of what is taken together, or what is left for its amount."""
        column, wanted = FIRST + t, here(row + WANTED, FIRST + t)
        if not flow.line:
            return wanted
        line = next(one for one in self.case.model.lines if one.key == flow.line)
        block = self.rows[line_key(line.key)]
        taken, room = here(block + TAKEN, column), here(block + ROOM, column)
        if not flow.of_line:
            before = self.case.on(line, parts=False)
            keys = [one.key for one in before]
            earlier = [here(self.rows[key] + RESULT, column) for key in keys[: keys.index(flow.key)]]
            return f"MIN({wanted},MAX({'-'.join([room, taken, *earlier])},0))"
        if len(self.case.on(line, parts=True)) == 1:
            return taken
        whole, weight = here(block + WEIGHTS, column), here(row + WEIGHT, column)
        small = f"{here(block + COST, column)}*MIN({wanted},{flow.cap!r})"
        return f"IF(ABS({whole})<{SMALL_WEIGHT:.0E},{small},{taken}*{weight}/{whole})"

    def term(self, term: TermRow) -> None:
        """A contract term: what the project delivers, the bounds, and what is paid."""
        row, years = self.rows[term.key], self.case.years
        self._labels(row, self._heading(term), TERM_LABELS)
        delivered = self.case.delivered(term)
        for each, given in ((LOWER, term.lower), (UPPER, term.upper), (LEAST, term.floor), (MOST, term.cap)):
            for t, value in enumerate(given or ()):
                self.sheet.number(row + each, FIRST + t, value, "money input")
        for t in range(years):
            column = FIRST + t
            of = "+".join(here(self.rows[key] + RESULT, column) for key in term.of) or "0"
            self.sheet.formula(row + DELIVERED, column, of, float(delivered[t]), "money")
            self.sheet.formula(row + SETTLED, column, self._settled(term, row, t), term.flow[t], "money total")
        self._sums(row + SETTLED, term)

    def _settled(self, term: TermRow, row: int, t: int) -> str:
        column = FIRST + t
        delivered, lower, upper, least, most = (here(row + each, column) for each in range(DELIVERED, SETTLED))
        parts = [f"{term.share_below!r}*MAX(0,{lower}-{delivered})"] if term.lower else []
        parts += [f"{term.share_above!r}*MAX(0,{delivered}-{upper})"] if term.upper else []
        amount = "+".join(parts) or "0"
        amount = f"MAX({amount},{least})" if term.floor is not None else amount
        amount = f"MIN({amount},{most})" if term.cap is not None else amount
        return f"({amount})*{self.lines.path(term.path, t)}" if term.path else amount

    def _sums(self, row: int, one: FlowRow | TermRow) -> None:
        """What the next sheet adds up by: project, partner, kind, sign; and the present value."""
        self.sheet.words(row, PROJECT, one.project, "code")
        self.sheet.words(row, CODE, one.partner, "code")
        self.sheet.words(row, KIND, one.kind, "code")
        self.sheet.number(row, SIGN, one.sign, "year")
        span = f"{here(row, FIRST)}:{here(row, FIRST + self.case.years - 1)}"
        worth = npv(one.flow, self.model.discount_factors)
        self.sheet.formula(row, PRESENT, f"SUMPRODUCT({span},Discount_factors)", worth, "money")

    def _labels(self, row: int, heading: str, labels: Mapping[int, str]) -> None:
        self.sheet.words(row, LABEL, heading, "heading")
        for each, label in labels.items():
            self.sheet.say(row + each, LABEL, label)

    def _heading(self, one: FlowRow | TermRow) -> str:
        words = self.sheet.book.language
        partner = next(each.name for each in self.model.partners if each.code == one.partner)
        named = [words.cell(each) for each in (*one.name, partner)]
        kind = dict(self.case.model.kinds)[one.kind]
        return f"{', '.join(part for part in named if part)} – {words.cell(kind)}"


def signed(case: ProjectCase, *, partner: str = "", project: str = "") -> FloatArray:
    """The library's net of each year of those streams and terms that fit, real pounds."""
    total = np.zeros(case.years)
    every: tuple[FlowRow | TermRow, ...] = (*case.model.flows, *case.model.terms)
    for one in every:
        if partner in ("", one.partner) and project in ("", one.project):
            total += one.sign * np.array(one.flow)
    return total
