"""Correlations that a study asks for between uncertain inputs, and what is said where they cannot all be true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches

from consortia.appraisal.dependence import Dependence, Repair
from consortia.appraisal.draws import Sampling
from consortia.appraisal.refusals import AppraisalError
from consortia.appraisal.streams import Programme
from consortia.findings import Finding, Place, Severity
from consortia.study import Definition

PLACE = "correlations"


def correlated(programme: Programme, definition: Definition, *, file: str) -> tuple[Programme, tuple[Finding, ...]]:
    """The programme with the correlations asked for, and one finding for each that is wrong or could not be had.

    Correlations that cannot exist together are replaced by the nearest that can, and that is said; a name that no
    uncertain input has, or a pair that stands twice, is an error.
    """
    faults = tuple(_faults(programme, definition, file))
    if faults or not definition.correlations:
        return programme, faults
    asked = Dependence({one.between: one.rank for one in definition.correlations})
    try:
        sampling = Sampling.of(dict(programme.inputs), shares=dict(programme.shares), dependence=asked)
    except AppraisalError as refused:
        return programme, (_impossible(refused, file),)
    repaired = (_repaired(sampling.repair, file),) if sampling.repair else ()
    return replace(programme, dependence=asked), repaired


def _faults(programme: Programme, definition: Definition, file: str) -> Iterator[Finding]:
    seen: set[frozenset[str]] = set()
    for number, one in enumerate(definition.correlations, start=1):
        place = Place(file, cell=f"{PLACE}.{number}")
        for name in one.between:
            if name not in programme.inputs:
                yield _unknown(name, programme, place)
        if frozenset(one.between) in seen or one.between[0] == one.between[1]:
            yield Finding(
                "correlation-twice",
                Severity.ERROR,
                "The correlation of '{one}' with '{other}' stands twice, or is one with itself.",
                "Keep one for each pair of different inputs.",
                place,
                (("one", one.between[0]), ("other", one.between[1])),
            )
        seen.add(frozenset(one.between))


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


def _impossible(refused: AppraisalError, file: str) -> Finding:
    return Finding(
        "correlation-impossible",
        Severity.ERROR,
        "The correlations asked for cannot be drawn: {what}",
        "Leave out the correlation that is named, or lower the correlations of projects in general.",
        Place(file, cell=PLACE),
        (("what", refused.what),),
    )


def _repaired(repair: Repair, file: str) -> Finding:
    return Finding(
        "correlations-repaired",
        Severity.WARNING,
        "The correlations asked for cannot all be true at once; the nearest that can are used. The one that moved "
        "most is that of '{one}' with '{other}': {given} in place of {asked}.",
        "Look whether the correlations of these inputs with others are as strong as stated.",
        Place(file, cell=PLACE),
        (
            ("one", repair.pair[0]),
            ("other", repair.pair[1]),
            ("given", f"{repair.given:.2f}"),
            ("asked", f"{repair.asked:.2f}"),
        ),
    )
