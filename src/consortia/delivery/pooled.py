"""The account of a pooled budget year by year, whom its balance and assets belong to, and what a leaver is owed.

Whole pence throughout, so that every balance is exact and the parts of the partners add up to it. Nominal pounds: an
account is kept in the money of the year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from consortia.money import share_out, to_pence
from consortia.periods import FinancialYear
from consortia.study.pooled import PooledAsset, PooledBudget, PooledContribution, PooledGrant, PooledSpend

Row = TypeVar("Row", PooledContribution, PooledGrant, PooledSpend, PooledAsset)


@dataclass(frozen=True, slots=True)
class PoolYear:
    """One year of a pooled budget in pence: opening + contributions + grants - spending - assets = closing."""

    year: str
    opening: int
    contributions: dict[str, int]
    grants: int
    spent: int
    assets: int
    returnable: int
    """Grant that has not been spent by the end of the year and would go back to who gave it."""

    @property
    def closing(self) -> int:
        """Balance at the end of the year; below zero: overspent."""
        return self.opening + sum(self.contributions.values()) + self.grants - self.spent - self.assets


@dataclass(frozen=True, slots=True)
class Ownership:
    """What one partner owns of a pool at the end of a year, and what it would be owed if it left then; pence."""

    partner: str
    paid_in: int
    """All that it has paid in up to then."""
    part: float
    """Its part of balance and common assets, 0 to 1."""
    balance: int
    """Its part of the balance without returnable grant; below zero: its part of an overspend."""
    assets: int
    """Its part of the written-down value of the assets that belong to all."""
    keeps: int
    """Written-down value of the common assets that it holds in law and takes with it."""

    @property
    def owed(self) -> int:
        """What it is owed when it leaves and keeps what it holds; below zero: it owes the rest."""
        return self.balance + self.assets - self.keeps


def pool_years(pool: PooledBudget) -> tuple[PoolYear, ...]:
    """The account of a pool, a line for each year in which something happens."""
    opening, found = to_pence(pool.opening), []
    for year in pool.years:
        line = PoolYear(
            year=year,
            opening=opening,
            contributions={code: _paid(pool, code, year) for code in pool.partners},
            grants=_sum(one.amount for one in pool.grants if one.year == year),
            spent=_sum(one.amount for one in pool.spending if one.year == year),
            assets=_sum(one.cost for one in pool.assets if one.year == year),
            returnable=_returnable(pool, year),
        )
        found.append(line)
        opening = line.closing
    return tuple(found)


def owners(pool: PooledBudget, year: str) -> tuple[Ownership, ...]:
    """What each partner owns of the pool at the end of a year; the parts add up to what is there.

    ValueError for a year before the first or in which nobody has paid in yet.
    """
    account = next((one for one in reversed(pool_years(pool)) if one.year <= year), None)
    rows = _until(pool.contributions, year)
    paid = [_sum(one.amount for one in rows if one.partner == code) for code in pool.partners]
    if account is None or not any(paid):
        raise ValueError(f"nobody has paid into {pool.key} by {year}")
    weights = [1.0] * len(paid) if pool.owned == "equal" else [float(one) for one in paid]
    common = [one for one in _until(pool.assets, year) if one.owned_by == "all"]
    balances = share_out(account.closing - account.returnable, weights)
    assets = share_out(sum(book_value(one, year) for one in common), weights)
    return tuple(
        Ownership(
            partner=code,
            paid_in=paid[place],
            part=weights[place] / sum(weights),
            balance=balances[place],
            assets=assets[place],
            keeps=sum(book_value(one, year) for one in common if one.holder == code),
        )
        for place, code in enumerate(pool.partners)
    )


def book_value(asset: PooledAsset, year: str) -> int:
    """What is left of an asset's cost at the end of a year, written down in equal parts over its life; pence."""
    used = FinancialYear.parse(year).start - FinancialYear.parse(asset.year).start + 1
    cost = to_pence(asset.cost)
    return cost - cost * min(used, asset.life) // asset.life


def notice_payment(pool: PooledBudget, partner: str, year: str, *, months: float) -> int:
    """What a partner that gives notice at the end of a year still pays while it runs, at that year's rate; pence."""
    return round(_paid(pool, partner, year) * months / 12)


def _paid(pool: PooledBudget, partner: str, year: str) -> int:
    return _sum(one.amount for one in pool.contributions if one.partner == partner and one.year == year)


def _returnable(pool: PooledBudget, year: str) -> int:
    """Returnable grant received by then less what was bought with grants; never below zero."""
    received = _sum(one.amount for one in _until(pool.grants, year) if one.returnable)
    spent = _sum(one.amount for one in _until(pool.spending, year) if one.from_grant)
    bought = _sum(one.cost for one in _until(pool.assets, year) if one.from_grant)
    return max(received - spent - bought, 0)


def _until(rows: Iterable[Row], year: str) -> list[Row]:
    return [one for one in rows if one.year <= year]


def _sum(amounts: Iterable[Decimal]) -> int:
    return sum(map(to_pence, amounts))
