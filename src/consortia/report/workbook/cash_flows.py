"""The sheet of cash flows: for each group, year by year, how much of the saving is reached and what members net."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from consortia.appraisal.measures import npv
from consortia.appraisal.profiles import MONTHS_IN_YEAR, cumulative_ramp, delayed, phased, running
from consortia.periods import FinancialYear
from consortia.report.words import msgid
from consortia.report.workbook.baseline import Places
from consortia.report.workbook.groups import WORTH, GroupPlace, GroupPlaces
from consortia.report.workbook.sheet import Book, Sheet, here
from consortia.report.workbook_model import CentralCase, WorkbookModel

LABEL, CODE, PRESENT, EQUAL, FIRST = range(5)
YEAR, TIME, RATE, FACTOR = range(3, 7)
WHOLE, NEXT, REACHED, SAVING, SETUP, COORDINATION, NET, MEMBERS = range(1, 9)
HEAD_LABELS = {
    YEAR: msgid("Financial year"),
    TIME: msgid("Years from the base year"),
    RATE: msgid("Discount rate"),
    FACTOR: msgid("Discount factor"),
}
BLOCK_LABELS = {
    WHOLE: msgid("Saving reached, after the whole years of delay"),
    NEXT: msgid("Saving reached, a year later still"),
    REACHED: msgid("Saving reached, after the delay"),
    SAVING: msgid("Saving"),
    SETUP: msgid("Set-up cost"),
    COORDINATION: msgid("Coordination"),
    NET: msgid("Net, all members"),
}


@dataclass(frozen=True)
class FlowPlaces:
    """Where the members' rows stand: partner codes, present values, equal shares, and the flows of each year."""

    sheet: Sheet
    first: int
    last: int

    def column(self, column: int) -> str:
        """One column of all rows, as an absolute range."""
        return self.sheet.span((self.first, column), (self.last, column))


def write_cash_flows(
    book: Book, model: WorkbookModel, *, groups: GroupPlaces, baseline: Places, rates: tuple[str, ...]
) -> FlowPlaces:
    """Writes the sheet, and each group's present value beside it on the sheet of groups."""
    sheet = Sheet.add(book, msgid("Cash flows"))
    sheet.columns(LABEL, LABEL, 54)
    sheet.columns(CODE, FIRST + model.horizon_years, 13)
    sheet.page.freeze_panes(FACTOR + 1, LABEL + 1)
    _head(sheet, model, rates)
    row = first = FACTOR + 2
    for group, place in zip(model.groups, groups.groups, strict=True):
        block = _Block(sheet, row, model.central_case(group), place)
        block.write(baseline)
        worth = npv(block.case.net, model.discount_factors)
        groups.sheet.formula(place.row, WORTH, sheet.place(row + NET, PRESENT), worth, "money")
        row += MEMBERS + len(group.members) + 1
    return FlowPlaces(sheet, first, max(row - 1, first))


def _head(sheet: Sheet, model: WorkbookModel, rates: tuple[str, ...]) -> None:
    sheet.say(0, 0, msgid("Cash flows of the central case"), "title")
    stated = msgid("Pounds in {year} prices (real). Savings are positive, costs negative.")
    sheet.say(1, 0, stated, "note", year=model.base_year)
    for row, label in HEAD_LABELS.items():
        sheet.say(row, LABEL, label, "label")
    titles = (msgid("Partner code"), msgid("Present value"), msgid("Equal share of present value"))
    sheet.headers(YEAR, tuple(map(sheet.book.language.text, titles)), CODE)
    base = FinancialYear.parse(model.base_year)
    for t, factor in enumerate(model.discount_factors):
        column = FIRST + t
        sheet.words(YEAR, column, str(base.plus(t)), "header right")
        sheet.number(TIME, column, t, "year")
        if t == 0:
            sheet.number(FACTOR, column, 1.0, "factor")
            continue
        sheet.formula(RATE, column, rates[t - 1], model.discount_rates[t - 1], "percent")
        sheet.formula(FACTOR, column, f"{here(FACTOR, column - 1)}/(1+{here(RATE, column)})", factor, "factor")
    sheet.book.define("Discount_factors", sheet.span((FACTOR, FIRST), (FACTOR, FIRST + model.horizon_years)))


@dataclass(frozen=True)
class _Block:
    """The rows of one group, from its heading at `row`."""

    sheet: Sheet
    row: int
    case: CentralCase
    place: GroupPlace

    def write(self, baseline: Places) -> None:
        """Writes the block."""
        self._labels()
        for t in range(self.case.model.horizon_years + 1):
            self._year(t)
        self._present(self.row + NET, self.case.net)
        for number, member in enumerate(self.case.group.members):
            self._member(number, baseline[self.case.service.key, member])

    def _labels(self) -> None:
        names = ", ".join(map(self._name, self.case.group.members))
        service = self.sheet.book.language.words(self.case.service.name)
        self.sheet.words(self.row, LABEL, f"{service}: {names}", "heading")
        for offset, label in BLOCK_LABELS.items():
            self.sheet.say(self.row + offset, LABEL, label, "label" if offset == NET else "")

    def _year(self, t: int) -> None:
        """One column of the block: the ramp with its delay, then saving, set-up, coordination and net."""
        column, put, values = FIRST + t, self.sheet.formula, self._values
        put(self.row + WHOLE, column, self._reached(column, 0), values["whole"][t], "percent")
        put(self.row + NEXT, column, self._reached(column, 1), values["next"][t], "percent")
        part = f"({self.place.delay}/12-INT({self.place.delay}/12))"
        mixed = f"(1-{part})*{here(self.row + WHOLE, column)}+{part}*{here(self.row + NEXT, column)}"
        put(self.row + REACHED, column, mixed, values["reached"][t], "percent")
        saving = f"{self.place.planned}*{self.place.delivery}*{here(self.row + REACHED, column)}"
        put(self.row + SAVING, column, saving, values["saving"][t], "money")
        put(self.row + SETUP, column, self._setup(column), values["setup"][t], "money")
        runs = f"IF({self._time(column)}>={self.place.start},-{self.place.coordination},0)"
        put(self.row + COORDINATION, column, runs, values["coordination"][t], "money")
        total = f"SUM({here(self.row + SAVING, column)}:{here(self.row + COORDINATION, column)})"
        put(self.row + NET, column, total, self.case.net[t], "money total")

    def _reached(self, column: int, later: int) -> str:
        """How much is reached: nothing before the start, then up the ramp, moved by the delay's whole years."""
        since = f"{self._time(column)}-INT({self.place.delay}/12)-{later}-{self.place.start}"
        return f"IF({since}<0,0,INDEX(Saving_reached,MIN({since}+1,ROWS(Saving_reached))))"

    def _setup(self, column: int) -> str:
        since = f"{self._time(column)}-{self.place.start}"
        return f"IF(OR({since}<0,{since}>=ROWS(Setup_paid)),0,-{self.place.setup}*INDEX(Setup_paid,{since}+1))"

    def _time(self, column: int) -> str:
        return here(TIME, column, row_fixed=True)

    def _member(self, number: int, cost: str) -> None:
        """A member's part of the group's net, by addressable cost."""
        row, code, flows = self.row + MEMBERS + number, self.case.group.members[number], self.case.member_net[number]
        self.sheet.words(row, LABEL, f"    {self._name(code)}")
        self.sheet.words(row, CODE, code, "code")
        part = f"IF({self.place.cost}=0,1/{self.place.count},{cost}/{self.place.cost})"
        for t, net in enumerate(flows):
            formula = f"{here(self.row + NET, FIRST + t, row_fixed=True)}*{part}"
            self.sheet.formula(row, FIRST + t, formula, net, "money")
        self._present(row, flows)
        worth = npv(self.case.net, self.case.model.discount_factors)
        equal = f"{here(self.row + NET, PRESENT, row_fixed=True, column_fixed=True)}/{self.place.count}"
        self.sheet.formula(row, EQUAL, equal, worth / len(self.case.group.members), "money")

    def _name(self, code: str) -> str:
        model = self.case.model
        return self.sheet.book.language.words(model.partners[model.place(code)].name)

    def _present(self, row: int, flows: Sequence[float]) -> None:
        model = self.case.model
        span = f"{here(row, FIRST)}:{here(row, FIRST + model.horizon_years)}"
        self.sheet.formula(
            row, PRESENT, f"SUMPRODUCT({span},Discount_factors)", npv(flows, model.discount_factors), "money"
        )

    @cached_property
    def _values(self) -> dict[str, Sequence[float]]:
        """The library's own values of the rows."""
        case, horizon, start = self.case, self.case.model.horizon_years, self.case.group.start
        phasing, months = case.model.phasing, case.service.delay_months
        ramp = cumulative_ramp(phasing.benefits, start=start, horizon=horizon)
        whole = MONTHS_IN_YEAR * (months // MONTHS_IN_YEAR)
        return {
            "whole": delayed(ramp, whole)[0].tolist(),
            "next": delayed(ramp, whole + MONTHS_IN_YEAR)[0].tolist(),
            "reached": delayed(ramp, months)[0].tolist(),
            "saving": [sum(year) for year in zip(*case.group.saving, strict=True)],
            "setup": (-case.setup * phased(phasing.costs, start=start, horizon=horizon)).tolist(),
            "coordination": (-case.coordination * running(start=start, horizon=horizon)).tolist(),
        }
