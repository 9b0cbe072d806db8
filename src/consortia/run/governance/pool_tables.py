"""Pooled budgets as tables: the account year by year, and who owns what and is owed what when it leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from consortia.delivery.pooled import Ownership, PoolYear, notice_payment, owners, pool_years
from consortia.findings import Finding, Severity, Value, listed, named
from consortia.money import float_pounds
from consortia.reference.level_rules import level_rule
from consortia.report.tables import NOMINAL, Column, Table
from consortia.report.words import Cell, Words, msgid, say
from consortia.run.assumptions import assumptions_of
from consortia.study import Definition, Text
from consortia.study.pooled import PooledBudget

OWNED = {
    "by_contribution": msgid("Balance and common assets belong to the partners by all that they have paid in."),
    "equal": msgid("Balance and common assets belong to the partners in equal parts."),
}


def pool_tables(definition: Definition) -> list[Table]:
    """Two tables for each pooled budget, and one of its joint posts where there are any."""
    found: list[Table] = []
    for pool in definition.partnership.pooled:
        found += [_account(pool, definition), _owners(pool, definition)]
        if pool.posts:
            found.append(_posts(pool, definition))
    return found


def pool_findings(definition: Definition) -> Iterable[Finding]:
    """Overspends, grant that would go back, and budgets that are pooled at a level that does not carry one."""
    for pool in definition.partnership.pooled:
        last = pool_years(pool)[-1]
        name: tuple[str, Value] = ("pool", named(pool.title.en, pool.title.in_language("cy")))
        if last.closing < 0:
            yield Finding(
                "pool-overspent",
                Severity.WARNING,
                "The pooled budget '{pool}' is overspent by {amount} at the end of {year}.",
                "Agree who pays it, in which parts, before the next contributions are asked for.",
                values=(name, ("amount", _pounds(-last.closing)), ("year", last.year)),
            )
        if last.returnable:
            yield Finding(
                "grant-not-spent",
                Severity.NOTE,
                "Of the grants to the pool '{pool}', {amount} is not spent at the end of {year} and would go back.",
                "Spend it on what it was given for, or ask its giver to carry it over.",
                values=(name, ("amount", _pounds(last.returnable)), ("year", last.year)),
            )
        yield from _not_at_level(pool, definition, name)


def _not_at_level(pool: PooledBudget, definition: Definition, name: tuple[str, Value]) -> Iterable[Finding]:
    placed = [one for one in definition.partnership.placements if one.service and one.service in pool.services]
    levels = {one.level for one in placed if one.level != "none"}
    if levels and not any(level_rule(one).pooled_budget for one in levels):
        functions: list[Value] = [named(one.function.en, one.function.in_language("cy")) for one in placed]
        yield Finding(
            "pool-without-level",
            Severity.WARNING,
            "The budget '{pool}' is pooled, but {functions} stand on levels that have no pooled budget.",
            "Place them on full integration, or keep each partner's money apart.",
            values=(name, ("functions", listed(functions))),
        )


def _account(pool: PooledBudget, definition: Definition) -> Table:
    years = pool_years(pool)
    lines: list[tuple[Words, list[int]]] = [(msgid("Balance at the beginning"), [one.opening for one in years])]
    for code in pool.partners:
        paid = say(msgid("Paid in by {partner}"), partner=definition.partner(code).name)
        lines.append((paid, [one.contributions[code] for one in years]))
    lines += [
        (msgid("Grants"), [one.grants for one in years]),
        (msgid("Spent"), [-one.spent for one in years]),
        (msgid("Assets bought"), [-one.assets for one in years]),
        (msgid("Balance at the end"), [one.closing for one in years]),
        (msgid("of which grant that would go back"), [one.returnable for one in years]),
    ]
    rows = tuple((said, *(float_pounds(amount) for amount in amounts)) for said, amounts in lines)
    return Table(
        f"pool_{pool.key}",
        say(msgid("Pooled budget: {pool}"), pool=pool.title),
        say(msgid("What is paid in, given and spent. {host} keeps the account."), host=_name(pool.host, definition)),
        (Column("line", msgid("Line")), *(Column(one.year, one.year, "money") for one in years)),
        rows,
        (say(msgid("Source: {source}"), source=pool.source),),
        period=_period(years),
        price_base=NOMINAL,
    )


def _owners(pool: PooledBudget, definition: Definition) -> Table:
    """Who owns what of a pool at its last year's end, and what it is owed if it leaves then."""
    year = pool.years[-1]
    months = _notice(pool, definition)
    rows = [_owner_row(one, pool, definition, months) for one in owners(pool, year)]
    return Table(
        f"pool_owners_{pool.key}",
        say(msgid("Who owns what: {pool}"), pool=pool.title),
        say(msgid("At the end of {year}; what a partner is owed if it leaves then (below zero: it owes)."), year=year),
        (
            Column("council", msgid("Partner")),
            Column("paid", msgid("Paid in so far"), "money"),
            Column("part", msgid("Its part"), "percent"),
            Column("balance", msgid("Its part of the balance"), "money"),
            Column("assets", msgid("Its part of the assets"), "money"),
            Column("keeps", msgid("Value of common assets that it holds"), "money"),
            Column("owed", msgid("Is owed when it leaves"), "money"),
            Column("notice", msgid("Pays while its notice runs"), "money"),
        ),
        tuple(rows),
        (
            OWNED[pool.owned],
            msgid(
                "Assets at cost less equal parts over their life. A leaver keeps what it holds in law and is owed its "
                "part of balance and assets less that. Grant that would go back to its giver is nobody's."
            ),
            say(msgid("Notice: {months} months at the contribution of the last year."), months=months),
        ),
        period=year,
        price_base=NOMINAL,
    )


def _owner_row(one: Ownership, pool: PooledBudget, definition: Definition, months: float) -> tuple[Cell, ...]:
    notice = notice_payment(pool, one.partner, pool.years[-1], months=months)
    amounts = (one.balance, one.assets, one.keeps, one.owed, notice)
    return (
        _name(one.partner, definition),
        float_pounds(one.paid_in),
        one.part,
        *(float_pounds(amount) for amount in amounts),
    )


def _posts(pool: PooledBudget, definition: Definition) -> Table:
    return Table(
        f"pool_posts_{pool.key}",
        say(msgid("Joint posts: {pool}"), pool=pool.title),
        msgid("Who employs those whom the pool pays for; when that partner leaves, the post needs another employer."),
        (
            Column("post", msgid("Post")),
            Column("fte", msgid("Whole-time equivalents"), "number"),
            Column("employer", msgid("Employer")),
        ),
        tuple((one.title, one.fte, _name(one.employer, definition)) for one in pool.posts),
    )


def _notice(pool: PooledBudget, definition: Definition) -> float:
    """Months of notice of the exit agreement that covers the pool's services, else the reference default."""
    found = [definition.partnership.exit_of(service) for service in pool.services or ("",)]
    stated = [one.notice_months for one in found if one is not None and one.notice_months is not None]
    return max(stated) if stated else assumptions_of(definition, "base").value("exit_notice_months")


def _name(code: str, definition: Definition) -> Text:
    return definition.partner(code).name


def _period(years: Sequence[PoolYear]) -> Words:
    if len(years) == 1:
        return years[0].year
    return say(msgid("{first} to {last}"), first=years[0].year, last=years[-1].year)


def _pounds(pence: int) -> str:
    return f"£{float_pounds(pence):,.0f}"
