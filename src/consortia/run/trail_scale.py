"""The trail of what size and unlikeness do to a group: the scale curve's elasticity and volumes, unlike pairs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from consortia.reference.denominators import denominator_name
from consortia.report.words import Cell, Words, say
from consortia.run import formulas as words
from consortia.run.gains import CurveUsed
from consortia.run.proposals import Proposal, mean_unlikeness
from consortia.study import Text

AddIngredient = Callable[..., str]
AddFigure = Callable[..., str]


def curve_keys(add: AddIngredient, curve: CurveUsed, proposal: Proposal, members: Sequence[str]) -> tuple[str, ...]:
    """The elasticity and the volumes of a group's members, as ingredients of its saving; gives their keys."""
    source, per = Text(en=curve.found.edition.title), curve.found.denominator
    year = str(curve.found.edition.year)
    elasticity = add(
        f"elasticity.{proposal.service.code}", curve.curve.elasticity, unit=words.ELASTICITY, source=source, date=year,
        evidence="V",
    )  # fmt: skip
    unit = Text(en=denominator_name(per), cy=denominator_name(per, "cy"))
    volumes = dict(zip(proposal.members, curve.curve.volumes, strict=True))
    named = [
        add(f"volume.{per}.{code}", volumes[code], unit=unit, source=source, date=year, evidence="V")
        for code in members
    ]  # fmt: skip
    return (elasticity, *named)


def unlikeness_key(add: AddFigure, proposal: Proposal, members: Sequence[str], name: str, *inputs: str) -> str:
    """The unlikeness of a group's mean pair as a figure; gives its key."""
    return add(f"unlikeness.{name}", mean_unlikeness(proposal, members), words.PART_OF_ONE, words.UNLIKENESS, *inputs)


def planned_formula(proposal: Proposal, members: int) -> Words:
    """How the planned saving of a group follows: by the range or by the scale curve."""
    count: Cell = members
    return words.PLANNED_BY_CURVE if proposal.curve else say(words.PLANNED_SAVING, members=count)
