"""How many could have answered, and what an average of savings is an average of: stated, never left to guess."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import fsum

from consortia.intake.quality.entries import Entry
from consortia.reference.taxonomy import provides

# Repaying debt is no service: it has no approach to saving, and is left out where approaches are counted.
WITHOUT_APPROACH = "debt_repayment"


def eligible(service: str, counts: Mapping[str, int]) -> int:
    """The most answers that a service can have, from the number of authorities by class: only those that provide it."""
    return sum(count for kind, count in counts.items() if provides(service, kind))


def ratio_of_means(savings: Iterable[float], bases: Iterable[float]) -> float:
    """Average saving over average base, as the 2014 survey's figures 4 to 6 have it: big councils count for more.

    Raises ValueError when the bases do not add up to more than zero.
    """
    whole = fsum(bases)
    if whole <= 0:
        raise ValueError("the bases must add up to more than zero")
    return fsum(savings) / whole


def with_approach(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that approaches to saving can be counted on: all but debt repayment."""
    return tuple(entry for entry in entries if entry.service != WITHOUT_APPROACH)


def by_kind_of_data(entries: Iterable[Entry]) -> dict[str, int]:
    """How many entries are fact, audited, provisional, projection or perception; such are shown apart."""
    found: dict[str, int] = {}
    for entry in entries:
        found[entry.data] = found.get(entry.data, 0) + 1
    return dict(sorted(found.items()))
