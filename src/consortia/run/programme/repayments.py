"""Invest to save: what is owed to a fund each year, and what is left of a project's saving for the budget; cash."""

from __future__ import annotations

from collections.abc import Iterator

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.repayment import Repayment, repaid_from_savings, repaid_level
from consortia.appraisal.views import RECURRENT, net_of
from consortia.report.tables import NOMINAL, Column, Table
from consortia.report.words import Absent, Cell, Message, msgid, say
from consortia.run.programme.appraised import Appraised
from consortia.study.project_findings import active_projects
from consortia.study.projects import Funding, Project


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
        notes=(msgid("Central case: where less is saved than planned, a level payment is still due."), *_ends(found)),
        period=say(msgid("{first} to {last}"), first=years[0], last=years[-1]),
        price_base=NOMINAL,
    )


def _ends(found: Appraised) -> Iterator[Message]:
    """When nothing is owed any more, or that something still is."""
    for project, one in _loans(found):
        first, loan, _ = repayment_of(found, project, one)
        if loan.repaid_in is None:
            yield say(msgid("{title}: not repaid within the years appraised."), title=one.title)
        else:
            year = found.compiled.frame.years[first + loan.repaid_in - 1]
            yield say(msgid("{title}: repaid in {year}."), title=one.title, year=year)


def repayment_of(found: Appraised, project: Project, one: Funding) -> tuple[int, Repayment, FloatArray]:
    """The first year of payment, the repayment, and the project's saving in cash from then on."""
    frame = found.compiled.frame
    cash = project.prices == "nominal"
    lent = sum(float(amount) * (1.0 if cash else frame.price_of(year)) for year, amount in one.amounts.items())
    first = max(frame.place(year) for year in one.amounts) + 1
    flows = found.flows(project=project.key, partner=one.partner or None)
    savings = found.in_cash(net_of(flows, RECURRENT))[first:]
    yearly = [float(saving) for saving in savings]
    if one.repaid_share:
        return first, repaid_from_savings(lent, rate=one.rate, share=one.repaid_share, savings=yearly), savings
    return first, repaid_level(lent, years=one.repaid_over, rate=one.rate, savings=yearly), savings


def _loans(found: Appraised) -> Iterator[tuple[Project, Funding]]:
    for project in active_projects(found.definition):
        yield from ((project, one) for one in project.funding if one.repaid_over or one.repaid_share)


def _rows(found: Appraised, project: Project, one: Funding) -> Iterator[tuple[Cell, ...]]:
    first, loan, savings = repayment_of(found, project, one)
    for instalment, saving, left in zip(loan.instalments, savings, loan.net_saving, strict=True):
        if instalment.opening > 0 or instalment.payment > 0:
            year = found.compiled.frame.years[first + instalment.year - 1]
            owed = instalment.opening, instalment.interest, instalment.payment
            yield project.title, one.title or Absent.NOT_APPLICABLE, year, *owed, float(saving), left
