"""The action plan of a consortium: what is to be done, by whom and when, so that each function comes to its level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consortia.study import Text
from consortia.study.placements import NextAction, Placement

TO_BE_PLANNED = NextAction(
    what=Text(en="To be planned: nothing is stated yet.", cy="I'w gynllunio: ni nodwyd dim eto.")
)
LAST = "9999"


@dataclass(frozen=True, slots=True)
class Action:
    """One line of the plan. `due` is a day or empty; `partners` are codes; nobody owns it where `owner` is empty."""

    function: str
    name: Text
    level: str
    partners: tuple[str, ...]
    what: Text
    owner: str
    due: str
    aims: tuple[str, ...]


def actions_of(placements: Sequence[Placement], codes: Sequence[str]) -> tuple[Action, ...]:
    """The actions of all placements, the earliest due first, those without a day last.

    A function on a level with nothing to be done stated has one line that says so; one that is not shared has none.
    `codes` are the partners of the study: those of a placement that names no members.
    """
    found = [_action(one, each, codes) for one in placements for each in one.actions or _open(one)]
    return tuple(sorted(found, key=lambda one: (one.due or LAST, one.function)))


def _open(placement: Placement) -> tuple[NextAction, ...]:
    return () if placement.level == "none" else (TO_BE_PLANNED,)


def _action(placement: Placement, action: NextAction, codes: Sequence[str]) -> Action:
    return Action(
        function=placement.key,
        name=placement.function,
        level=placement.level,
        partners=placement.members or tuple(codes),
        what=action.what,
        owner=action.owner,
        due=action.due,
        aims=action.aims,
    )
