"""What the documents state beside the appraisal, held against itself: outturns, counts, shares, funding, unit rates."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from consortia.appraisal.implied import check_rate, implied_total, in_common, reconciled
from consortia.errors import ConsortiaError
from consortia.findings import Finding, Place, Severity
from consortia.report.tables import NOMINAL, Column, Table
from consortia.report.words import Absent, Cell, Message, Quantity, msgid, say
from consortia.run.programme.claims import claim_findings, claims_table
from consortia.run.programme.inputs import central_of
from consortia.run.programme.learned import learned_table
from consortia.run.programme.leavers import (
    leavers_of,
    misdated_findings,
    notice_findings,
    redundancy_paid,
    strain_findings,
    strain_paid,
    unpaid_findings,
    unprovided_findings,
)
from consortia.run.programme.stopping import stopping_findings
from consortia.run.programme.workings import one_off_total
from consortia.study import Definition
from consortia.study.effects import UnitsEffect
from consortia.study.finding_titles import in_titles
from consortia.study.project_findings import active_projects
from consortia.study.projects import OneOff, Project, Redundancy
from consortia.study.workings import Worked

VARIANCES = {
    "timing": msgid("timing"),
    "contract": msgid("contract"),
    "ict": msgid("ICT"),
    "estimate": msgid("estimate"),
    "project_control": msgid("control of the project"),
    "demand": msgid("demand"),
    "other": msgid("other"),
}
HAIR = 0.005


def stated_tables(definition: Definition) -> tuple[Table, ...]:
    """The tables that the projects have entries for."""
    tables = (
        _outturns(definition), learned_table(definition), _counts(definition), _uptakes(definition),
        _funding(definition), claims_table(definition),
    )  # fmt: skip
    return tuple(table for table in tables if table.rows)


def _years(definition: Definition) -> Message:
    last = definition.year.plus(definition.horizon_years)
    return say(msgid("{first} to {last}"), first=definition.base_year, last=str(last))


def _outturns(definition: Definition) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            project.title, one.year, one.title or one.item or Absent.NOT_APPLICABLE, _known(one.planned),
            _known(one.delivered), _known(one.short), float(one.recovered), VARIANCES[one.why] if one.why else "",
        )
        for project in active_projects(definition)
        for one in project.outturns
    ]  # fmt: skip
    return Table(
        "outturns",
        msgid("Planned and delivered"),
        msgid(
            "As the source states it, cash of each year; what was found elsewhere since stands beside what was missed."
        ),
        (
            Column("project", msgid("Project")),
            Column("year", msgid("Year"), "year"),
            Column("item", msgid("Part")),
            Column("planned", msgid("Planned"), "money"),
            Column("delivered", msgid("Delivered"), "money"),
            Column("difference", msgid("Difference"), "money"),
            Column("recovered", msgid("Found since"), "money"),
            Column("why", msgid("Why")),
        ),
        tuple(rows),
        notes=tuple(_summaries(definition)),
        period=_years(definition),
        price_base=NOMINAL,
    )


def _known(amount: Decimal | None) -> Cell:
    return Absent.NOT_KNOWN if amount is None else float(amount)


def _summaries(definition: Definition) -> Iterator[Message]:
    """For each project what is missing, and what is still missing after what was found since: two different numbers."""
    for project in active_projects(definition):
        known = [one for one in project.outturns if one.planned and one.delivered is not None]
        planned, missed = sum(float(one.planned or 0) for one in known), sum(-float(one.short or 0) for one in known)
        left = missed - sum(float(one.recovered) for one in known)
        if planned and missed > 0:
            yield say(
                msgid("{project}: {missed} of what was planned was not delivered; {left} after what was found since."),
                project=project.title,
                missed=_percent(missed / planned),
                left=_percent(left / planned),
            )


def _percent(part: float) -> str:
    return f"{part:.1%}"


def _counts(definition: Definition) -> Table:
    rows = [
        (
            one.title,
            ", ".join(f"{name} {part:,.12g}" for name, part in one.parts.items()),
            sum(one.parts.values()),
            one.total,
        )
        for project in active_projects(definition)
        for one in project.counts
    ]
    return Table(
        "counts",
        msgid("Counts that must add up"),
        msgid("Parts, their sum, and the total that is stated."),
        (
            Column("what", msgid("What is counted")),
            Column("parts", msgid("Parts")),
            Column("sum", msgid("Sum"), "number"),
            Column("total", msgid("Stated"), "number"),
        ),
        tuple(rows),
    )


def _uptakes(definition: Definition) -> Table:
    rows = [
        (
            one.item, one.date, _or_unknown(one.count), _or_unknown(one.share), one.target or Absent.NOT_APPLICABLE,
            implied_total(one.count, share=one.share).total if one.count and one.share else Absent.NOT_APPLICABLE,
        )
        for project in active_projects(definition)
        for one in project.uptakes
    ]  # fmt: skip
    return Table(
        "uptakes",
        msgid("Uptake"),
        msgid("A count with its share of all implies a total: hold the totals against each other."),
        (
            Column("item", msgid("What is counted")),
            Column("date", msgid("When")),
            Column("count", msgid("Count"), "number"),
            Column("share", msgid("Share"), "percent"),
            Column("target", msgid("Target"), "percent"),
            Column("total", msgid("Implied total"), "number"),
        ),
        tuple(rows),
    )


def _or_unknown(value: float | None) -> Cell:
    return Absent.NOT_KNOWN if value is None else value


def _funding(definition: Definition) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for project in (one for one in active_projects(definition) if one.funding):
        rows += [(project.title, one.title, _sum(one.amounts)) for one in project.funding]
        rows.append((project.title, msgid("Cost to be funded"), one_off_cost(project)))
        rows.append((project.title, msgid("Not funded"), one_off_cost(project) - funded(project)))
    return Table(
        "funding",
        msgid("Who pays for it"),
        msgid("Sources of money beside the one-off costs that they are for."),
        (
            Column("project", msgid("Project")),
            Column("source", msgid("Source of money")),
            Column("amount", msgid("Amount"), "money"),
        ),
        tuple(rows),
        notes=tuple(_by_statute(definition)),
        period=_years(definition),
        price_base=definition.base_year,
    )


def _by_statute(definition: Definition) -> Iterator[Message]:
    """What leavers of funded projects are paid, which no project states as an amount: left out above, and named."""
    for project in (one for one in active_projects(definition) if one.funding):
        bill = leavers_bill(project, definition)
        if bill > HAIR:
            yield say(
                msgid("{project}: redundancy and pension strain, {amount} in cash, are not in the cost to be funded."),
                project=project.title,
                amount=Quantity(bill, "money"),
            )


def leavers_bill(project: Project, definition: Definition) -> float:
    """Redundancy pay and the known pension strain of all leavers of a project, cash."""
    bills = [
        redundancy_paid(cost, leavers) + sum(strain_paid(cost, leavers).values())
        for cost in project.costs
        if isinstance(cost, Redundancy)
        for leavers in (leavers_of(cost, definition),)
    ]
    return sum(bills)


def _sum(amounts: dict[str, Decimal]) -> float:
    return float(sum(amounts.values()))


def one_off_cost(project: Project) -> float:
    """The one-off costs that a project states, receipts left out; pounds as stated."""
    costs = [one for one in project.costs if not isinstance(one, Redundancy)]
    return sum(_once(one) * central_of(one.times) * one.chance for one in costs)


def _once(cost: OneOff | Worked) -> float:
    if not isinstance(cost, OneOff):
        return one_off_total(cost)
    return 0.0 if cost.running or cost.kind == "receipt" else _sum(cost.amounts)


def funded(project: Project) -> float:
    """What the sources of money come to; pounds as stated."""
    return sum(_sum(one.amounts) for one in project.funding)


def stated_findings(definition: Definition, *, file: str = "study.yaml") -> tuple[Finding, ...]:
    """Where what is stated does not fit: funding short of its cost, counts that do not add up, rates out of reach."""
    found: list[Finding] = []
    for project in active_projects(definition):
        place = f"projects.{project.key}"
        found += _unfunded(project, leavers_bill(project, definition), Place(file, cell=f"{place}.funding"))
        found += [
            _uneven(one.title.en, one.title.in_language("cy"), sum(one.parts.values()), one.total,
                    Place(file, cell=f"{place}.counts.{one.key}"))
            for one in project.counts
            if not reconciled(tuple(one.parts.values()), stated=one.total).agrees
        ]  # fmt: skip
        found += _moving_totals(project, Place(file, cell=f"{place}.uptakes"))
        found += [
            finding
            for effect in project.effects
            if isinstance(effect, UnitsEffect)
            for finding in _far_off(effect, Place(file, cell=f"{place}.effects.{effect.key}.unit_cost"))
        ]
    for leaving in (
        strain_findings, notice_findings, misdated_findings, unpaid_findings, unprovided_findings, stopping_findings,
    ):  # fmt: skip
        found += leaving(definition, file=file)
    return in_titles((*found, *claim_findings(definition, file=file)), definition)


def _unfunded(project: Project, bill: float, place: Place) -> Iterator[Finding]:
    """What is over may pay for leavers, whose bill is in cash and stands apart from the cost that is stated."""
    over = funded(project) - one_off_cost(project)
    if not project.funding:
        return
    named = (("project", project.key), ("funded", f"{funded(project):,.0f}"), ("cost", f"{one_off_cost(project):,.0f}"))
    if over < -HAIR:
        yield Finding(
            "funding-short",
            Severity.WARNING,
            "'{project}' costs £{cost}, but the money named for it comes to £{funded}: £{missing} of its cost "
            "has no money named for it.",
            "Name the source that is missing; if amounts were only rounded, state them to the pound.",
            place,
            (*named, ("missing", f"{-over:,.0f}")),
        )
    if bill > max(over, 0.0) + HAIR:
        yield Finding(
            "redundancy-unfunded",
            Severity.WARNING,
            "Redundancy and pension strain of '{project}' come to £{bill} in cash, of which £{missing} has no money "
            "named for it.",
            "Name in `funding` who pays the leavers; a partner's own budget is a source too.",
            place,
            (("project", project.key), ("bill", f"{bill:,.0f}"), ("missing", f"{bill - max(over, 0.0):,.0f}")),
        )
    elif over - bill > HAIR:
        yield Finding(
            "funding-over",
            Severity.WARNING,
            "The money for '{project}' comes to £{funded}, £{over} more than its cost and its leavers take.",
            "Correct the amounts, or say what the rest is for.",
            place,
            (*named, ("over", f"{over - bill:,.0f}")),
        )


def _moving_totals(project: Project, place: Place) -> Iterator[Finding]:
    """Counts with their share of all that no single total fits, however the shares were rounded."""
    for item in dict.fromkeys(one.item for one in project.uptakes):
        totals = [
            implied_total(one.count, share=one.share)
            for one in project.uptakes
            if one.item == item and one.count and one.share
        ]
        if len(totals) > 1 and in_common(totals) is None:
            yield Finding(
                "totals-differ",
                Severity.NOTE,
                "Counts and shares of '{item}' imply totals from {low} to {high}: no single total fits them all.",
                "Ask whether demand moved, or whether a count or share is wrong.",
                place,
                (
                    ("item", item),
                    ("low", f"{min(one.total for one in totals):,.0f}"),
                    ("high", f"{max(one.total for one in totals):,.0f}"),
                ),
            )


def _uneven(english: str, welsh: str, parts: float, total: float, place: Place) -> Finding:
    return Finding(
        "count-uneven",
        Severity.WARNING,
        "{what}: the parts add up to {parts}, and {total} is stated.",
        "Find out which of them is right.",
        place,
        (("what", (english, welsh)), ("parts", f"{parts:,.12g}"), ("total", f"{total:,.12g}")),
    )


def _far_off(effect: UnitsEffect, place: Place) -> Iterator[Finding]:
    if effect.known_unit_cost is None:
        return
    if not effect.known_unit_cost > 0:
        raise ConsortiaError(f"The known cost of a unit must be above zero [{place}].", remedy="Correct it.")
    check = check_rate(central_of(effect.unit_cost), units=1.0, known=float(effect.known_unit_cost))
    if check.query:
        yield Finding(
            "unit-rate",
            Severity.WARNING,
            "Each unit is said to save £{implied}, {times} times the known £{known}.",
            "Ask what the saving is made of before it is relied on.",
            place,
            (("implied", f"{check.implied:,.2f}"), ("times", f"{check.ratio:.1f}"), ("known", f"{check.known:,.2f}")),
        )
