"""Percentages that papers claim, each held against every reading of it: the reader must be told which is meant."""

from __future__ import annotations

from collections.abc import Iterator

from consortia.appraisal.headlines import ImpliedBudget, implied_budgets
from consortia.findings import Finding, Place, Severity
from consortia.report.tables import NOMINAL, Column, Table
from consortia.report.words import Absent, Cell, msgid
from consortia.run.programme.headline_table import READINGS
from consortia.study import Definition
from consortia.study.definition import StatedClaim


def claims_table(definition: Definition) -> Table:
    """The yearly budget that each claim of the study implies in each reading; no rows where it states none."""
    return Table(
        "claims",
        msgid("What a claimed percentage implies"),
        msgid("The yearly budget behind a cumulative sum and a percentage, by what the percentage would be of."),
        (
            Column("claim", msgid("Claim")),
            Column("reading", msgid("Reading")),
            Column("budget", msgid("Implied budget a year"), "money"),
            Column("parts", msgid("Part saved in each year")),
            Column("declared", msgid("As declared")),
        ),
        tuple(_row(claim, implied) for claim in definition.claims for implied in _implied(claim)),
        period=msgid("a full year"),
        price_base=NOMINAL,
    )


def claim_findings(definition: Definition, *, file: str) -> Iterator[Finding]:
    """Claims that do not say what their percentage is of, or whether costs are taken off."""
    for claim in definition.claims:
        if claim.reading is None or claim.net is None:
            budgets = [one.budget for one in _implied(claim)]
            yield Finding(
                "claim-undeclared",
                Severity.WARNING,
                "'{claim}' does not say what its percentage is of, or whether costs are taken off: it implies budgets "
                "from £{low} to £{high} a year.",
                "Declare `reading` and `net` as the paper means them, or ask whoever claims it.",
                Place(file, cell=f"claims.{claim.key}.{'reading' if claim.reading is None else 'net'}"),
                (
                    ("claim", (claim.title.en, claim.title.in_language("cy"))),
                    ("low", f"{min(budgets):,.0f}"),
                    ("high", f"{max(budgets):,.0f}"),
                ),
            )


def _implied(claim: StatedClaim) -> tuple[ImpliedBudget, ...]:
    return implied_budgets(float(claim.cumulative), part=claim.part, years=claim.years)


def _row(claim: StatedClaim, implied: ImpliedBudget) -> tuple[Cell, ...]:
    parts = ", ".join(f"{part:.0%}" for part in implied.yearly_parts)
    declared = msgid("yes") if claim.reading == implied.reading else Absent.NOT_APPLICABLE
    return claim.title, READINGS[implied.reading], implied.budget, parts, declared
