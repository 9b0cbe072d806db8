"""The difference between two scenarios or studies as a list of changes, with the pounds that each of them moved.

Each change has its Shapley share: the mean of what it moves over all orders in which the changes could be made, so that
none is favoured by coming first. Source: methods.md 5.8 and 10.1. Up to eight changes every set of them is appraised;
beyond that a fixed sample of orders, each with its reverse, is taken. Both add up; the remainder is shown all the same.

Services that would be shared are part of it where the caller can say which: a change that moves them (an initiative, an
assumption) may form other groups, and what those are worth on the lines that the projects leave is what it moved.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
import polars as pl

from consortia.appraisal.engine import appraise_programme
from consortia.errors import StudyError
from consortia.run.assumptions import assumptions_of
from consortia.run.programme.appraised import CERTAIN_DRAWS
from consortia.run.programme.arrangements import Arrangements
from consortia.run.programme.compiled import HALFWAY, compile_programme
from consortia.run.programme.lines import amounts_of
from consortia.study import Definition
from consortia.study.definition import KEYED
from consortia.study.estimates import Estimate
from consortia.study.project_findings import active_projects
from consortia.study.scenarios import under_scenario

EXACT_UP_TO = 8
ORDERS = 128
SEED = 20_260_401
MOST_SEARCHED = 4
"""Changes that bear on who shares what, at most, whose sets are each searched for the best groups: sixteen."""
CHANGING = (*KEYED, "assumptions", "correlations", "horizon_years")
"""The parts of a definition that move an appraisal; words, targets and seeds do not."""
GROUPING = ("initiatives", "links", "partnership", "hosting", "assumptions", "horizon_years")
"""The parts that bear on who shares what."""
SHARED = tuple(part for part in GROUPING if part not in CHANGING)
GONE = "\N{EN DASH}"
Worth = Callable[[frozenset[int]], float]
Sharing = Callable[[Definition], Arrangements]
"""The services that a definition would share, as a run of it finds them."""


@dataclass(frozen=True, slots=True)
class Change:
    """One place of the documents that differs, as it is written on either side; `moved` is real pounds of NPV."""

    place: str
    before: str
    after: str
    moved: float


@dataclass(frozen=True)
class Explained:
    """Two appraisals and what lies between them: net present value, central case, real pounds of the base year."""

    first: float
    second: float
    changes: tuple[Change, ...]

    @property
    def remainder(self) -> float:
        """What no change accounts for."""
        return self.second - self.first - sum(change.moved for change in self.changes)


def explain_difference(
    first: Definition,
    second: Definition,
    *,
    harmonised: tuple[pl.DataFrame | None, pl.DataFrame | None] = (None, None),
    sharing: tuple[Sharing | None, Sharing | None] = (None, None),
    files: tuple[str, str] = ("study.yaml", "study.yaml"),
) -> Explained:
    """What moved the net present value from the first definition to the second, both as they are under a scenario.

    `sharing` gives the services that either side would share; None: they are left out. `files` is where a fault of
    either side is looked for. Raises StudyError when they have other partners or another base year: then they are two
    baselines, not one; BlockedByFindings when one of them cannot be appraised.
    """
    if (first.codes, first.base_year) != (second.codes, second.base_year):
        raise StudyError(
            f"{first.key} and {second.key} have different partners or base years.",
            remedy="Compare studies of the same partners and base year, or scenarios of one study.",
        )
    before, after = (_plain(one, lines) for one, lines in zip((first, second), harmonised, strict=True))
    formed = _remembered_groups(sharing[0])
    formed_by = (formed, formed if sharing[1] is sharing[0] else _remembered_groups(sharing[1]))
    worth_first, worth_second = (
        _worth(plain, formed_by=own, file=file, tolerated=frozenset())
        for plain, own, file in zip((before, after), formed_by, files, strict=True)
    )
    moves = changes_between(before, after, sharing=sharing[0] is not None)

    def between(chosen: frozenset[int]) -> float:
        places = [place for number in sorted(chosen) for place in moves[number]]
        return _worth(_between(before, after, places), formed_by=formed, file=files[1])

    moved = shapley_shares(_remembered(between), len(moves))
    changes = (_change(places, before, after, share) for places, share in zip(moves, moved, strict=True))
    ordered = tuple(sorted(changes, key=lambda change: (-abs(change.moved), change.place)))
    return Explained(worth_first, worth_second, ordered)


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any], *, sharing: bool) -> list[tuple[Place, ...]]:
    """The places at which two documents differ, each a change of its own.

    More than a few that bear on who shares what go together: each set of them takes a search for the best groups.
    """
    parts = (*CHANGING, *SHARED) if sharing else CHANGING
    every = [place for part in parts for place in _differences(before.get(part), after.get(part), (part,))]
    searched = tuple(place for place in every if sharing and place[0] in GROUPING)
    if len(searched) <= MOST_SEARCHED:
        return [(place,) for place in every]
    return [*((place,) for place in every if place not in searched), searched]


def _change(places: Sequence[Place], before: Mapping[str, Any], after: Mapping[str, Any], moved: float) -> Change:
    left, right = ("; ".join(_shown(_at(plain, place)) for place in places) for plain in (before, after))
    return Change("; ".join(".".join(place) for place in places), left, right, moved)


def _remembered_groups(sharing: Sharing | None) -> Sharing:
    """The services shared by a definition, worked out once for all definitions that agree in what bears on them."""
    known: dict[str, Arrangements] = {}

    def formed(definition: Definition) -> Arrangements:
        if sharing is None:
            return Arrangements()
        plain = definition.model_dump(mode="json")
        bearing = json.dumps([plain.get(part) for part in GROUPING], sort_keys=True)
        if bearing not in known:
            known[bearing] = sharing(definition)
        return known[bearing]

    return formed


def effective(definition: Definition, scenario: str) -> Definition:
    """The definition with the fields and the assumptions of a scenario in place of its own."""
    changed = under_scenario(definition, scenario)
    own = tuple(assumptions_of(changed, scenario).own.values())
    return changed.model_copy(update={"assumptions": own, "scenarios": ()})


def shapley_shares(worth: Worth, count: int) -> list[float]:
    """Each change's share of worth(all) - worth(none): exact for few changes, else over a fixed sample of orders."""
    if count <= EXACT_UP_TO:
        return [_exact(worth, count, place) for place in range(count)]
    drawn = np.random.default_rng(SEED)
    forward = [list(map(int, drawn.permutation(count))) for _ in range(ORDERS // 2)]
    shares = np.zeros(count)
    for order in (*forward, *(order[::-1] for order in forward)):
        for position, place in enumerate(order):
            shares[place] += worth(frozenset(order[: position + 1])) - worth(frozenset(order[:position]))
    return [float(share) for share in shares / ORDERS]


def _exact(worth: Worth, count: int, place: int) -> float:
    others = [each for each in range(count) if each != place]
    return sum(
        (worth(frozenset((*chosen, place))) - worth(frozenset(chosen))) / (count * comb(count - 1, size))
        for size in range(count)
        for chosen in combinations(others, size)
    )


def _remembered(worth: Worth) -> Worth:
    known: dict[frozenset[int], float] = {}

    def remembered(chosen: frozenset[int]) -> float:
        if chosen not in known:
            known[chosen] = worth(chosen)
        return known[chosen]

    return remembered


def _worth(plain: Mapping[str, Any], *, formed_by: Sharing, file: str, tolerated: frozenset[str] = HALFWAY) -> float:
    """Net present value of all partners in the central case; nothing where nothing is carried out or shared.

    Correlations are left aside: they move no pound of the central case, and may lapse on the way.
    """
    definition = Definition.model_validate({**plain, "correlations": ()})
    shared = formed_by(definition)
    if not active_projects(definition) and not shared.cases:
        return 0.0
    compiled = compile_programme(definition, file=file, arrangements=shared, tolerated=tolerated)
    found = appraise_programme(compiled.programme, count=CERTAIN_DRAWS, seed=0, apart=False)
    return float(found.worth()[0])


def _plain(definition: Definition, harmonised: pl.DataFrame | None) -> dict[str, Any]:
    """The definition as plain values with each line's amount filled in from the return, keyed records by their key."""
    amounts, _ = amounts_of(definition, harmonised)
    plain = definition.model_dump(mode="json") | {"scenarios": []}
    for line in plain["lines"]:
        line["amount"] = amounts.get(line["key"], line["amount"])
    return plain


Place = tuple[str, ...]
WHOLE = frozenset({"amounts", "target", "current", "price_of", "split", "table", "posts", "people", "index"})
"""Fields that change as a whole: a reader thinks of them as one."""
SILENT = frozenset(
    {"title", "source", "reason", "owner", "note", "grade", "uptakes", "counts", "outturns", "scores", "aims",
     "forecasts", "assurance", "mitigations", "engagement", "conditions"}
)  # fmt: skip
"""Fields that move no pound."""
UNSAID = SILENT | {"key"}


def _differences(before: Any, after: Any, place: Place) -> Iterator[Place]:
    """The places at which two plain values differ, as deep as a reader would name them."""
    if before == after or place[-1] in SILENT:
        return
    left, right = _parts(before, place), _parts(after, place)
    if left is None or right is None:
        yield place
        return
    for name in dict.fromkeys((*left, *right)):
        if name in left and name in right:
            yield from _differences(left[name], right[name], (*place, name))
        else:
            yield (*place, name)


def _parts(value: Any, place: Place) -> dict[str, Any] | None:
    """The parts of a value by name; None for what is one thing: a number, an estimate, amounts by year."""
    if place[-1] in WHOLE:
        return None
    if isinstance(value, dict):
        return None if set(value) == set(Estimate.model_fields) else value
    if isinstance(value, list) and all(isinstance(one, dict) and "key" in one for one in value):
        return {one["key"]: one for one in value}
    return None


def _between(before: Mapping[str, Any], after: Mapping[str, Any], places: Sequence[Place]) -> dict[str, Any]:
    """The first document with the second's values at some places."""
    plain = copy.deepcopy(dict(before))
    for place in places:
        _put(plain, place, _at(after, place))
    return plain


def _at(plain: Any, place: Place) -> Any:
    """The value at a place; None where there is none."""
    for name in place:
        if isinstance(plain, list):
            plain = next((one for one in plain if one["key"] == name), None)
        else:
            plain = plain.get(name) if isinstance(plain, dict) else None
    return plain


def _put(plain: Any, place: Place, value: Any) -> None:
    *steps, last = place
    held = _at(plain, tuple(steps)) if steps else plain
    if isinstance(held, list):
        kept = [one for one in held if one["key"] != last]
        held[:] = kept if value is None else [*kept, value]
    else:
        held[last] = value


def _shown(value: Any) -> str:
    """A plain value as it would be written in the document, in short."""
    if value is None:
        return GONE
    if isinstance(value, dict) and set(value) == set(Estimate.model_fields):
        value = Estimate.model_validate(value).model_dump(exclude_defaults=True)
    if isinstance(value, dict) and "key" in value and "title" in value:
        return str(value["key"])
    if isinstance(value, dict):
        told = {name: one for name, one in value.items() if name not in UNSAID and one not in (None, "", "pert")}
        return ", ".join(f"{name} {_shown(one)}" for name, one in told.items())
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    if isinstance(value, bool):
        return str(value).lower()
    return _number(value)


def _number(value: Any) -> str:
    """A number with its thousands marked, exact amounts too; anything else as it is."""
    try:
        return f"{float(value):,.12g}"
    except ValueError:
        return str(value)
