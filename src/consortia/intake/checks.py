"""Whether the lines of a return can be right: remit, totals, empty years, doubled lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from consortia.findings import Finding, Place, Severity, named
from consortia.reference.authorities import Authority
from consortia.reference.taxonomy import provides, service
from consortia.study import CostLine

# A total may differ from its parts by rounding; DCLG 2014, appendix B queried more than 0.5%.
TOLERANCE = Decimal("0.005")
PARTS = {
    "total_expenditure": (
        "employees",
        "running_expenses",
        "third_party_payments",
        "transfer_payments",
        "support_services",
        "internal_purchases",
    ),
    "total_income": ("sales_fees_charges", "other_income"),
}
MAY_BE_NEGATIVE = ("planning", "highways")  # where income is at times booked against cost
COSTS = ("total_expenditure", *PARTS["total_expenditure"])
INCOME = ("total_income", *PARTS["total_income"])
Places = dict[tuple[str, str], dict[str, CostLine]]


def outside_remit(lines: Iterable[CostLine], body: Authority) -> tuple[list[CostLine], list[Finding]]:
    """Zeros for services that this class of authority does not provide become "not provided" (rule Q1), each told.

    An amount in such a service stays as it is, for districts do help with care; it is told once for each service.
    """
    kept: list[CostLine] = []
    findings: dict[tuple[str, str, bool], Finding] = {}
    for line in lines:
        outside = line.amount is not None and not provides(line.service, body.kind)
        kept.append(_not_provided(line) if outside and not line.amount else line)
        if outside:
            findings.setdefault((line.year, line.service, bool(line.amount)), _remit_finding(line, body))
    return kept, list(findings.values())


def doubtful(lines: Sequence[CostLine]) -> list[Finding]:
    """Findings on the lines: below zero (Q4), totals unlike their parts (Q10), years without data, doubled lines."""
    by_place = _by_place(lines)
    found = *_negative(lines), *_doubled(lines), *_totals(by_place), *_incomplete(by_place), *_empty_years(lines)
    return [*found, *_blanks(lines)]


def _not_provided(line: CostLine) -> CostLine:
    return line.model_copy(update={"amount": None, "status": "not_provided"})


def _remit_finding(line: CostLine, body: Authority) -> Finding:
    values = (("partner", body.name), ("service", service(line.service).name), ("year", line.year))
    if line.amount:
        return Finding(
            "outside-remit",
            Severity.WARNING,
            "{partner} has an amount for {service} in {year}, which its class does not provide.",
            "Confirm it.",
            _place(line),
            values,
        )
    return Finding(
        "Q1",
        Severity.NOTE,
        "{partner} does not provide {service}: 0 in {year} was taken as Not provided.",
        "Choose Not provided, or leave the row out.",
        _place(line),
        values,
    )


def _by_place(lines: Iterable[CostLine]) -> Places:
    """The lines of each year and service by measure; of a doubled line the last."""
    found: Places = {}
    for line in lines:
        found.setdefault((line.year, line.service), {})[line.measure] = line
    return found


def _totals(by_place: Places) -> Iterator[Finding]:
    for found in by_place.values():
        for total, parts in PARTS.items():
            given = [found[part] for part in parts if part in found]
            known = [line.amount for line in given if line.amount is not None]
            if total in found and len(known) > 1 and all(line.status != "not_known" for line in given):
                yield from _total(found[total], sum(known, Decimal(0)), "its parts")
        yield from _net(found)


def _net(found: dict[str, CostLine]) -> Iterator[Finding]:
    net, gross, income = (found.get(name) for name in ("net_current_expenditure", *PARTS))
    if net and gross and income and gross.amount is not None and income.amount is not None:
        yield from _total(net, gross.amount - income.amount, "expenditure less income")


def _total(line: CostLine, parts: Decimal, words: str) -> Iterator[Finding]:
    if line.amount is None or abs(line.amount - parts) <= TOLERANCE * max(abs(line.amount), abs(parts)):
        return
    yield Finding(
        "Q10",
        Severity.WARNING,
        "The total £{total} of {service} differs from {words}, £{parts}, by more than 0.5%.",
        "Correct whichever is wrong; until then the total is used, unless it is 0.",
        _place(line),
        (("total", f"{line.amount:,.2f}"), ("service", service(line.service).name), ("words", words),
         ("parts", f"{parts:,.2f}")),
    )  # fmt: skip


def _incomplete(by_place: Places) -> Iterator[Finding]:
    """A cost without both employees and running expenses, and without a total, cannot be added up."""
    for (year, code), found in by_place.items():
        known = {measure for measure, line in found.items() if line.status == "known"}
        settled = {measure for measure, line in found.items() if line.status != "not_known"}
        missing = {"employees", "running_expenses"} - settled
        if known & set(PARTS["total_expenditure"]) and missing and "total_expenditure" not in known:
            first = next(line for line in found.values() if line.status == "known")
            yield Finding(
                "cost-incomplete",
                Severity.WARNING,
                "The total cost of {service} in {year} is not known: {missing} is missing.",
                "Give it (0 if nil), or give the total expenditure.",
                _place(first),
                (("service", service(code).name), ("year", year),
                 ("missing", " and ".join(sorted(missing)).replace("_", " "))),
            )  # fmt: skip


def _empty_years(lines: Sequence[CostLine]) -> Iterator[Finding]:
    filled = {line.year for line in lines if line.status == "known"}
    for year in sorted({line.year for line in lines} - filled):
        first = next(line for line in lines if line.year == year)
        yield Finding(
            "year-without-data",
            Severity.ERROR,
            "There is not one amount for {year}.",
            "Fill the year in, or leave its rows out.",
            _place(first),
            (("year", year),),
        )


def _negative(lines: Sequence[CostLine]) -> Iterator[Finding]:
    """Costs and income are both positive; a cost below zero blocks, except where income may stand against it."""
    for line in lines:
        if line.amount is None or line.amount >= 0 or line.measure not in (*COSTS, *INCOME):
            continue
        head = service(line.service)
        may_be = line.measure in INCOME or head.head in MAY_BE_NEGATIVE
        yield Finding(
            "Q4",
            Severity.WARNING if may_be else Severity.ERROR,
            "{measure} of {service} is below zero: {amount}.",
            "Costs and income are both written as positive amounts; correct the sign, or the measure.",
            _place(line),
            (("measure", line.measure.replace("_", " ").capitalize()), ("service", named(head.name, head.name_cy)),
             ("amount", f"-£{-line.amount:,.2f}")),
        )  # fmt: skip


def _doubled(lines: Sequence[CostLine]) -> Iterator[Finding]:
    places = Counter((line.year, line.service, line.measure) for line in lines)
    for line in lines:
        if places[line.year, line.service, line.measure] > 1 and not line.key.endswith(line.measure):
            yield Finding(
                "line-doubled",
                Severity.WARNING,
                "{service}, {measure}, {year} stands more than once; the amounts are added.",
                "Leave one out if it is the same money.",
                _place(line),
                (("service", service(line.service).name), ("measure", line.measure.replace("_", " ")),
                 ("year", line.year)),
            )  # fmt: skip


def _blanks(lines: Sequence[CostLine]) -> Iterator[Finding]:
    blank = [line for line in lines if line.status == "not_known"]
    if blank:
        yield Finding(
            "left-blank",
            Severity.NOTE,
            "{count} of {all} amounts are blank and count as not known, not as zero.",
            "Write 0 where nothing was spent.",
            _place(blank[0]),
            (("count", str(len(blank))), ("all", str(len(lines)))),
        )


def _place(line: CostLine) -> Place:
    return Place(line.file, line.sheet, line.cell)
