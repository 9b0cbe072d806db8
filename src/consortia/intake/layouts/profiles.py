"""What a column holds, from a look at its texts: amounts, dates, codes, words; CIPFA's groups; capital or revenue."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from consortia.intake.layouts.amounts import read_amount
from consortia.intake.layouts.dates import looks_like_date

# The standard subjective groups of CIPFA's Service Reporting Code of Practice, as councils print them.
_GROUPS = re.compile(
    r"(direct )?employees?( related| costs?| expenses?| expenditure)*|"
    r"premises([ -]related)?( costs?| expenses?| expenditure)*|"
    r"transport([ -]related)?( costs?| expenses?| expenditure)*|supplies (and|&) services?( costs?| expenses?)?|"
    r"(third|3rd) party payments?( costs?)?|transfer payments?|support services?( costs?)?|"
    r"(depreciation and |capital )(impairment losses|financ\w+( costs?| charges?)?|charges?|expenditure|costs?)|"
    r"(income|fees (and|&) charges|customer (and|&) client receipts|government grants|recharge income)(:.*)?|"
    r"(income: .*)|agency (and|&) contracted services|balance sheet|expenditure not charged.*",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(c|r|cap|rev|capital|revenue|refeniw|cyfalaf)(\b.*)?", re.IGNORECASE)
_CODE = re.compile(r"(?=[^\s]*\d)[^\s]{1,30}|\d+(\.\d+)?E\+?\d+", re.IGNORECASE)


@dataclass(frozen=True)
class Profile:
    """Shares (0 to 1) of a column's filled cells that read as amounts, dates, codes, groups, capital or revenue."""

    filled: float
    distinct: int
    amounts: float
    dates: float
    codes: float
    groups: float
    capital: float

    @property
    def is_empty(self) -> bool:
        """True when no cell of the column is filled."""
        return self.filled == 0


def profile_of(texts: Sequence[str]) -> Profile:
    """The profile of a column's texts; each distinct text is looked at once and counts as often as it stands."""
    counts = Counter(text.strip() for text in texts if text and text.strip())
    total = sum(counts.values())
    if not total:
        return Profile(0, 0, 0, 0, 0, 0, 0)

    def share(matches: Callable[[str], object]) -> float:
        return sum(count for text, count in counts.items() if matches(text)) / total

    return Profile(
        filled=total / len(texts),
        distinct=len(counts),
        amounts=_amounts(counts),
        dates=share(looks_like_date),
        codes=share(_CODE.fullmatch),
        groups=share(_GROUPS.fullmatch),
        capital=share(_CAPITAL.fullmatch),
    )


def _amounts(counts: Counter[str]) -> float:
    """The share that reads as amounts, of the texts that are no mere mark for "no figure" and no formula error."""
    readings = {text: read_amount(text) for text in counts}
    said = sum(count for text, count in counts.items() if readings[text].fault not in {"no_figure", "formula_error"})
    read = sum(count for text, count in counts.items() if readings[text].pence is not None)
    return read / said if said else 0.0


def follows(leader: Sequence[str], follower: Sequence[str]) -> float:
    """How far one column settles another: the share of rows that hold the commonest partner of their leading text."""
    pairs = Counter(zip(leader, follower, strict=True))
    best: dict[str, int] = {}
    for (first, _), count in pairs.items():
        best[first] = max(best.get(first, 0), count)
    return sum(best.values()) / len(leader) if leader else 0.0
