"""What can be wrong with actuals: each fault a finding with its place; rules Q5, Q7, Q8 of the 2013 survey."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal

from consortia.delivery.lines import ActualLine
from consortia.findings import Finding, Severity
from consortia.periods import FinancialYear

Key = tuple[str, str, str]


def check_line(
    line: ActualLine, *, known: Collection[Key], as_of: FinancialYear, years: frozenset[str] | None
) -> tuple[Finding, ...]:
    """Gives the faults of one line; an error among them means that it cannot be booked.

    `known` holds the (initiative, partner, year) of the case, `years` those that can be brought to its price base.
    """
    faults = list(_stranger(line, known))
    if line.kind == "delivered" and FinancialYear.parse(line.year) > as_of:
        faults.append(_future(line, as_of))
    if years is not None and line.year not in years:
        faults.append(_no_deflator(line))
    if line.kind == "budgeted" and line.amount < 0:
        faults.append(_negative(line))
    return tuple(faults)


def check_lines(lines: Iterable[ActualLine]) -> tuple[Finding, ...]:
    """Gives the faults that show only when lines are seen together: rows that stand twice, delivery equal to budget."""
    rows = tuple(lines)
    return (*_twins(rows), *_possibly_assumed(rows))


def _stranger(line: ActualLine, known: Collection[Key]) -> Iterable[Finding]:
    """At most one finding: the widest part of the key that the case does not hold."""
    if (line.initiative, line.partner, line.year) in known:
        return
    partners = {partner for initiative, partner, _ in known if initiative == line.initiative}
    if not partners:
        yield _error("initiative-not-in-case", "The agreed case has no initiative '{initiative}'.", line)
    elif line.partner not in partners:
        yield _error("partner-not-in-case", "In the agreed case {partner} takes no part in '{initiative}'.", line)
    else:
        yield _error(
            "year-not-in-case", "The agreed case promises nothing of '{initiative}' at {partner} in {year}.", line
        )


def _error(code: str, sentence: str, line: ActualLine) -> Finding:
    remedy = "Correct the row, or agree a new case that holds it; the row was not booked."
    return Finding(code, Severity.ERROR, sentence, remedy, line.place, _values(line))


def _future(line: ActualLine, as_of: FinancialYear) -> Finding:
    return Finding(
        "delivered-in-future",
        Severity.ERROR,
        "'{initiative}' at {partner} is reported as delivered in {year}, but the account stands at {as_of}.",
        "Report it as budgeted, or wait for the year; the row was not booked.",
        line.place,
        (*_values(line), ("as_of", str(as_of))),
    )


def _no_deflator(line: ActualLine) -> Finding:
    return Finding(
        "deflator-missing",
        Severity.ERROR,
        "There is no deflator for {year}, so its cash cannot be set against a case in real prices.",
        "Give the deflator of that year; the row was not booked.",
        line.place,
        _values(line),
    )


def _negative(line: ActualLine) -> Finding:
    return Finding(
        "budgeted-negative",
        Severity.WARNING,
        "{amount} pounds are reported as taken out of the budget for '{initiative}' at {partner} in {year}.",
        "A budgeted saving is positive; turn the sign if that was meant. The row was booked as it stands.",
        line.place,
        (*_values(line), ("amount", str(line.amount))),
    )


def _twins(rows: tuple[ActualLine, ...]) -> Iterable[Finding]:
    seen: Counter[str] = Counter()
    for line in rows:
        same = line.model_dump_json(exclude={"file", "sheet", "cell"})
        seen[same] += 1
        if seen[same] == 2:
            yield Finding(
                "actual-twice",
                Severity.WARNING,
                "The same amount for '{initiative}' at {partner} in {year} stands twice.",
                "Delete one row if it is the same money; both were booked.",
                line.place,
                _values(line),
            )


def _possibly_assumed(rows: tuple[ActualLine, ...]) -> Iterable[Finding]:
    """Rule Q7: delivery that equals the budget to the penny is more often assumed than measured."""
    totals: dict[Key, dict[str, Decimal]] = defaultdict(dict)
    first: dict[Key, ActualLine] = {}
    for line in rows:
        key = (line.initiative, line.partner, line.year)
        totals[key][line.kind] = totals[key].get(line.kind, Decimal(0)) + line.amount
        if line.kind == "delivered":
            first.setdefault(key, line)
    for key, line in first.items():
        if totals[key].get("budgeted") == totals[key]["delivered"] != 0:
            yield Finding(
                "delivered-equals-budgeted",
                Severity.WARNING,
                "Delivery of '{initiative}' at {partner} in {year} equals the budget to the penny: possibly assumed.",
                "Confirm that it was measured; the row was booked.",
                line.place,
                _values(line),
            )


def _values(line: ActualLine) -> tuple[tuple[str, str], ...]:
    return (("initiative", line.initiative), ("partner", line.partner), ("year", line.year))
