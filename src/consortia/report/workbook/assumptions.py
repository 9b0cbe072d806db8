"""The sheet of assumptions: every value that the formulas use, each with a name of its own, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isclose

import numpy as np

from consortia.appraisal.proposals import REFERENCE_SIZE
from consortia.report.paper_tables import assumption_table
from consortia.report.rows import AssumptionRow
from consortia.report.worded import worded
from consortia.report.words import msgid
from consortia.report.workbook.sheet import Book, Sheet, here, name_of
from consortia.report.workbook_model import ServiceInputs, WorkbookModel, mean
from consortia.study.definition import Range, Text

LOW, MODE, HIGH, VALUE, UNIT, NAME = range(1, 7)
NOISE = 1e-9
"""Rates that were worked back from discount factors differ by less than this when they are the same."""
FOLLOWS = msgid("Change a shaded cell and every other sheet follows. Formulas use the names beside the cells.")


def level_name(level: Text) -> str:
    """The name of the cell with a level's part of the full saving."""
    return name_of("Level", level.en)


def write_assumptions(book: Book, model: WorkbookModel) -> tuple[str, ...]:
    """Writes the sheet; gives the name of the discount rate of each year 1..horizon."""
    sheet = Sheet.add(book, msgid("Assumptions"))
    sheet.columns(0, 0, 46)
    sheet.columns(LOW, VALUE, 12)
    sheet.columns(UNIT, NAME + 2, 34)
    sheet.say(0, 0, msgid("Assumptions"), "title")
    sheet.say(1, 0, FOLLOWS, "note")
    writer = _Rows(sheet, 3)
    writer.heading(msgid("For everything"))
    rates = _rates(writer, model)
    _general(writer, model)
    _phasing(writer, model)
    writer.heading(msgid("Level of joint working"))
    for level, factor in {group.level: group.level_factor for group in model.groups}.items():
        title, name = book.language.words(level), level_name(level)
        writer.value(title, factor, name, style="percent", unit=msgid("of the full saving"))
    _services(writer, model)
    _sources(writer, model.assumptions)
    return rates


@dataclass
class _Rows:
    """Writes one assumption after the other, from the top."""

    sheet: Sheet
    row: int

    def heading(self, title: str) -> None:
        """A heading with the columns of what follows."""
        text = self.sheet.book.language.text
        self.row += 1
        titles = (title, msgid("Lowest"), msgid("Most likely"), msgid("Highest"), msgid("Value used"))
        self.sheet.headers(self.row, tuple(map(text, (*titles, msgid("Unit"), msgid("Name in formulas")))))
        self.row += 1

    def value(self, title: str, value: float, name: str, *, style: str, unit: str) -> str:
        """A single value; gives its name."""
        place = self.sheet.number(self.row, VALUE, value, f"{style} input")
        return self._named(title, place, name, unit)

    def calculated(self, title: str, formula: str, value: float, name: str, *, style: str, unit: str) -> str:
        """A value that follows from others; gives its name."""
        place = self.sheet.formula(self.row, VALUE, formula, value, style)
        return self._named(title, place, name, unit)

    def range(self, title: str, span: Range, name: str) -> str:
        """A range of three, whose PERT mean is the value used; gives its name."""
        for column, value in ((LOW, span.low), (MODE, span.mode), (HIGH, span.high)):
            self.sheet.number(self.row, column, value, "percent input")
        low, mode, high = (here(self.row, column) for column in (LOW, MODE, HIGH))
        place = self.sheet.formula(self.row, VALUE, f"({low}+4*{mode}+{high})/6", mean(span), "percent")
        return self._named(title, place, name, msgid("mean of the range"))

    def _named(self, title: str, place: str, name: str, unit: str) -> str:
        self.sheet.words(self.row, 0, title)
        self.sheet.say(self.row, UNIT, unit, "unit")
        self.sheet.words(self.row, NAME, name, "code")
        self.row += 1
        return self.sheet.book.define(name, place)


def _rates(writer: _Rows, model: WorkbookModel) -> tuple[str, ...]:
    """One named rate for each run of equal rates in the schedule."""
    text = writer.sheet.book.language.text
    names: list[str] = []
    for year, rate in enumerate(model.discount_rates, 1):
        if year > 1 and isclose(rate, model.discount_rates[year - 2], rel_tol=NOISE):
            names.append(names[-1])
            continue
        name = "Discount_rate" if not names else f"Discount_rate_from_year_{year}"
        title = text(msgid("Discount rate from year {year}"), year=year)
        names.append(writer.value(title, rate, name, style="percent", unit=msgid("a year, real")))
    return tuple(names)


def _general(writer: _Rows, model: WorkbookModel) -> None:
    text = writer.sheet.book.language.text
    setup = text(msgid("Set-up cost, part of the first two years' planned saving"))
    writer.range(setup, model.setup_share, "Setup_share")
    pair = text(msgid("Coordination, each pair, part of the mean partner's addressable cost at full integration"))
    writer.value(pair, model.pair_rate, "Pair_rate", style="percent", unit=msgid("a year"))
    fixed = text(msgid("Coordination, each group, whatever its size"))
    writer.value(fixed, model.fixed_coordination, "Fixed_coordination", style="money", unit=msgid("pounds a year"))
    unlike = text(msgid("Coordination at unlikeness 1, part of the mean partner's cost at full integration"))
    writer.value(unlike, model.unlikeness_rate, "Unlikeness_rate", style="percent", unit=msgid("a year"))
    size = text(msgid("Number of partners that the saving ranges were stated for"))
    writer.value(size, REFERENCE_SIZE, "Reference_size", style="number", unit=msgid("partners"))


def _phasing(writer: _Rows, model: WorkbookModel) -> None:
    """The phasing year by year: what each year adds, what is reached by then, and what is paid."""
    sheet, text = writer.sheet, writer.sheet.book.language.text
    benefits, costs = model.phasing.benefits, model.phasing.costs
    years = max(len(benefits), len(costs), 2)
    first = writer.row + 2
    titles = (msgid("Phasing"), msgid("Saving added"), msgid("Saving reached"), msgid("Set-up paid"))
    sheet.headers(first - 1, tuple(map(text, titles)))
    for place in range(years):
        row = first + place
        sheet.say(row, 0, msgid("Year {number} of the change"), number=place + 1)
        sheet.number(row, 1, benefits[place] if place < len(benefits) else 0.0, "percent input")
        reached = f"SUM({here(first, 1, row_fixed=True)}:{here(row, 1)})"
        sheet.formula(row, 2, reached, float(np.sum(benefits[: place + 1])), "percent")
        sheet.number(row, 3, costs[place] if place < len(costs) else 0.0, "percent input")
    last = first + years - 1
    sheet.book.define("Saving_reached", sheet.span((first, 2), (last, 2)))
    sheet.book.define("Setup_paid", sheet.span((first, 3), (last, 3)))
    writer.row = last + 1
    title = text(msgid("Saving planned for the first two years, in years of the full saving"))
    formula = "INDEX(Saving_reached,1)+INDEX(Saving_reached,2)"
    value = model.phasing.first_two_years
    writer.calculated(title, formula, value, "First_two_years", style="factor", unit=msgid("years"))


def _services(writer: _Rows, model: WorkbookModel) -> None:
    text, words = writer.sheet.book.language.text, writer.sheet.book.language.words
    for service in model.services:
        writer.heading(words(service.name))
        cap = here(writer.row, HIGH)
        title = text(msgid("Saving at full integration, part of addressable cost"))
        writer.range(title, service.saving, name_of("Saving", service.key))
        title, name = text(msgid("Highest saving allowed")), name_of("Cap", service.key)
        writer.calculated(title, cap, service.saving.high, name, style="percent", unit=msgid("of addressable cost"))
        _curve(writer, service, model)
        title, name = text(msgid("Part of the plan that is delivered")), name_of("Delivery", service.key)
        writer.value(title, service.delivery, name, style="percent", unit=msgid("of the planned saving"))
        title, name = text(msgid("Delay of the saving")), name_of("Delay", service.key)
        writer.value(title, service.delay_months, name, style="number", unit=msgid("months"))


NO_LIMIT = 1e15
"""Stands for the efficient size where none is known: no group is as large."""


def volume_name(service: str, partner: str) -> str:
    """The name in formulas of a partner's volume of a service that is priced by a scale curve."""
    return name_of("Volume", f"{service}_{partner}")


def _curve(writer: _Rows, service: ServiceInputs, model: WorkbookModel) -> None:
    """The scale curve of a service that is priced by one: elasticity, efficient size, the volume of each partner."""
    curve, text = service.curve, writer.sheet.book.language.text
    if curve is None:
        return
    title = text(msgid("Elasticity of cost to volume: below 1 size saves"))
    writer.value(title, curve.elasticity, name_of("Elasticity", service.key), style="factor", unit=msgid("power"))
    title, size = text(msgid("Volume from which on size saves nothing more")), curve.efficient_size or NO_LIMIT
    writer.value(title, size, name_of("Efficient_size", service.key), style="number", unit=msgid("units"))
    for partner in model.partners:
        if partner.code in curve.volumes:
            title = text(msgid("Volume of {partner}"), partner=partner.name)
            volume = curve.volumes[partner.code]
            writer.value(title, volume, volume_name(service.key, partner.code), style="number", unit=msgid("units"))


def _sources(writer: _Rows, rows: Sequence[AssumptionRow]) -> None:
    """The paper's table of assumptions: where each value comes from, and what is judgement."""
    sheet = writer.sheet
    shown = worded(assumption_table(rows), sheet.book.language)
    row = writer.row + 2
    sheet.words(row, 0, shown.title, "heading")
    sheet.words(row + 1, 0, shown.caption, "note")
    sheet.headers(row + 2, shown.headers, words=len(shown.headers))
    for place, cells in enumerate(shown.rows, row + 3):
        for column, cell in enumerate(cells):
            sheet.words(place, column, cell.text)
