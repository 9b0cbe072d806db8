"""What the figures on priorities are made of: the scores and weights that people stated, and the projects' streams."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from consortia.report.figures import Ingredient
from consortia.report.words import msgid
from consortia.run.programme.document_leaves import STATED
from consortia.run.programme.flow_figures import ProjectTrail, safe, stream_key
from consortia.study.priorities import Priorities
from consortia.study.projects import Project

PRIORITY_TABLES = ("priorities", "rank_reversals", "score_evidence", "within_budget", "next_sets", "other_budgets")
PRIORITY_FORMULAS: Mapping[str, str] = {
    "priorities.total": msgid("sum over the criteria of weight x place on its scale, from 0 (worst) to 100 (best)"),
    "priorities.rank": msgid("1 + the number of projects with a higher weighted score"),
    "priorities.first": msgid("part of 10,000 draws of weights, even over all that add up to one, with it first"),
    "rank_reversals.change": msgid("- lead / (weight x difference of the two places on the scale)"),
    "within_budget.worth": msgid("sum over the years of (what comes in - what goes out) x discount factor"),
    "within_budget.one_off": msgid("sum over the project's one-off costs"),
    "within_budget.lost": msgid("worth of the best set - worth of the best set with that project decided otherwise"),
}


def priority_inputs(trail: ProjectTrail, row: str, column: str) -> Iterable[str]:
    """The keys behind one cell; `row` is the key of a project, or the number of a row."""
    definition = trail.found.definition
    held, project = definition.priorities, next((one for one in definition.projects if one.key == row), None)
    if held is None:
        return ()
    if row == "together" or column == "lost":
        return [f"within_budget.{one.key}.{'worth' if column == 'lost' else column}" for one in definition.projects]
    if project is None or column in ("rank", "highest", "lowest", "first"):
        return _weights(trail, held)
    if column == "total":
        return (*(f"priorities.{row}.scores.{one.key}" for one in held.criteria), *_weights(trail, held))
    if scored := _scores(trail, project, column.removeprefix("scores.")):
        return scored
    return [stream_key(one.key) for one in trail.found.central.streams if one.project == row]


def _scores(trail: ProjectTrail, project: Project, criterion: str) -> list[str]:
    """The score of a project by a criterion, as stated; none where it is measured."""
    return [
        trail.leaf(
            Ingredient(
                safe(f"projects.{project.key}.scores.{one.criterion}"), one.score, "", one.source, "", STATED,
                f"{one.reason} ({one.grade}/6)" if one.grade else one.reason,
            )
        )
        for one in project.scores
        if one.criterion == criterion
    ]  # fmt: skip


def _weights(trail: ProjectTrail, held: Priorities) -> list[str]:
    return [
        trail.leaf(
            Ingredient(
                safe(f"priorities.criteria.{one.key}.weight"), one.weight, "", one.reason or held.reason, "", STATED
            )
        )
        for one in held.criteria
    ]
