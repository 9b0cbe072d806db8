"""The sheet of groups: for each chosen group its cost, its saving once complete, set-up and coordination."""

from __future__ import annotations

from dataclasses import dataclass

from consortia.report.words import msgid
from consortia.report.workbook.assumptions import level_name, volume_name
from consortia.report.workbook.baseline import Places
from consortia.report.workbook.sheet import Book, Sheet, here, name_of
from consortia.report.workbook_model import CentralCase, WorkbookModel

HEAD = 3
(SERVICE, MEMBERS, LEVEL, START, COUNT, COST, SIZE, DEPTH, RATE, PLANNED, DELIVERY, DELAY, SETUP, UNLIKENESS,
 COORDINATION, WORTH) = range(16)  # fmt: skip
TITLES = (
    msgid("Service"),
    msgid("Members"),
    msgid("Level of joint working"),
    msgid("First year of change"),
    msgid("Number of members"),
    msgid("Addressable cost a year"),
    msgid("Part of the range that a group of this size sees, or saved by the scale curve"),
    msgid("Part reached at this level"),
    msgid("Saving rate"),
    msgid("Planned saving a year"),
    msgid("Part of the plan that is delivered"),
    msgid("Delay, months"),
    msgid("Set-up cost"),
    msgid("Unlikeness of its members, 0 to 1"),
    msgid("Coordination a year"),
    msgid("Net saving, present value"),
)


@dataclass(frozen=True)
class GroupPlace:
    """Where a group's values stand: addresses that the cash flows use."""

    row: int
    start: str
    count: str
    cost: str
    planned: str
    delivery: str
    delay: str
    setup: str
    coordination: str


@dataclass(frozen=True)
class GroupPlaces:
    """The sheet, and the place of each group in the order of the model."""

    sheet: Sheet
    groups: tuple[GroupPlace, ...]


def write_groups(book: Book, model: WorkbookModel, baseline: Places) -> GroupPlaces:
    """Writes the sheet but for the last column, which the cash flows fill in."""
    sheet = Sheet.add(book, msgid("Groups"))
    sheet.columns(SERVICE, LEVEL, 28)
    sheet.columns(START, WORTH, 14)
    sheet.page.freeze_panes(HEAD + 1, 1)
    sheet.say(0, 0, msgid("The groups that are proposed"), "title")
    sheet.say(1, 0, msgid("Pounds in {year} prices (real); the central case."), "note", year=model.base_year)
    sheet.headers(HEAD, tuple(map(book.language.text, TITLES)), words=START)
    rows = enumerate(map(model.central_case, model.groups), HEAD + 1)
    return GroupPlaces(sheet, tuple(_group(sheet, row, case, baseline) for row, case in rows))


def _group(sheet: Sheet, row: int, case: CentralCase, baseline: Places) -> GroupPlace:
    _labels(sheet, row, case)
    service, put = case.service, sheet.formula
    start = sheet.number(row, START, case.group.start, "year input")
    count = sheet.number(row, COUNT, len(case.group.members), "year")
    cells = "+".join(baseline[service.key, member] for member in case.group.members)
    cost = put(row, COST, cells, case.cost, "money")
    _size(sheet, row, case, baseline)
    put(row, DEPTH, level_name(case.group.level), case.group.level_factor, "percent")
    full = here(row, SIZE) if service.curve else f"{name_of('Saving', service.key)}*{here(row, SIZE)}"
    capped = f"MIN({full},{name_of('Cap', service.key)})"
    put(row, RATE, f"{here(row, DEPTH)}*{capped}", case.rate, "percent")
    planned = put(row, PLANNED, f"{here(row, RATE)}*{here(row, COST)}", case.planned, "money")
    delivery = put(row, DELIVERY, name_of("Delivery", service.key), service.delivery, "percent")
    delay = put(row, DELAY, name_of("Delay", service.key), service.delay_months, "number")
    setup = put(row, SETUP, f"Setup_share*First_two_years*MAX({here(row, PLANNED)},0)", case.setup, "money")
    sheet.number(row, UNLIKENESS, case.group.unlikeness, "factor input")
    count_at, unlike = here(row, COUNT), here(row, UNLIKENESS)
    part = f"(Pair_rate*{count_at}*({count_at}-1)/2+Unlikeness_rate*{unlike})"
    formula = f"Fixed_coordination+{here(row, DEPTH)}*{part}*{here(row, COST)}/{count_at}"
    coordination = put(row, COORDINATION, formula, case.coordination, "money")
    return GroupPlace(row, start, count, cost, planned, delivery, delay, setup, coordination)


def _size(sheet: Sheet, row: int, case: CentralCase, baseline: Places) -> None:
    """What size does: the part of the range by the number of members, or the saving by the scale curve."""
    key = case.service.key
    if case.service.curve is None:
        formula = f"(1-1/{here(row, COUNT)})/(1-1/Reference_size)"
        sheet.formula(row, SIZE, formula, case.size, "factor")
        return
    volumes = {member: volume_name(key, member) for member in case.group.members}
    limit, power = name_of("Efficient_size", key), f"({name_of('Elasticity', key)}-1)"
    together = f"MIN({'+'.join(volumes.values())},{limit})"
    spent = "+".join(
        f"{baseline[key, member]}*({together}/MIN({volume},{limit}))^{power}" for member, volume in volumes.items()
    )
    sheet.formula(row, SIZE, f"1-({spent})/{here(row, COST)}", case.curve_rate, "factor")


def _labels(sheet: Sheet, row: int, case: CentralCase) -> None:
    words, model = sheet.book.language.words, case.model
    names = [words(model.partners[model.place(code)].name) for code in case.group.members]
    for column, text in ((SERVICE, words(case.service.name)), (MEMBERS, ", ".join(names))):
        sheet.words(row, column, text)
    sheet.words(row, LEVEL, words(case.group.level))
