"""Commands on partners: who gets what and would it hold, and what happens when one leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from consortia.cli.arguments import Count, Pounds, Said

Language = Literal["en", "cy"]
Rule = Literal[
    "budget", "population", "use", "equal", "equal_charge", "scrb", "cost_gap", "shapley", "equal_profit", "nucleolus",
    "nucleolus_per_head", "equal_contribution",
]  # fmt: skip


def partners(
    folder: Path,
    *,
    service: str = "",
    rule: Rule | None = None,
    at_most: Count = 0,
    neighbours: Count = 0,
    hub_cost: Pounds | None = None,
    scenario: str = "base",
    language: Language = "en",
    json: bool = False,
) -> None:
    """Shows who gets what by every rule, who would do better alone, walk-away prices, wishes, work and payments.

    Parameters
    ----------
    folder
        The study.
    service
        Code of one service or key of a proposal; without it every service that would be shared.
    rule
        Rule of sharing in place of the one that the study says is agreed.
    at_most
        Show instead the best groupings of the partners if all services must share this many, 1 for one for all, and
        what that costs.
    neighbours
        Show instead the best groups of at most this many neighbours on the map, for any number of partners.
    hub_cost
        Show instead which consortia pay if each costs this once for all services: present value, base-year pounds.
    scenario
        Name of a scenario in study.yaml, or base.
    language
        en or cy.
    json
        Print the tables as JSON.
    """
    from consortia.cli.partners import Choice, show_choice, show_partners

    choice = Choice(at_most, neighbours, hub_cost)
    if choice.is_asked:
        show_choice(folder, choice, service=service, scenario=scenario, language=language, as_json=json)
    else:
        show_partners(folder, service=service, rule=rule or "", scenario=scenario, language=language, as_json=json)


def what_if(
    folder: Path,
    *,
    leaves: Annotated[Said, Parameter(name="--leaves")],
    service: str = "",
    rule: Rule | None = None,
    scenario: str = "base",
    language: Language = "en",
    json: bool = False,
) -> None:
    """Shows what happens when a partner leaves: what the rest lose, who leaves next, and who is left in the end.

    Parameters
    ----------
    folder
        The study.
    leaves
        The partner that leaves, by any spelling or code.
    service
        Code of one service or key of a proposal; without it every service that the partner would share.
    rule
        Rule of sharing in place of the one that the study says is agreed.
    scenario
        Name of a scenario in study.yaml, or base.
    language
        en or cy.
    json
        Print the table as JSON.
    """
    from consortia.cli.partners import show_leaving

    show_leaving(
        folder, leaves, service=service, rule=rule or "", scenario=scenario, language=language, as_json=json
    )  # fmt: skip


def continuum(
    folder: Path,
    *,
    scenario: str = "base",
    actions: Path | None = None,
    language: Language = "en",
    json: bool = False,
) -> None:
    """Shows how closely who works together: each function on its level, why, who agreed, and what is to be done.

    Parameters
    ----------
    folder
        The study.
    scenario
        Name of a scenario in study.yaml, or base.
    actions
        A CSV file to write the action plan to.
    language
        en or cy.
    json
        Print the tables as JSON.
    """
    from consortia.cli.continuum import show_continuum

    show_continuum(folder, scenario=scenario, actions=actions, language=language, as_json=json)


def governance(
    folder: Path,
    *,
    on: str = "",
    scenario: str = "base",
    language: Language = "en",
    json: bool = False,
) -> None:
    """Shows how partners run what they share: lead bodies, pooled budgets, shared posts, profiles, needs, questions.

    Parameters
    ----------
    folder
        The study.
    on
        Day that reviews are held against, such as 2027-03-31; without it today.
    scenario
        Name of a scenario in study.yaml, or base.
    language
        en or cy.
    json
        Print the tables as JSON.
    """
    from consortia.cli.governance import show_governance

    show_governance(folder, day=on, scenario=scenario, language=language, as_json=json)


COMMANDS: dict[str, Callable[..., None]] = {
    "partners": partners,
    "what-if": what_if,
    "continuum": continuum,
    "governance": governance,
}
