"""What stands in the way of setting priorities: scores by no criterion, off their scale, twice or missing."""

from __future__ import annotations

from collections.abc import Iterator

from consortia.findings import Finding, Place, Severity, Value, listed, msgid, named
from consortia.study.definition import Definition
from consortia.study.priorities import Criterion, Score
from consortia.study.projects import Project


def candidates(definition: Definition) -> tuple[Project, ...]:
    """The projects among which priorities are set, carried out or not."""
    left_out = definition.priorities.leave_out if definition.priorities else ()
    return tuple(one for one in definition.projects if one.key not in left_out)


def unscored(project: Project, definition: Definition) -> tuple[Criterion, ...]:
    """The criteria by which people should have scored a project and did not."""
    criteria = definition.priorities.criteria if definition.priorities else ()
    scored = {one.criterion for one in project.scores}
    return tuple(one for one in criteria if one.measure is None and one.key not in scored)


def priority_findings(definition: Definition) -> Iterator[Finding]:
    """Every fault of the priorities of a study, with its place."""
    criteria = {one.key: one for one in definition.priorities.criteria} if definition.priorities else {}
    for project in definition.projects:
        yield from _of_scores(project, criteria)
    yield from _of_names(definition)
    for project in candidates(definition):
        if missing := unscored(project, definition):
            sentence = msgid("'{project}' has no score for {criteria}, so that it has no rank.")
            remedy = msgid("Score it, with the reason; not scored is not nought.")
            values: tuple[tuple[str, Value], ...] = (("project", project.key), ("criteria", _titles(missing)))
            place = Place("", cell=f"projects.{project.key}.scores")
            yield Finding("not-scored", Severity.WARNING, sentence, remedy, place, values)


def _of_scores(project: Project, criteria: dict[str, Criterion]) -> Iterator[Finding]:
    seen: set[str] = set()
    for one in project.scores:
        place = f"projects.{project.key}.scores.{one.criterion}"
        known = ", ".join(key for key, held in criteria.items() if held.measure is None) or "\N{EN DASH}"
        criterion = criteria.get(one.criterion)
        if criterion is None or criterion.measure:
            sentence = msgid("'{criterion}' is no criterion by which people score.")
            remedy = msgid("Those of this study are: {known}.")
            yield _fault("no-criterion", place, sentence, remedy, criterion=one.criterion, known=known)
        elif one.criterion in seen:
            sentence = msgid("'{criterion}' is scored twice in one project.")
            yield _fault("scored-twice", place, sentence, msgid("Keep one."), criterion=one.criterion)
        elif _off_scale(one, criterion):
            sentence = msgid("A score of {score} is not on its scale, from {worst} to {best}.")
            ends = {"score": f"{one.score:g}", "worst": f"{criterion.worst:g}", "best": f"{criterion.best:g}"}
            yield _fault(
                "off-its-scale", place, sentence, msgid("Correct the score, or the ends of the scale."), **ends
            )
        seen.add(one.criterion)


def _of_names(definition: Definition) -> Iterator[Finding]:
    if definition.priorities is None:
        return
    known = {one.key for one in definition.projects}
    for what in ("must", "leave_out"):
        for name in getattr(definition.priorities, what):
            if name not in known or (what == "must" and name in definition.priorities.leave_out):
                sentence = msgid("'{name}' is none of the projects among which priorities are set.")
                remedy = msgid("Correct the name, or take it out. There are: {known}.")
                told = ", ".join(sorted(known)) or "\N{EN DASH}"
                yield _fault("no-candidate", f"priorities.{what}", sentence, remedy, name=name, known=told)


def _off_scale(score: Score, criterion: Criterion) -> bool:
    low, high = sorted((criterion.worst, criterion.best))
    return not low <= score.score <= high


def _titles(criteria: tuple[Criterion, ...]) -> Value:
    return listed(named(one.title.en, one.title.cy) for one in criteria)


def _fault(code: str, place: str, sentence: str, remedy: str, /, **values: Value) -> Finding:
    return Finding(code, Severity.ERROR, sentence, remedy, Place("", cell=place), tuple(values.items()))
