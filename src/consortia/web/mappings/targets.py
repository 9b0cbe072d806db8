"""What a code can be mapped to, by name: services of the list, cost types, and what is left out."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from consortia.intake.mapping.suggestions import known_targets
from consortia.reference.taxonomy import service
from consortia.report.words import msgid
from consortia.run.bridge_tables import COST_TYPES
from consortia.study.mapping import EXCLUDED, Side
from consortia.web.language import language, sentence

SIDES: dict[Side, str] = {
    "service": msgid("What it was for: services"),
    "cost_type": msgid("What was bought: cost types"),
}
LEFT_OUT = msgid("Left out: no service spending")


def target_name(side: Side, target: str) -> str:
    """The name of a target in the person's language."""
    if target == EXCLUDED:
        return sentence(LEFT_OUT)
    if side == "cost_type":
        return sentence(COST_TYPES[target]) if target in COST_TYPES else target
    found = service(target)
    return found.name_cy if language().code == "cy" and found.name_cy else found.name


def targets_in_words(side: Side, targets: Iterable[tuple[str, Decimal]]) -> str:
    """One target by its name, or several each with its share."""
    said = [
        target_name(side, target)
        if share == 1
        else f"{language().percent(float(share), 4)} {target_name(side, target)}"
        for target, share in targets
    ]
    return "; ".join(said)


def target_choices(side: Side) -> tuple[tuple[str, str], ...]:
    """Every target with its name; services under their heads are named after the head, which tells them apart."""
    return tuple((target, _full_name(side, target)) for target in known_targets(side))


def _full_name(side: Side, target: str) -> str:
    head, _, rest = target.partition(".")
    if side == "service" and rest:
        return f"{target_name(side, head)}: {target_name(side, target)}"
    return target_name(side, target)
