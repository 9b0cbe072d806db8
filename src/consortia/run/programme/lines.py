"""The budget lines of a study as the engine takes them: with the amount of the return where none is stated."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from consortia.appraisal.paths import Growth, Path, Product
from consortia.appraisal.streams import Line
from consortia.findings import Finding, Place, Severity
from consortia.money import float_pounds
from consortia.run.programme.frame import Frame
from consortia.run.programme.inputs import Inputs
from consortia.study import Definition
from consortia.study.projects import BudgetLine


def amounts_of(
    definition: Definition, harmonised: pl.DataFrame | None, *, file: str = "study.yaml"
) -> tuple[dict[str, float], list[Finding]]:
    """Pounds a year of each line in the base year, and a finding for each whose amount nobody has stated."""
    amounts: dict[str, float] = {}
    findings = []
    for line in definition.lines:
        found = float(line.amount) if line.amount is not None else _returned(line, definition, harmonised)
        if found is None:
            findings.append(_unknown(line, file))
        else:
            amounts[line.key] = found
    return amounts, findings


def _returned(line: BudgetLine, definition: Definition, harmonised: pl.DataFrame | None) -> float | None:
    """Gross cost of the line's service in the partner's harmonised return, net where there is no gross."""
    if harmonised is None or not line.service:
        return None
    rows = harmonised.filter(
        (pl.col("partner") == line.partner)
        & (pl.col("service") == line.service)
        & (pl.col("year") == definition.base_year)
    )
    for measure in ("total_cost", "net_current_expenditure"):
        found = rows.filter(pl.col("measure") == measure)["amount_pence"].drop_nulls()
        if len(found) and found[0] > 0:
            return float_pounds(found[0])
    return None


def _unknown(line: BudgetLine, file: str) -> Finding:
    return Finding(
        "line-amount-unknown",
        Severity.ERROR,
        "The amount of line '{line}' is not known: it states none, and the partner's return holds none above zero.",
        "State the amount, or name the service whose cost it is.",
        Place(file, cell=f"lines.{line.key}.amount"),
        (("line", line.key),),
    )


def compiled_lines(frame: Frame, inputs: Inputs) -> Iterator[Line]:
    """Each line with its growth; demand and real prices multiply."""
    for line in frame.definition.lines:
        path = _growth(line, inputs)
        yield Line(
            key=line.key,
            partner=line.partner,
            service=line.service,
            base=(frame.amounts[line.key],) * (frame.horizon + 1),
            path=inputs.path(f"line|{line.key}", path) if path else None,
            floor=float(line.floor),
        )


def _growth(line: BudgetLine, inputs: Inputs) -> Path | None:
    rates = {
        "demand": inputs.scalar(f"demand|{line.key}", line.growth),
        "prices": inputs.scalar(f"prices|{line.key}", line.price_growth),
    }
    growing = tuple(Growth(rate) for rate in rates.values() if rate != 0)
    return growing[0] if len(growing) == 1 else Product(growing) if growing else None
