"""What each level of working together allows: savings, pooled budget, agreement, VAT route, exit terms [judgement]."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from consortia.errors import UnknownReference, suggest
from consortia.reference import shelf


@dataclass(frozen=True, slots=True)
class LevelRule:
    """The rules of one level. Judgement from the provisions that it names; no legal or tax advice."""

    code: str
    levers: tuple[str, ...]
    """The levers whose savings it can bring: share_practice, remove_duplication, build_critical_mass."""
    pooled_budget: bool
    """Whether savings that need a pooled budget may be booked."""
    joint_staff: bool
    shared_risk: bool
    needs: tuple[str, ...]
    """What is in place where a function truly stands on the level."""
    agreement: str
    agreement_cy: str
    vat: str
    vat_cy: str
    notice_months: float
    """Months of notice where an agreement names none."""
    exit: str
    exit_cy: str
    evidence: str
    source: str


@cache
def _rules() -> dict[str, LevelRule]:
    return {row["code"]: _rule(row) for row in shelf.rows("level_rules")}


def _rule(row: dict[str, str]) -> LevelRule:
    yes = {name: row[name] == "1" for name in ("pooled_budget", "joint_staff", "shared_risk")}
    lists = {name: shelf.split(row[name]) for name in ("levers", "needs")}
    return shelf.record(LevelRule, row, **yes, **lists, **shelf.numbers(row, "notice_months"))


def level_rules() -> tuple[LevelRule, ...]:
    """The rules of the five levels, from networking to full integration."""
    return tuple(_rules().values())


def level_rule(code: str) -> LevelRule:
    """The rules of one level; raises UnknownReference with the nearest codes."""
    try:
        return _rules()[code]
    except KeyError:
        raise UnknownReference(
            f"'{code}' is not a level of working together.", remedy=suggest(code, _rules())
        ) from None


def allows(code: str, *, lever: str, pooled_budget: bool = False) -> bool:
    """Say whether savings by that lever, with a pooled budget where they need one, may be booked at a level."""
    rule = level_rule(code)
    return lever in rule.levers and (rule.pooled_budget or not pooled_budget)
