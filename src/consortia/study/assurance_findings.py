"""Ambition that the partners are not ready for: the deepest levels of working together ask for all six attributes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from consortia.findings import Finding, Place, Severity, listed, named
from consortia.study.assurance import Attribute
from consortia.study.definition import Definition
from consortia.study.values import Text

ATTRIBUTES: dict[str, Text] = {
    "leadership": Text(en="leadership", cy="arweinyddiaeth"),
    "partners": Text(en="relationships with partners", cy="perthynas â phartneriaid"),
    "governance": Text(en="governance and project management", cy="llywodraethu a rheoli prosiectau"),
    "culture": Text(en="culture and ways of working", cy="diwylliant a ffyrdd o weithio"),
    "community": Text(en="responsiveness to the community", cy="ymateb i'r gymuned"),
    "journey": Text(en="part of a longer journey", cy="rhan o daith hirach"),
}
AMBITIOUS = ("collaboration", "full_integration")
IN_PLACE = 2


def readiness_findings(definition: Definition) -> Iterator[Finding]:
    """A warning where a function is placed on a deep level and attributes are not in place, or not known to be.

    The source says that the more ambitious an initiative, the more likely all six are needed; that this begins at
    collaboration is our judgement [J].
    """
    if not definition.readiness:
        return
    held = {one.attribute: one.score for one in definition.readiness}
    lacking = [ATTRIBUTES[name] for name in get_args(Attribute) if held.get(name, 0) < IN_PLACE]
    for one in (one for one in definition.partnership.placements if one.level in AMBITIOUS):
        if lacking:
            yield Finding(
                "ambition-beyond-readiness",
                Severity.WARNING,
                "'{function}' is placed on a deep level, and these are not known to be in place: {attributes}.",
                "Put them in place first, say in `readiness` what shows that they are, or place it less deep.",
                Place("", cell=f"partnership.placements.{one.key}.level"),
                (
                    ("function", named(one.function.en, one.function.cy)),
                    ("attributes", listed(named(each.en, each.cy) for each in lacking)),
                ),
            )
