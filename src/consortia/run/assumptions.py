"""The values a run uses: the reference parameters, replaced where the study or the scenario says so with a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace

from consortia.errors import StudyError, suggest
from consortia.findings import Place
from consortia.reference.parameters import Parameter, parameter, parameters
from consortia.reference.taxonomy import Family
from consortia.study import Assumption, Definition, Range
from consortia.study.document_findings import listed
from consortia.study.fractions import PART, SIGNED, Fraction, Least
from consortia.study.records import Refused

RATIO = Fraction(0, 5)
"""What is a fraction of something else and may be more than it."""


@dataclass(frozen=True)
class Assumptions:
    """Reference parameters with the study's own values over them, by key."""

    own: dict[str, Assumption]

    def value(self, key: str) -> float:
        """One number: the study's value, or the mean of its range, or the reference value."""
        own = self.own.get(key)
        if own is None:
            return reference_value(parameter(key))
        if own.value is not None:
            return own.value
        return mean_of(self.range(key))

    def range(self, key: str) -> Range:
        """A range: the study's or the reference's; a single value is a range of no width."""
        own = self.own.get(key)
        if own is not None and own.range is not None:
            return own.range
        if own is not None:
            value = float(own.value or 0.0)
            return Range(low=value, mode=value, high=value)
        found = parameter(key)
        if found.value is not None or found.low is None or found.mode is None or found.high is None:
            value = reference_value(found)
            return Range(low=value, mode=value, high=value)
        return Range(low=found.low, mode=found.mode, high=found.high)

    def sequence(self, key: str) -> tuple[float, ...]:
        """The parts of a phasing, year by year."""
        return parameter(key).sequence

    def saving_range(self, family: Family) -> Range:
        """The saving range of a service family: the study's `saving.<family>`, or the reference range.

        StudyError where the reference has no range because the service is reviewed by named post.
        """
        own = self.own.get(f"saving.{family.code}")
        if own is not None and own.range is not None:
            return own.range
        if family.low is None or family.mode is None or family.high is None:
            remedy = "Give the initiative its own saving range with the reason, or take it out of study.yaml."
            raise StudyError(f"There is no saving range for '{family.name}': {family.note}", remedy=remedy)
        return Range(low=family.low, mode=family.mode, high=family.high)


def assumptions_of(definition: Definition, scenario: str = "base") -> Assumptions:
    """The study's assumptions with those of the scenario over them; StudyError names unknown keys and scenarios."""
    own = {one.key: one for one in definition.assumptions}
    if scenario != "base":
        own |= {one.key: one for one in _scenario_assumptions(definition, scenario)}
    _refuse_unknown(own)
    _refuse_beyond_reach(own)
    return Assumptions(own)


def reference_value(found: Parameter) -> float:
    """A parameter's single value: as published, or the PERT mean of its range."""
    if found.value is not None:
        return found.number
    if found.low is None or found.mode is None or found.high is None:
        raise ValueError(f"parameter {found.key} has neither a value nor a range")
    return mean_of(Range(low=found.low, mode=found.mode, high=found.high))


def mean_of(given: Range) -> float:
    """Mean of the PERT distribution, (low + 4 mode + high) / 6 (methods: 7.1)."""
    return (given.low + 4 * given.mode + given.high) / 6


def _scenario_assumptions(definition: Definition, scenario: str) -> tuple[Assumption, ...]:
    for one in definition.scenarios:
        if one.key == scenario:
            return one.assumptions
    known = ", ".join(["base", *(one.key for one in definition.scenarios)])
    raise StudyError(f"There is no scenario '{scenario}' in study {definition.key}.", remedy=f"Choose one of: {known}.")


def _refuse_beyond_reach(own: dict[str, Assumption]) -> None:
    """A share or a chance lies between 0 and 1, a saving between -1 and 1, and no parameter is negative."""
    faults = []
    for key, one in own.items():
        try:
            _limits(key).checked(one.value if one.range is None else one.range)
        except Refused as refused:
            faults.append(replace(refused.finding, place=Place("study.yaml", cell=f"assumptions.{key}")))
    if faults:
        raise StudyError(f"Assumptions have faults:\n{listed(faults)}\n", remedy="Correct them, then try again.")


def _limits(key: str) -> Fraction | Least:
    if key.startswith("saving."):
        return SIGNED
    unit = parameter(key).unit
    if unit.startswith(("share", "part", "correlation")):
        return PART
    return RATIO if "as a share" in unit or "over planned" in unit else Least(0)


def _refuse_unknown(own: dict[str, Assumption]) -> None:
    from consortia.reference.taxonomy import families

    known = {one.key for one in parameters()} | {f"saving.{one.code}" for one in families()}
    unknown = sorted(set(own) - known)
    if unknown:
        hint = suggest(unknown[0], known) or "See `consortia reference parameters`."
        raise StudyError(f"Nothing is called '{unknown[0]}' among the assumptions.", remedy=hint)
