"""What all parts of a compiled programme share: years, prices, lines and who has what part of a project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from consortia.appraisal import posts
from consortia.periods import FinancialYear
from consortia.reference.prices import deflator, deflators
from consortia.study import Definition
from consortia.study.projects import BudgetLine, Project
from consortia.study.registers import Post


@dataclass(frozen=True)
class Frame:
    """Years are counted from the base year, t = 0; real prices are those of the base year.

    `amounts` holds what each line costs in the base year, pounds: its own amount or that of the partner's return.
    """

    definition: Definition
    amounts: Mapping[str, float]

    @property
    def horizon(self) -> int:
        """Years after the base year."""
        return self.definition.horizon_years

    @property
    def years(self) -> tuple[str, ...]:
        """The financial years t = 0 to the horizon."""
        return tuple(str(self.definition.year.plus(t)) for t in range(self.horizon + 1))

    @cached_property
    def lines(self) -> dict[str, BudgetLine]:
        """The lines by key."""
        return {line.key: line for line in self.definition.lines}

    @cached_property
    def posts(self) -> dict[str, Post]:
        """The posts by key."""
        return {post.key: post for post in self.definition.posts}

    @cached_property
    def prices(self) -> tuple[float, ...]:
        """Cash pounds of each year for a pound of the base year: the deflator, carried on at its last change."""
        known = {one.year: one.index for one in deflators()}
        last = max(known)
        change = known[last] / known[last.plus(-1)]
        base = deflator(self.definition.year)
        years = (self.definition.year.plus(t) for t in range(self.horizon + 1))
        return tuple(known.get(y, known[last] * change ** (y.start - last.start)) / base for y in years)

    def place(self, year: str) -> int:
        """Years from the base year."""
        return FinancialYear.parse(year).start - self.definition.year.start

    def first_year(self, project: Project, own: str | None = None) -> int:
        """First year of an effect: its own, or the project's, or the year after the base year."""
        year = own or project.start
        return self.place(year) if year else 1

    def by_year(self, amounts: Mapping[str, Decimal]) -> list[float]:
        """The amounts in their years, nothing in the others; years after the horizon are not seen."""
        found = [0.0] * (self.horizon + 1)
        for year, amount in amounts.items():
            if 0 <= self.place(year) <= self.horizon:
                found[self.place(year)] = float(amount)
        return found

    def held(self, amounts: Mapping[str, Decimal], *, then: str = "continue") -> list[float]:
        """The amounts in their years, each held until the next that is named; the last one goes on, or it stops."""
        named = {self.place(year): float(amount) for year, amount in amounts.items()}
        found, last = [], 0.0
        for t in range(self.horizon + 1):
            last = named.get(t, last)
            found.append(last if then == "continue" or t <= max(named) else 0.0)
        return found

    def price_of(self, year: str) -> float:
        """Cash pounds of a year for a pound of the base year; that of the horizon for later years."""
        return self.prices[min(self.place(year), self.horizon)]

    def split(
        self, project: Project, weights: Mapping[str, float] | None = None, partner: str = ""
    ) -> dict[str, float]:
        """The part of each partner: of one alone, by the weights given, by the project's, by its lines, or even."""
        if partner:
            return {partner: 1.0}
        chosen = weights or project.split or self._by_lines(project) or dict.fromkeys(self.definition.codes, 1.0)
        whole = sum(chosen.values())
        return {code: weight / whole for code, weight in chosen.items() if weight}

    def _by_lines(self, project: Project) -> dict[str, float]:
        """What the project's lines, or the partners named in its effects, weigh."""
        weights: dict[str, float] = {}
        for key in dict.fromkeys(key for effect in project.effects for key in effect.lines):
            partner = self.lines[key].partner
            weights[partner] = weights.get(partner, 0.0) + self.amounts.get(key, 0.0)
        if any(weights.values()):
            return weights
        posts = (self.posts[key].partner for effect in project.effects for key in getattr(effect, "posts", ()))
        named = (effect.partner for effect in project.effects if effect.partner)
        return dict.fromkeys((*posts, *named), 1.0)


def plain_post(record: Post) -> posts.Post:
    """A post of the register as the appraisal takes it, pounds a year of the base year."""
    return posts.Post(
        key=record.key,
        partner=record.partner,
        role=record.role,
        salary=float(record.salary),
        on_cost=record.on_cost,
        fte=record.fte,
    )
