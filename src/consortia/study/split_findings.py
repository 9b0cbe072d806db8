"""Weights by which projects and their costs are shared out: what they leave nobody, and where they make no whole."""

from __future__ import annotations

from collections.abc import Iterator

from consortia.findings import Finding, Place, Severity, Value, listed, named
from consortia.study.definition import Definition

HALF_A_HUNDREDTH, SLACK = 0.005, 1e-9


def split_findings(definition: Definition) -> Iterator[Finding]:
    """Weights that share nothing out, and those that look like parts of a whole but do not make one."""
    for where, weights in _weights(definition):
        if weights and not any(weights.values()):
            yield Finding(
                "split-of-nothing",
                Severity.ERROR,
                "All weights are zero: nobody would have a part.",
                "Give weights above zero, such as floor space or budgets.",
                Place("", cell=where),
            )
        elif _parts_of_no_whole(weights):
            yield _not_whole(where, weights, definition)


def _weights(definition: Definition) -> Iterator[tuple[str, dict[str, float]]]:
    """The weights of projects and of their costs, each with its place."""
    for project in (one for one in definition.projects if one.active):
        place = f"projects.{project.key}"
        yield f"{place}.split", project.split
        yield from ((f"{place}.costs.{one.key}.split", getattr(one, "split", {})) for one in project.costs)


def _parts_of_no_whole(weights: dict[str, float]) -> bool:
    """Whether weights look like parts of one, all below it, and miss it by more than rounding to hundredths does."""
    fractions = len(weights) > 1 and all(weight < 1 for weight in weights.values())
    return fractions and abs(sum(weights.values()) - 1) > len(weights) * HALF_A_HUNDREDTH + SLACK


def _not_whole(where: str, weights: dict[str, float], definition: Definition) -> Finding:
    whole = sum(weights.values())
    names = {one.code: named(one.name.en, one.name.cy) for one in definition.partners}
    return Finding(
        "split-not-one",
        Severity.NOTE,
        "The weights add to {whole}, not to 1. They are taken in proportion, so that nothing is left over: {parts}.",
        "Correct them if they were meant as parts of the whole.",
        Place("", cell=where),
        (("whole", f"{whole:.4g}"), ("parts", _in_proportion(weights, names))),
    )


def _in_proportion(weights: dict[str, float], names: dict[str, Value]) -> Value:
    """Each partner with its part of the whole, such as Ash 67%."""
    whole = sum(weights.values())
    shares = ((names.get(code, code), f"{weight / whole:.1%}") for code, weight in weights.items())
    return listed(listed(each, " ") for each in shares)
