"""Hosted services: what one partner runs for others, put where it belongs, and counted once.

The host's return shows the whole cost and the contributions as income; the others show what they paid. Without this
step the host looks dear, the others cheap, and the contributions are counted twice in gross cost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from consortia.costing.harmonise import STEPS, Harmonised
from consortia.costing.ledger import PLACE, TOTAL_SERVICE
from consortia.findings import Finding, Severity

STEP = "hosted_services"
ORDER = len(STEPS) + 1
KEY = [*PLACE, "measure"]
NET = ("net_current_expenditure", "net_revenue_expenditure")


@dataclass(frozen=True, slots=True)
class Guest:
    """A partner that a service is run for: its part of the host's cost, and what it paid the host; nominal pence."""

    partner: str
    cost_pence: int
    paid_pence: int


@dataclass(frozen=True, slots=True)
class HostedService:
    """A service that the host runs and accounts for in one financial year, with those it is run for."""

    service: str
    year: str
    host: str
    guests: tuple[Guest, ...]


def attribute_hosted(
    harmonised: Harmonised, hosted: Sequence[HostedService], *, deflators: Mapping[str, float]
) -> Harmonised:
    """The harmonised lines with each hosted service's cost at those it is run for, as the last step of the bridge.

    Over all partners net expenditure does not change, and total cost falls by exactly the contributions that were in
    it twice. The service, its head and the authority's total move together. Amounts are brought from nominal to the
    price base by `deflators`. An arrangement with a partner whose cost is not known stays as returned, with a finding.
    """
    effects, findings = [pl.DataFrame(schema=_SCHEMA)], list(harmonised.findings)
    for one in hosted:
        for service in _levels(one, harmonised.lines):
            missing = _missing(one, service, harmonised.lines)
            if missing:
                findings.append(_not_attributed(one, service, missing))
            else:
                effects.append(_effects(one, service, _ratio(harmonised, one.year, deflators)))
    return _with_effects(harmonised, pl.concat(effects), tuple(findings))


_SCHEMA = {**dict.fromkeys(KEY, pl.String), "real": pl.Int64, "nominal": pl.Int64}


def _levels(one: HostedService, lines: pl.DataFrame) -> list[str]:
    """The service itself, then its head and the total where the partners' lines state them."""
    above = [*([one.service.partition(".")[0]] if "." in one.service else []), TOTAL_SERVICE]
    stated = set(lines.filter((pl.col("year") == one.year) & (pl.col("status") == "known"))["service"])
    return [one.service, *(service for service in above if service in stated)]


def _missing(one: HostedService, service: str, lines: pl.DataFrame) -> tuple[str, ...]:
    """The parties that stand in the way: no known net cost, or a gross cost known for some of them only."""
    known = lines.filter((pl.col("year") == one.year) & (pl.col("service") == service) & (pl.col("status") == "known"))
    parties = {one.host, *(guest.partner for guest in one.guests)}
    net = parties - set(known.filter(pl.col("measure") == NET[0])["partner"])
    gross = parties - set(known.filter(pl.col("measure") == "total_cost")["partner"])
    return tuple(sorted(net or (gross if gross != parties else ())))


def _effects(one: HostedService, service: str, ratio: float) -> pl.DataFrame:
    """What each party's measures change by: nominal pence, and pence of the price base."""
    nominal = _changes(one, 1.0)
    real = _changes(one, ratio)
    rows = [
        (partner, one.year, service, measure, real[partner, measure], pence)
        for (partner, measure), pence in nominal.items()
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _changes(one: HostedService, ratio: float) -> dict[tuple[str, str], int]:
    """Changes by party and measure; rounded for each guest, so that the host's side is their exact mirror."""
    moved = {guest.partner: (round(guest.cost_pence * ratio), round(guest.paid_pence * ratio)) for guest in one.guests}
    cost, paid = (sum(pair[side] for pair in moved.values()) for side in (0, 1))
    changes = {(one.host, "total_cost"): -cost, (one.host, "income"): -paid}
    changes |= {(one.host, measure): paid - cost for measure in NET}
    for partner, (part, own) in moved.items():
        changes |= {(partner, measure): part - own for measure in ("total_cost", *NET)}
    return changes


def _ratio(harmonised: Harmonised, year: str, deflators: Mapping[str, float]) -> float:
    base = harmonised.price_base.year
    return deflators[str(base)] / deflators[year] if base else 1.0


def _with_effects(harmonised: Harmonised, effects: pl.DataFrame, findings: tuple[Finding, ...]) -> Harmonised:
    """Only lines that are known change; a change of nothing makes no step."""
    known = harmonised.lines.filter(pl.col("status") == "known").select(KEY)
    sums = effects.join(known, on=KEY, how="semi").group_by(KEY).agg(pl.col("real", "nominal").sum())
    lines = (
        harmonised.lines.join(sums, on=KEY, how="left", maintain_order="left")
        .with_columns(
            amount_pence=pl.col("amount_pence") + pl.col("real").fill_null(0),
            nominal_pence=pl.col("nominal_pence") + pl.col("nominal").fill_null(0),
        )
        .drop("real", "nominal")
    )
    steps = sums.filter(pl.col("real") != 0).select(
        *KEY, pl.lit(ORDER, dtype=pl.Int64).alias("order"), pl.lit(STEP).alias("step"),
        pl.col("real").alias("amount_pence"), pl.lit("").alias("line_key"),
    )  # fmt: skip
    whole = pl.concat([harmonised.steps, steps.select(harmonised.steps.columns)])
    return replace(harmonised, lines=lines, steps=whole.sort([*KEY, "order"]), findings=findings)


def _not_attributed(one: HostedService, service: str, missing: Sequence[str]) -> Finding:
    return Finding(
        "hosted-not-attributed",
        Severity.WARNING,
        "{service}, hosted by {host} in {year}, stays as returned: the cost of {partners} is not known.",
        "Give the cost of that service in each partner's return, zero where it spends nothing itself.",
        values=(("service", service), ("host", one.host), ("year", one.year), ("partners", ", ".join(missing))),
    )
