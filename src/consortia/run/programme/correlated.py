"""Correlations that a study asks for between uncertain inputs, and what is said where they cannot all be true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches

from consortia.appraisal.dependence import Dependence, Repair
from consortia.appraisal.draws import Sampling
from consortia.appraisal.refusals import AppraisalError
from consortia.appraisal.streams import Programme
from consortia.findings import Finding, Place, Severity, blocks
from consortia.study import Definition

PLACE = "correlations"
TOLD = 3
"""Pairs that are named where correlations had to be changed."""


def correlated(
    programme: Programme, definition: Definition, *, at: Place, known: frozenset[str] = frozenset()
) -> tuple[Programme, tuple[Finding, ...]]:
    """The programme with the correlations asked for, and one finding for each that is wrong or could not be had.

    A correlation lapses where one of the two is uncertain in the study as it stands (`known`) and not here: the
    scenario named by `at` has fixed it, or its project or its group is not carried out. Correlations that cannot exist
    together are replaced by the nearest that can, and that is said; a name that no uncertain input has, or a pair that
    stands twice, is an error.
    """
    found = tuple(_found(programme, definition, at, known))
    lapsed = {one for one, finding in found if finding.severity is Severity.NOTE}
    told = tuple(finding for _, finding in found)
    asked = [one for number, one in enumerate(definition.correlations, start=1) if number not in lapsed]
    if blocks(told) or not asked:
        return programme, told
    dependence = Dependence({one.between: one.rank for one in asked})
    try:
        sampling = Sampling.of(dict(programme.inputs), shares=dict(programme.shares), dependence=dependence)
    except AppraisalError as refused:
        return programme, (*told, _impossible(refused, at))
    repaired = (_repaired(sampling.repair, at),) if sampling.repair else ()
    return replace(programme, dependence=dependence), (*told, *repaired)


def names_unknown(programme: Programme, definition: Definition) -> bool:
    """Whether a correlation names what is no uncertain input of the programme."""
    return any(name not in programme.inputs for one in definition.correlations for name in one.between)


def _found(
    programme: Programme, definition: Definition, at: Place, known: frozenset[str]
) -> Iterator[tuple[int, Finding]]:
    """What is to be said of each correlation, by its number."""
    seen: set[frozenset[str]] = set()
    for number, one in enumerate(definition.correlations, start=1):
        place = Place(at.file, cell=f"{PLACE}[{number}]")
        missing = [name for name in one.between if name not in programme.inputs]
        strange = [name for name in missing if name not in known and not _of_sharing(name, definition)]
        yield from ((number, _unknown(name, programme, place)) for name in strange)
        if frozenset(one.between) in seen or one.between[0] == one.between[1]:
            yield number, _twice(one.between, place)
        elif missing and not strange:
            yield number, _lapsed(one.between, missing[0], at if at.cell else place)
        seen.add(frozenset(one.between))


def _of_sharing(name: str, definition: Definition) -> bool:
    """Whether it is an input of a group that would share a service of the study: which groups form is an outcome."""
    initiative, divided, _ = name.partition("|")[2].partition("/")
    return bool(divided) and initiative in {one.key for one in definition.initiatives}


def _lapsed(pair: tuple[str, str], gone: str, place: Place) -> Finding:
    return Finding(
        "correlation-lapsed",
        Severity.NOTE,
        "The correlation of '{one}' with '{other}' lapses: '{gone}' is not uncertain here, or is not carried out.",
        "To have it back, give the input a range, or carry out what it belongs to.",
        place,
        (("one", pair[0]), ("other", pair[1]), ("gone", gone)),
    )


def _twice(pair: tuple[str, str], place: Place) -> Finding:
    return Finding(
        "correlation-twice",
        Severity.ERROR,
        "The correlation of '{one}' with '{other}' stands twice, or is one with itself.",
        "Keep one for each pair of different inputs.",
        place,
        (("one", pair[0]), ("other", pair[1])),
    )


def _unknown(name: str, programme: Programme, place: Place) -> Finding:
    near = next(iter(get_close_matches(name, programme.inputs, 1, 0)), "\N{EN DASH}")
    return Finding(
        "correlation-of-nothing",
        Severity.ERROR,
        "'{name}' is not an uncertain input of this study, so nothing can be correlated with it.",
        "Correct the name, or give the input a range. The nearest there is: {near}.",
        place,
        (("name", name), ("near", near)),
    )


def _impossible(refused: AppraisalError, at: Place) -> Finding:
    return Finding(
        "correlation-impossible",
        Severity.ERROR,
        "The correlations asked for cannot be drawn: {what}",
        "Leave out the correlation that is named, or lower the correlations of projects in general.",
        Place(at.file, cell=PLACE),
        (("what", refused.what),),
    )


def _repaired(repair: Repair, at: Place) -> Finding:
    moved = (f"{move.pair[0]} \N{EN DASH} {move.pair[1]}: {_rank(move.asked)} \N{RIGHTWARDS ARROW} {_rank(move.given)}"
             for move in repair.moves[:TOLD])  # fmt: skip
    return Finding(
        "correlations-repaired",
        Severity.WARNING,
        "The correlations asked for cannot all be true at once; the nearest that can are used. Those that moved most, "
        "from what was asked to what is used: {moved}.",
        "Look whether the correlations of these inputs with others are as strong as stated.",
        Place(at.file, cell=PLACE),
        (("moved", "; ".join(moved)),),
    )


def _rank(rank: float) -> str:
    return f"{rank:.2f}".replace("-", "\N{MINUS SIGN}")
