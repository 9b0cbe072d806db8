"""Invest to save: what is owed to a fund each year, and what is left of a project's saving for the budget; cash."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.repayment import Repayment, repaid_from_savings, repaid_level
from consortia.appraisal.views import RECURRENT, Fund, net_of
from consortia.findings import Finding, Place, Severity
from consortia.report.tables import NOMINAL, Column, Table
from consortia.report.words import Absent, Cell, Message, Quantity, msgid, say
from consortia.run.programme.appraised import Appraised
from consortia.study import Definition
from consortia.study.project_findings import active_projects
from consortia.study.projects import Funding, Project

HALF_A_POUND = 0.5


def repayment_table(found: Appraised) -> Table:
    """Every funding that is to be paid back, year by year, beside what the project saves for who borrowed."""
    rows = [row for project, one in _loans(found) for row in _rows(found, project, one)]
    years = found.compiled.frame.years
    return Table(
        "repayments",
        msgid("Invest to save: repayment and what is left for the budget"),
        msgid(
            "From the year after the last money was lent: level payments whatever has been saved by then, or a part of "
            "each year's saving until nothing is owed."
        ),
        (
            Column("project", msgid("Project")),
            Column("funding", msgid("Funding")),
            Column("year", msgid("Year"), "year"),
            Column("owed", msgid("Owed at the start"), "money"),
            Column("interest", msgid("Interest"), "money"),
            Column("payment", msgid("Payment"), "money"),
            Column("saving", msgid("Saving less running costs"), "money"),
            Column("left", msgid("Left for the budget"), "money"),
        ),
        tuple(rows),
        notes=(
            msgid("Central case: where less is saved than planned, a level payment is still due."),
            *lent_in_cash(found),
            *_ends(found),
            *_interest(found),
        ),
        period=say(msgid("{first} to {last}"), first=years[0], last=years[-1]),
        price_base=NOMINAL,
    )


def lent_in_cash(found: Appraised) -> tuple[Message, ...]:
    """That what a project states in prices of the base year is another amount in cash, and how to state it in cash."""
    years = [year for project, one in _loans(found) if project.prices == "real" for year in one.amounts]
    if all(found.compiled.frame.place(year) == 0 for year in years):
        return ()
    told = msgid(
        "What is lent is stated in prices of {year}, and is more in the cash of a later year. A project with "
        "`prices: nominal` states all its amounts in cash."
    )
    return (say(told, year=found.definition.base_year),)


def _ends(found: Appraised) -> Iterator[Message]:
    """When nothing is owed any more, or that something still is."""
    for project, one in _loans(found):
        first, loan, _ = repayment_of(found, project, one)
        if loan.repaid_in is None:
            yield say(msgid("{title}: not repaid within the years appraised."), title=one.title)
        else:
            year = found.compiled.frame.years[first + loan.repaid_in - 1]
            yield say(msgid("{title}: repaid in {year}."), title=one.title, year=year)


def _interest(found: Appraised) -> Iterator[Message]:
    """What interest the funds take, which no other figure has but the plan and the gap."""
    interest = sum(repayment_of(found, project, one)[1].interest for project, one in _loans(found))
    if interest > 0:
        told = msgid(
            "Interest over these years, {amount} in cash, is in the plan and the gap, not in net present value."
        )
        yield say(told, amount=Quantity(interest, "money"))


def owed_findings(found: Appraised, *, file: str) -> Iterator[Finding]:
    """A warning for each fund that is still owed something at the end of the years appraised."""
    for project, one in _loans(found):
        _, loan, _ = repayment_of(found, project, one)
        owed = loan.instalments[-1].closing if loan.instalments else sum(_lent(found, project, one).values())
        if owed > HALF_A_POUND:
            yield Finding(
                "fund-still-owed",
                Severity.WARNING,
                "'{part}' is still owed £{amount} in cash at the end of {last}, the last year that is appraised.",
                "Appraise more years (`horizon_years`), or repay it sooner.",
                Place(file, cell=f"projects.{project.key}.funding.{one.key}"),
                (("part", one.key), ("amount", f"{owed:,.0f}"), ("last", found.compiled.frame.years[-1])),
            )


def repayment_of(found: Appraised, project: Project, one: Funding) -> tuple[int, Repayment, FloatArray]:
    """The first year of payment, the repayment, and the project's saving in cash from then on."""
    frame = found.compiled.frame
    lent = sum(_lent(found, project, one).values())
    first = max(frame.place(year) for year in one.amounts) + 1
    flows = found.flows(project=project.key, partner=one.partner or None)
    savings = found.in_cash(net_of(flows, RECURRENT))[first:]
    yearly = [float(saving) for saving in savings]
    if one.repaid_share:
        return first, repaid_from_savings(lent, rate=one.rate, share=one.repaid_share, savings=yearly), savings
    return first, repaid_level(lent, years=one.repaid_over, rate=one.rate, savings=yearly), savings


def fund_of(found: Appraised, partner: str | None = None) -> Fund | None:
    """What funds lend and are paid back in each year, of a partner or of all, central case; None where none lends."""
    loans = tuple(_loans(found))
    if not loans:
        return None
    lent, repaid = (np.zeros(found.compiled.frame.horizon + 1) for _ in range(2))
    for project, one in loans:
        part = found.compiled.frame.split(project, {}, one.partner)
        weight = part.get(partner, 0.0) if partner else 1.0
        for year, amount in _lent(found, project, one).items():
            if 0 <= found.compiled.frame.place(year) < lent.size:
                lent[found.compiled.frame.place(year)] += amount * weight
        first, loan, _ = repayment_of(found, project, one)
        for instalment in loan.instalments:
            repaid[first + instalment.year - 1] += instalment.payment * weight
    return Fund(lent, repaid)


def draws_on_reserves(definition: Definition) -> bool:
    """Whether a partner pays one-off costs from money of its own that nobody is paid back."""
    return any(one.partner and not one.repaid for project in active_projects(definition) for one in project.funding)


def _lent(found: Appraised, project: Project, one: Funding) -> dict[str, float]:
    """What is lent in each year named, cash."""
    cash = project.prices == "nominal"
    price = found.compiled.frame.price_of
    return {year: float(amount) * (1.0 if cash else price(year)) for year, amount in one.amounts.items()}


def _loans(found: Appraised) -> Iterator[tuple[Project, Funding]]:
    for project in active_projects(found.definition):
        yield from ((project, one) for one in project.funding if one.repaid)


def _rows(found: Appraised, project: Project, one: Funding) -> Iterator[tuple[Cell, ...]]:
    first, loan, savings = repayment_of(found, project, one)
    for instalment, saving, left in zip(loan.instalments, savings, loan.net_saving, strict=True):
        if instalment.opening > 0 or instalment.payment > 0:
            year = found.compiled.frame.years[first + instalment.year - 1]
            owed = instalment.opening, instalment.interest, instalment.payment
            yield project.title, one.title or Absent.NOT_APPLICABLE, year, *owed, float(saving), left
