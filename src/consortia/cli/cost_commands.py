"""Commands on costs: the bridge of each return, activities and overheads, what services may cost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

Language = Literal["en", "cy"]


def bridge(folder: Path, *, partner: str = "", service: str = "", language: Language = "en") -> None:
    """Shows what was done to the amounts as returned, step by step, down to the source cells.

    Parameters
    ----------
    folder
        The study.
    partner
        One partner by any spelling or code; without it all are shown.
    service
        Code of one service, to see its cost types and source cells; without it every head is shown.
    language
        en or cy.
    """
    from consortia.cli.costs import show_bridge

    show_bridge(folder, partner=partner, service=service, language=language)


def cost(
    folder: Path,
    *,
    partner: str,
    method: Literal["reciprocal", "step-down", "direct"] = "reciprocal",
    trace: str = "",
    language: Language = "en",
) -> None:
    """Shows what a partner's activities cost: overheads by three methods, idle capacity, what stops when it is shared.

    Parameters
    ----------
    folder
        The study; the partner's activities.yaml stands beside its return.
    partner
        The partner by any spelling or code.
    method
        How overheads reach what follows them; the three methods are always shown beside each other.
    trace
        Code of a cost object or department, to see what makes up its cost, or of a cost pool, to see where it went.
    language
        en or cy.
    """
    from consortia.cli.costs import show_costs

    show_costs(folder, partner=partner, method=method, trace=trace, language=language)


def target(folder: Path, *, service: str = "", language: Language = "en") -> None:
    """Shows what services may cost: the gap by service and partner, and what their parts cost beside what they give.

    Parameters
    ----------
    folder
        The study, with `targets` or `value_cases` in study.yaml.
    service
        Code of one service, to see only its function-cost matrix below the gaps.
    language
        en or cy.
    """
    from consortia.cli.costs import show_targets

    show_targets(folder, service=service, language=language)


COMMANDS: dict[str, Callable[..., None]] = {"bridge": bridge, "cost": cost, "target": target}
