"""Which projects come first, and which of them should be done within the money: worked out from the documents.

Each project is appraised by itself, every set that is looked at as a whole, in the central case and without the
services to be shared, so that what two projects save on one budget line is counted once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from weakref import WeakKeyDictionary

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.engine import appraise_programme
from consortia.appraisal.priorities import (
    Reversal,
    efficient,
    first_shares,
    on_scale,
    rank_ranges,
    ranks,
    reversals,
    weighted_scores,
)
from consortia.appraisal.programme_results import ProgrammeAppraisal
from consortia.appraisal.selection import (
    Limits,
    Selection,
    Worth,
    best_selection,
    best_selections,
    otherwise,
    worth_of_a_pound,
)
from consortia.run.assumptions import assumptions_of
from consortia.run.programme.appraised import CERTAIN_DRAWS, Appraised
from consortia.run.programme.compiled import HALFWAY, compile_programme
from consortia.study import Definition
from consortia.study.effects import PostsEffect
from consortia.study.priorities import Criterion, Priorities
from consortia.study.priority_findings import candidates
from consortia.study.projects import Project
from consortia.study.scenarios import BASE

OTHER_BUDGETS = (0.5, 0.75, 1.25, 1.5)
"""What else the budget is tried at: parts of it."""
NEXT_BEST = 3
"""Sets that are shown beside the best one."""
WEIGHTS_TRIED, WEIGHTS_SEED = 10_000, 20_260_401
"""Weights that are drawn to see how often each project comes first."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """A project with what it comes to by itself; real pounds of the base year, central case."""

    project: Project
    worth: float
    one_off: FloatArray
    saving: float

    @property
    def cost(self) -> float:
        """One-off cost of all years together, not discounted."""
        return float(self.one_off.sum())

    def by(self, criterion: Criterion) -> float | None:
        """Its value by a criterion, as scored or appraised; None where nobody scored it, or a ratio is to no cost."""
        if criterion.measure is None:
            return next((one.score for one in self.project.scores if one.criterion == criterion.key), None)
        if criterion.measure == "worth_per_pound":
            return self.worth / self.cost if self.cost > 0 else None
        return {"net_present_value": self.worth, "yearly_saving": self.saving}.get(criterion.measure, self.cost)


@dataclass(frozen=True, eq=False)
class Ranked:
    """The projects that have a score by every criterion, ranked; `raw` as scored or measured, [project, criterion]."""

    projects: tuple[Candidate, ...]
    criteria: tuple[Criterion, ...]
    raw: FloatArray
    within: float

    @cached_property
    def weights(self) -> FloatArray:
        """Weights that add up to one."""
        given: FloatArray = np.array([one.weight for one in self.criteria])
        whole: float = given.sum()
        return np.asarray(given / whole)

    @cached_property
    def scores(self) -> FloatArray:
        """On the scales, 0 to 1."""
        return np.array(
            [[on_scale(value, worst=one.worst, best=one.best) for value, one in zip(row, self.criteria, strict=True)]
             for row in self.raw]
        )  # fmt: skip

    @cached_property
    def totals(self) -> FloatArray:
        """The weighted mean score of each, 0 to 1."""
        return weighted_scores(self.scores, self.weights)

    @property
    def first_shares(self) -> FloatArray:
        """The part of all weights with which each comes first."""
        return first_shares(self.scores, count=WEIGHTS_TRIED, seed=WEIGHTS_SEED)

    @property
    def efficient(self) -> tuple[bool, ...]:
        """Whether no other scores at least as high for at most the one-off cost."""
        return efficient(self.totals, np.array([one.cost for one in self.projects]))

    @property
    def ranks(self) -> tuple[int, ...]:
        """1 for the first; equals share the better rank."""
        return ranks(self.totals)

    @property
    def ranges(self) -> tuple[tuple[int, int], ...]:
        """Best and worst rank of each while any one weight is moved."""
        return rank_ranges(self.scores, self.weights, within=self.within)

    @property
    def reversals(self) -> tuple[Reversal, ...]:
        """Pairs that change places while one weight is moved, the nearest first."""
        return reversals(self.scores, self.weights, within=self.within)


@dataclass(frozen=True, eq=False)
class Within:
    """What should be done within the money: the best set, and what deciding each project otherwise would lose."""

    limits: Limits
    best: Selection | None
    next_best: tuple[Selection, ...]
    pound: tuple[float, ...]
    lost: tuple[float | None, ...]
    other_budgets: tuple[tuple[float, Selection | None], ...]


@dataclass(frozen=True, eq=False)
class Prioritised:
    """Everything on priorities: the candidates, their ranks where there are criteria, the set within the money."""

    priorities: Priorities
    candidates: tuple[Candidate, ...]
    ranked: Ranked | None
    within: Within | None

    @property
    def unranked(self) -> tuple[Candidate, ...]:
        """Candidates that lack a score."""
        known = {one.project.key for one in self.ranked.projects} if self.ranked else set()
        return tuple(one for one in self.candidates if one.project.key not in known)


_KNOWN: WeakKeyDictionary[Appraised, Prioritised | None] = WeakKeyDictionary()
"""The front, the findings and the tables ask alike, and every set is appraised anew: each appraisal is asked once."""


def prioritise(found: Appraised) -> Prioritised | None:
    """The priorities of an appraised study under its scenario; None where it sets none, or has no project."""
    if found not in _KNOWN:
        _KNOWN[found] = _prioritised(found)
    return _KNOWN[found]


def _prioritised(found: Appraised) -> Prioritised | None:
    definition = found.definition
    if definition.priorities is None or not candidates(definition):
        return None
    base = _as_it_stands(found)
    priorities = definition.priorities
    chosen = tuple(_candidate(project, base) for project in candidates(definition))
    return Prioritised(priorities, chosen, _ranked(chosen, priorities), _within(chosen, base, priorities))


def _as_it_stands(found: Appraised) -> Definition:
    """The definition under its scenario with every line's amount filled in: it needs neither returns nor scenarios."""
    definition, amounts = found.definition, found.compiled.frame.amounts
    lines = [one.model_copy(update={"amount": amounts.get(one.key, one.amount)}) for one in definition.lines]
    own = tuple(assumptions_of(definition, found.compiled.scenario).own.values())
    return definition.model_copy(
        update={"lines": tuple(lines), "assumptions": own, "scenarios": (), "correlations": ()}
    )


def _appraised(keys: frozenset[str], base: Definition) -> ProgrammeAppraisal:
    """The central case in which those projects are carried out, and no others."""
    projects = tuple(one.model_copy(update={"active": one.key in keys}) for one in base.projects)
    compiled = compile_programme(base.model_copy(update={"projects": projects}), scenario=BASE, tolerated=HALFWAY)
    return appraise_programme(compiled.programme, count=CERTAIN_DRAWS, seed=0, apart=False)


def _candidate(project: Project, base: Definition) -> Candidate:
    found = _appraised(frozenset({project.key}), base)
    return Candidate(
        project,
        worth=float(found.worth()[0]),
        one_off=found.central.total(kinds=("one_off_cost",)),
        saving=float(found.central.total(kinds=("cashable",))[-1]),
    )


def _ranked(chosen: tuple[Candidate, ...], priorities: Priorities) -> Ranked | None:
    """The ranks of all that have a value by every criterion; None where nothing can be ranked."""
    rows = [(one, [one.by(each) for each in priorities.criteria]) for one in chosen]
    whole = [(one, row) for one, row in rows if None not in row]
    if not priorities.criteria or not whole:
        return None
    raw = np.array([row for _, row in whole], dtype=float)
    return Ranked(tuple(one for one, _ in whole), priorities.criteria, raw, priorities.moved_by)


def _within(chosen: tuple[Candidate, ...], base: Definition, priorities: Priorities) -> Within | None:
    if priorities.budget is None and not priorities.by_year:
        return None
    limits = _limits(chosen, base, priorities)
    alone = np.array([one.worth for one in chosen])
    worth = _worth(chosen, base)
    sets = best_selections(alone, limits, 1 + NEXT_BEST, worth=worth)
    best = sets[0] if sets else None
    lost = otherwise(alone, limits, best, worth=worth) if best else [None] * len(chosen)
    others = tuple(
        (part, best_selection(alone, replace(limits, most=limits.most * part), worth=worth)) for part in OTHER_BUDGETS
    )
    return Within(limits, best, sets[1:], worth_of_a_pound(alone, limits)[1], tuple(lost), others)


def _worth(chosen: tuple[Candidate, ...], base: Definition) -> Worth:
    """What a set is worth as a whole, real pounds of net present value; each set is appraised once."""
    known: dict[frozenset[int], float] = {frozenset(): 0.0}
    known |= {frozenset({place}): one.worth for place, one in enumerate(chosen)}

    def worth(places: frozenset[int]) -> float:
        if places not in known:
            keys = frozenset(chosen[place].project.key for place in places)
            known[places] = float(_appraised(keys, base).worth()[0])
        return known[places]

    return worth


def _limits(chosen: tuple[Candidate, ...], base: Definition, priorities: Priorities) -> Limits:
    """Budgets as rows, of all years first where there is one; pairs by place. A year that is not seen costs nothing."""
    rows = [(np.array([one.cost for one in chosen]), float(priorities.budget))] if priorities.budget is not None else []
    years = [str(base.year.plus(t)) for t in range(base.horizon_years + 1)]
    rows += [
        (np.array([one.one_off[years.index(year)] if year in years else 0.0 for one in chosen]), float(amount))
        for year, amount in priorities.by_year.items()
    ]
    place = {one.project.key: number for number, one in enumerate(chosen)}
    return Limits(
        costs=np.array([costs for costs, _ in rows]),
        most=np.array([most for _, most in rows]),
        excludes=_excluding(chosen, place),
        needs=[(place[one.project.key], place[other]) for one in chosen for other in one.project.depends_on
               if other in place],
        must=frozenset(place[key] for key in priorities.must if key in place),
        never=frozenset(place[one.project.key] for one in chosen if set(one.project.depends_on) - place.keys()),
    )  # fmt: skip


def _excluding(chosen: tuple[Candidate, ...], place: dict[str, int]) -> list[tuple[int, int]]:
    """Pairs that exclude each other: as stated, and where both would end one post, which ends once."""
    stated = {
        frozenset((place[one.project.key], place[other]))
        for one in chosen for other in one.project.excludes if other in place
    }  # fmt: skip
    posts = [_posts(one.project) for one in chosen]
    twice = {frozenset(pair) for pair in combinations(range(len(chosen)), 2) if posts[pair[0]] & posts[pair[1]]}
    return sorted((min(pair), max(pair)) for pair in stated | twice)


def _posts(project: Project) -> set[str]:
    return {key for effect in project.effects if isinstance(effect, PostsEffect) for key in effect.posts}
