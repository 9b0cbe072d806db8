"""ICT systems that partners could converge on: who could move to which, from when, what it saves a year and costs once.

A move is possible where the target can take over the other's data and users, and comes without an exit cost when the
other's contract ends. Pounds of the base year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A system of one partner; those of one purpose do the same work."""

    key: str
    partner: str
    purpose: str
    annual_cost: float
    users: int
    contract_end: date
    takes_over: frozenset[str] = frozenset()
    """Keys of the systems whose data and users it can take over."""
    migration_cost: float = 0.0
    """To leave it, once."""
    cost_per_user: float = 0.0
    """What one further user costs a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One system given up for another."""

    system: System
    target: System

    @property
    def saving(self) -> float:
        """Pounds a year: what it costs now, less its users x the cost of a further user of the target."""
        return self.system.annual_cost - self.system.users * self.target.cost_per_user

    @property
    def from_day(self) -> date:
        """When its contract ends: before that its cost goes on."""
        return self.system.contract_end

    def worth(self, years: float) -> float:
        """Saving over so many years less what it costs to leave; undiscounted."""
        return self.saving * years - self.system.migration_cost

    @property
    def arithmetic(self) -> str:
        """The yearly saving in figures."""
        users, each = self.system.users, self.target.cost_per_user
        return f"{self.system.annual_cost:,.0f} - {users:,} x {each:,.2f} = {self.saving:,.0f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Convergence:
    """A proposal for one purpose: the system to converge on, the moves worth making, and what stays apart and why."""

    purpose: str
    target: System
    moves: tuple[Move, ...]
    not_worth: tuple[Move, ...]
    """Possible, but what it saves over the years is less than what it costs to leave."""
    incompatible: tuple[System, ...]
    worth: float
    """All moves over the years looked at, undiscounted."""

    @property
    def saving(self) -> float:
        """Pounds a year when the last has moved."""
        return sum(move.saving for move in self.moves)

    @property
    def once(self) -> float:
        """What the moves cost once."""
        return sum(move.system.migration_cost for move in self.moves)

    @property
    def last_day(self) -> date | None:
        """When the last contract that is given up ends; None: nobody moves."""
        return max((move.from_day for move in self.moves), default=None)


def convergences(systems: Sequence[System], *, years: float) -> tuple[Convergence, ...]:
    """The best system to converge on for each purpose, where any move is worth making; most valuable purpose first."""
    purposes = dict.fromkeys(system.purpose for system in systems)
    best = (options([one for one in systems if one.purpose == purpose], years=years)[0] for purpose in purposes)
    return tuple(sorted((one for one in best if one.moves), key=lambda one: (-one.worth, one.purpose)))


def options(systems: Sequence[System], *, years: float) -> tuple[Convergence, ...]:
    """Each system of one purpose as the one to converge on, best first."""
    every = [_onto(target, [one for one in systems if one.key != target.key], years) for target in systems]
    return tuple(sorted(every, key=lambda one: (-one.worth, one.target.key)))


def compatibility(systems: Sequence[System]) -> tuple[tuple[bool, ...], ...]:
    """Whether the system of a row can take over that of a column; a system can always stay what it is."""
    return tuple(tuple(one.key in row.takes_over or one.key == row.key for one in systems) for row in systems)


def _onto(target: System, others: Sequence[System], years: float) -> Convergence:
    possible = [Move(system=one, target=target) for one in others if one.key in target.takes_over]
    moves = tuple(move for move in possible if move.worth(years) > 0)
    return Convergence(
        purpose=target.purpose,
        target=target,
        moves=moves,
        not_worth=tuple(move for move in possible if move.worth(years) <= 0),
        incompatible=tuple(one for one in others if one.key not in target.takes_over),
        worth=sum(move.worth(years) for move in moves),
    )
