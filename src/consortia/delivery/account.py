"""The savings account: what was promised, what left the budget, what came true, kept apart to the penny."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from consortia.delivery.cashable import Verdict, judge_line
from consortia.delivery.faults import check_line, check_lines
from consortia.delivery.lines import ActualLine, PromisedLine
from consortia.findings import Finding, Severity
from consortia.money import to_pence
from consortia.periods import NOMINAL, FinancialYear, PriceBase

__all__ = ["ActualLine", "Entry", "PromisedLine", "SavingsAccount"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An actual line in the account: whole pence in the account's price base, and the verdict if it was delivered."""

    line: ActualLine
    amount_pence: int
    verdict: Verdict | None


@dataclass(frozen=True)
class SavingsAccount:
    """An agreed case and its actuals. Amounts in whole pence of `price_base`; `deflators` bring cash to that base."""

    promised: tuple[PromisedLine, ...]
    price_base: PriceBase = NOMINAL
    deflators: Mapping[str, float] = field(default_factory=dict)
    as_of: FinancialYear | None = None
    entries: tuple[Entry, ...] = ()
    refused: tuple[ActualLine, ...] = ()
    findings: tuple[Finding, ...] = ()

    @classmethod
    def open(
        cls,
        lines: Iterable[PromisedLine],
        *,
        price_base: PriceBase = NOMINAL,
        deflators: Mapping[str, float] | None = None,
    ) -> SavingsAccount:
        """Opens the account with the lines of the agreed case, in nominal or real pence as `price_base` states.

        A real account needs `deflators`, an index by financial year that holds the base year; ValueError otherwise.
        """
        index = dict(deflators or {})
        if price_base.year is not None and str(price_base.year) not in index:
            raise ValueError(f"an account in {price_base.year} prices needs the deflator of {price_base.year}")
        promised = tuple(lines)
        if not promised:
            raise ValueError("an account needs at least one promised line")
        return cls(promised, price_base, index)

    def with_actuals(self, lines: Iterable[ActualLine], *, as_of: FinancialYear) -> SavingsAccount:
        """Gives the account with these actuals and no others; what cannot be booked is refused with a finding.

        `as_of` is the last financial year that may hold deliveries; a later one is refused (rule Q8).
        """
        entries: list[Entry] = []
        refused: list[ActualLine] = []
        findings: list[Finding] = []
        booked = tuple(lines)
        for line in booked:
            faults = check_line(line, known=self.known, as_of=as_of, years=self._convertible)
            findings += faults
            if any(fault.severity is Severity.ERROR for fault in faults):
                refused.append(line)
            else:
                entries.append(self._enter(line))
        findings += check_lines([entry.line for entry in entries])
        return replace(self, as_of=as_of, entries=tuple(entries), refused=tuple(refused), findings=tuple(findings))

    @cached_property
    def known(self) -> frozenset[tuple[str, str, str]]:
        """Initiative, partner and year of every promised line."""
        return frozenset((line.initiative, line.partner, line.year) for line in self.promised)

    @property
    def _convertible(self) -> frozenset[str] | None:
        """Years whose cash can be brought to the price base; None when no conversion is needed."""
        return frozenset(self.deflators) if self.price_base.is_real else None

    def _enter(self, line: ActualLine) -> Entry:
        verdict = judge_line(line) if line.kind == "delivered" else None
        return Entry(line, to_pence(self._in_price_base(line)), verdict)

    def _in_price_base(self, line: ActualLine) -> Decimal:
        if not self.price_base.is_real:
            return line.amount
        base = Decimal(repr(self.deflators[str(self.price_base.year)]))
        return line.amount * base / Decimal(repr(self.deflators[line.year]))
