"""From costs given by what they are made of to their yearly amounts, by the named sums of the appraisal room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from consortia.appraisal import contract_terms, one_off
from consortia.appraisal.home import Home
from consortia.appraisal.streams import Stream
from consortia.periods import FinancialYear
from consortia.study.workings import (
    ByTheMonth,
    EarlyExit,
    EndingTogether,
    LostVat,
    OfficeMove,
    PartialExemption,
    PayLift,
    StrandedOverheads,
    SystemWork,
    Worked,
)

LONGEST = 60
"""Years that the sum of a cost by itself looks at."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Years counted from a base year, and how many are looked at."""

    base: FinancialYear
    horizon: int

    def place(self, year: str) -> int:
        """Years from the base year."""
        return FinancialYear.parse(year).start - self.base.start

    def placed(self, amounts: Mapping[str, Decimal]) -> dict[int, float]:
        """Amounts by years from the base year."""
        return {self.place(year): float(amount) for year, amount in amounts.items()}

    def held(self, amounts: Mapping[str, Decimal], *, then: str) -> dict[int, float]:
        """The amounts, each held until the next that is named; the last goes on to the horizon, or it stops."""
        named = self.placed(amounts)
        last = max(named) if then == "stop" else max(self.horizon, *named)
        return {t: named[max(one for one in named if one <= t)] for t in range(min(named), last + 1)}

    def stated_in(self, cost: Worked) -> list[int]:
        """For each year the one in whose cash an amount of it is stated: what goes on keeps the value it had last."""
        named = sorted(map(self.place, _goes_on_from(cost)))
        return [max((one for one in named if one <= t), default=t) for t in range(self.horizon + 1)]


def worked_streams(cost: Worked, calendar: Calendar) -> tuple[Stream, ...]:
    """What a cost comes to in each year, as streams of nobody: whole, before it is split among partners."""
    home = Home(project="", partner="", horizon=calendar.horizon)
    if isinstance(cost, SystemWork):
        return _system(cost, calendar, home)
    if isinstance(cost, ByTheMonth):
        first, pounds = calendar.place(cost.first), float(cost.cost_a_year)
        return (one_off.by_the_month(cost.key, home=home, cost_a_year=pounds, first=first, months=cost.months),)
    if isinstance(cost, PayLift):
        return (_pay(cost, calendar, home),)
    if isinstance(cost, LostVat):
        charge = calendar.held(cost.charge, then=cost.then)
        rates = {"vat_rate": cost.vat_rate, "recoverable": cost.recoverable}
        return (one_off.irrecoverable_vat(cost.key, home=home, charge=charge, **rates),)
    if isinstance(cost, PartialExemption):
        return (_exempt(cost, calendar, home),)
    if isinstance(cost, StrandedOverheads):
        first, pounds = calendar.place(cost.first), float(cost.recharge)
        return (one_off.stranded_overheads(cost.key, home=home, recharge=pounds, first=first, left=cost.left),)
    if isinstance(cost, EndingTogether):
        months = {calendar.place(year): number for year, number in cost.extended.items()}
        premium = float(cost.premium)
        return contract_terms.coterminous_extension(cost.key, home=home, months=months, premium=premium).streams
    return (_leaving(cost, calendar, home),)


def one_off_total(cost: Worked) -> float:
    """What a cost comes to once, over all years; pounds as stated."""
    streams = worked_streams(cost, Calendar(_first_year(cost), LONGEST))
    return sum(sum(stream.planned) for stream in streams if stream.kind == "one_off_cost")


def _goes_on_from(cost: Worked) -> Iterable[str]:
    """The years in whose money a cost that goes on is stated; none for what ends by itself."""
    if isinstance(cost, LostVat | PartialExemption):
        return cost.charge if isinstance(cost, LostVat) else cost.exempt_tax
    if isinstance(cost, SystemWork):
        return cost.spread
    return (cost.transfer,) if isinstance(cost, PayLift) else ()


def _system(cost: SystemWork, calendar: Calendar, home: Home) -> tuple[Stream, ...]:
    change = one_off.SystemChange(
        licences=float(cost.licences),
        implementation=float(cost.implementation),
        migration=float(cost.migration),
        training=float(cost.training),
        contingency=cost.contingency,
        running=float(cost.running),
    )
    spread = {calendar.place(year): part for year, part in cost.spread.items()}
    return one_off.system_change(cost.key, home=home, change=change, spread=spread)


def _exempt(cost: PartialExemption, calendar: Calendar, home: Home) -> Stream:
    return one_off.partial_exemption(
        cost.key,
        home=home,
        exempt_tax=calendar.held(cost.exempt_tax, then=cost.then),
        today=float(cost.today),
        total_tax=float(cost.total_tax),
        limit=cost.limit,
    )


def _pay(cost: PayLift, calendar: Calendar, home: Home) -> Stream:
    points = [one_off.PayPoint(pay=float(one.pay), fte=one.fte, on_cost=one.on_cost) for one in cost.groups]
    transfer = calendar.place(cost.transfer)
    return one_off.pay_alignment(cost.key, home=home, points=points, transfer=transfer, phase=cost.phase)


def _leaving(cost: EarlyExit | OfficeMove, calendar: Calendar, home: Home) -> Stream:
    year = calendar.place(cost.year)
    if isinstance(cost, OfficeMove):
        move = one_off.Move(
            desks=cost.desks,
            cost_per_desk=float(cost.cost_per_desk),
            fit_out=float(cost.fit_out),
            dilapidations=float(cost.dilapidations),
        )
        return one_off.accommodation(cost.key, home=home, year=year, move=move)
    return one_off.contract_exit(
        cost.key,
        home=home,
        year=year,
        monthly=float(cost.monthly),
        months_left=cost.months_left,
        part_due=cost.part_due,
        fee=float(cost.fee),
    )


def _first_year(cost: Worked) -> FinancialYear:
    named = [
        *(getattr(cost, name) for name in ("first", "year", "transfer") if hasattr(cost, name)),
        *(year for name in ("charge", "exempt_tax", "spread", "extended") for year in getattr(cost, name, ())),
    ]
    return min(map(FinancialYear.parse, named))
