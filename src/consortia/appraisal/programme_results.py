"""What the appraisal of a programme gives: every draw's worth, and the central case in full."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.risk import Risk, risk_of
from consortia.appraisal.streams import Programme, Settlement, Stream
from consortia.periods import FinancialYear, PriceBase


@dataclass(frozen=True, eq=False, kw_only=True)
class Central:
    """Draw 0 in full: what each stream and settlement comes to in each year, real pounds of the base year."""

    streams: tuple[Stream | Settlement, ...]
    flows: FloatArray
    """[stream, year], positive both for what comes in and for what goes out."""
    unmet: FloatArray
    """[stream, year]: the part of a planned amount for which nothing was left on its line."""

    def total(
        self,
        *,
        kinds: Sequence[str] | None = None,
        partner: str | None = None,
        project: str | None = None,
        line: str | None = None,
    ) -> FloatArray:
        """Pounds of each year [year] summed over the streams that fit; None: any. Kinds are added only as named."""
        fitting = [
            place
            for place, one in enumerate(self.streams)
            if (kinds is None or one.kind in kinds)
            and partner in (None, one.partner)
            and project in (None, one.project)
            and line in (None, getattr(one, "line", None))
        ]
        return np.asarray(self.flows[fitting].sum(axis=0))


@dataclass(frozen=True, eq=False, kw_only=True)
class ProgrammeAppraisal:
    """A programme's worth in every draw, real pounds of the base year. Draw 0 is the central case."""

    programme: Programme
    npv: FloatArray
    """[draw, partner], discounted: the counted kinds that come in, less those that go out."""
    net: FloatArray
    """[draw, year] of all partners together, not discounted, the counted kinds."""
    by_project: FloatArray
    """[draw, project], discounted: each project's part of what all save together; no columns when not asked for."""
    alone: FloatArray
    """[draw, project], discounted: what each would be worth if it had its lines for itself."""
    yearly: FloatArray
    """[draw, account, year]: amounts by account, positive."""
    accounts: tuple[Hashable, ...]
    unmet: FloatArray
    """[draw]: planned pounds of all years for which nothing was left on their lines."""
    central: Central
    seed: int

    def __post_init__(self) -> None:
        """A finished appraisal does not change."""
        for array in (self.npv, self.net, self.by_project, self.alone, self.yearly, self.unmet):
            array.setflags(write=False)

    @property
    def count(self) -> int:
        """Number of draws besides the central case."""
        return int(self.npv.shape[0]) - 1

    @property
    def partners(self) -> tuple[str, ...]:
        """Names of the partners, as in `npv`."""
        return self.programme.partners

    @property
    def projects(self) -> tuple[str, ...]:
        """Names of the projects, as in `by_project` and `alone`."""
        return self.programme.projects

    @property
    def price_base(self) -> PriceBase:
        """Real, in the prices of the base year."""
        return PriceBase(self.programme.base_year)

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        """The financial year of each place on a year axis; the first is the base year."""
        return tuple(self.programme.base_year.plus(t) for t in range(self.programme.years))

    @property
    def overlap(self) -> FloatArray:
        """[draw]: what is not saved since projects meet on the same lines: the total less what each is worth alone."""
        return np.asarray(self.worth() - self.alone.sum(axis=1))

    @property
    def payback(self) -> FloatArray:
        """[draw]: years from the base year until the net of all partners has paid back for good; inf: never."""
        return paybacks(self.net)

    def worth(self, *, partners: Sequence[str] | None = None) -> FloatArray:
        """Net present value [draw] summed over those partners; None: all of them."""
        names = self.partners if partners is None else partners
        places = [self.partners.index(name) for name in names]
        return np.asarray(self.npv[:, places].sum(axis=1))

    def risk(self, *, partners: Sequence[str] | None = None) -> Risk:
        """Central value, P10, P50, P90 and chance of a net loss of what `worth` gives."""
        return risk_of(self.worth(partners=partners))

    def account(self, name: Hashable) -> FloatArray:
        """[draw, year]: the yearly amounts of one account; raises ValueError when it was not kept."""
        if name not in self.accounts:
            raise ValueError(f"no account '{name}' was kept")
        return np.asarray(self.yearly[:, self.accounts.index(name)])


def paybacks(net: FloatArray) -> FloatArray:
    """Payback of each row [draw, year] as `measures.payback` gives it for one; never is infinite."""
    so_far = np.array(net.T, order="C")
    years, draws = so_far.shape
    for t in range(1, years):
        so_far[t] += so_far[t - 1]
    last = np.max(np.where(so_far < 0, np.arange(years)[:, None], -1), axis=0)
    rows, after = np.arange(draws), np.minimum(last + 1, years - 1)
    before = so_far[last, rows]
    rise = so_far[after, rows] - before
    crossing = last + np.divide(-before, rise, out=np.full(draws, np.inf), where=rise > 0)
    return np.where(last < 0, 0.0, np.where(last == years - 1, np.inf, crossing))
