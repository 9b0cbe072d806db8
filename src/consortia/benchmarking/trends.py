"""A series of years in the prices of one: what changed, over how many years, and what it leaves open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consortia.findings import msgid
from consortia.periods import FinancialYear, PriceBase

GAPS = msgid("Years without a figure are left out; nothing was put in their place.")
ONE_YEAR = msgid("One year is no trend.")
PRICES_ONLY = msgid("Prices are taken out by the GDP deflator; pay and energy moved differently.")


BROKEN = msgid("The figures before and after a break do not mean the same: the change across it is no trend.")


@dataclass(frozen=True, slots=True)
class Break:
    """A year from which a figure means something else; `reason` says what changed, `until` ends a gradual change."""

    year: str
    reason: str
    until: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """Real values by year in the unit given and the prices of `price_base`; changes are shares, None when not known.

    `change` and `yearly_change` are over the latest years without a sudden break (from `since`), so that a break is
    never read as a trend; `breaks` are all that fall into the series.
    """

    values: tuple[tuple[str, float | None], ...]
    price_base: PriceBase
    n: int
    change: float | None
    yearly_change: float | None
    caveats: tuple[str, ...]
    breaks: tuple[Break, ...] = ()
    since: str = ""


def real_trend(
    nominal: Mapping[str, float | None],
    *,
    deflators: Mapping[str, float],
    base: FinancialYear,
    breaks: Sequence[Break] = (),
) -> Trend:
    """Gives a nominal series by financial year in the prices of `base`, with the change from first to last known year.

    `deflators`: GDP deflator by financial year (HM Treasury); real = nominal x base / year. The yearly change is
    the compound rate. After a sudden break the change starts anew; a gradual one (with `until`) is only flagged.
    ValueError when a year, or the base, has no deflator.
    """
    missing = sorted({*nominal, str(base)} - set(deflators))
    if missing:
        raise ValueError(f"there is no deflator for {', '.join(missing)}")
    scale = {year: deflators[str(base)] / deflators[year] for year in nominal}
    values = tuple((year, _real(nominal[year], scale[year])) for year in sorted(nominal))
    known = [(year, value) for year, value in values if value is not None]
    within = _breaks_in(breaks, [year for year, _ in known])
    whole = _since_last_break(known, within)
    change, yearly = _changes(whole)
    caveats = (*_caveats(len(known), len(values)), *((BROKEN,) if within else ()))
    since = whole[0][0] if whole else ""
    return Trend(values, PriceBase(base), len(known), change, yearly, caveats, within, since)


def _breaks_in(breaks: Sequence[Break], years: Sequence[str]) -> tuple[Break, ...]:
    """The breaks with known years on both sides, the earliest first; a gradual one with known years in it."""
    if not years:
        return ()
    first, last = min(years), max(years)
    within = (each for each in breaks if each.year <= last and first < (each.until or each.year))
    return tuple(sorted(within, key=lambda each: each.year))


def _since_last_break(known: list[tuple[str, float]], breaks: Sequence[Break]) -> list[tuple[str, float]]:
    sudden = [each.year for each in breaks if not each.until]
    return [point for point in known if not sudden or point[0] >= sudden[-1]]


def _real(value: float | None, scale: float) -> float | None:
    return None if value is None else value * scale


def _changes(known: list[tuple[str, float]]) -> tuple[float | None, float | None]:
    """The whole change and the compound change a year; None without two years, or where the first is not positive."""
    if len(known) < 2 or known[0][1] <= 0:
        return None, None
    (first, start), (last, end) = known[0], known[-1]
    years = FinancialYear.parse(last).start - FinancialYear.parse(first).start
    return end / start - 1, (end / start) ** (1 / years) - 1 if end > 0 else None


def _caveats(known: int, asked: int) -> tuple[str, ...]:
    gaps = (GAPS,) if known < asked else ()
    return (PRICES_ONLY, *gaps, *((ONE_YEAR,) if known < 2 else ()))
