"""Commands on projects: appraise them, and see what the registers propose."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from consortia.cli.starting import starting

Language = Literal["en", "cy"]


def appraise(
    study: Path,
    *,
    scenario: str = "base",
    compare: str = "",
    partner: str = "",
    language: Language = "en",
    json: bool = False,
    workers: int = 1,
    scheduler: str = "",
) -> None:
    """Appraises the projects of a study: every kind apart, by partner, over time, with how sure it is and why.

    Parameters
    ----------
    study
        A study folder, or a case file such as examples/cases/barnet.yaml.
    scenario
        Name of a scenario in the study, or base.
    compare
        Another scenario of the study, or another study or case file: shows what differs and what each change moved.
    partner
        One partner by its name or code: shows its own worth, kinds by year and plan.
    language
        en or cy.
    json
        Print the tables with their raw values as JSON.
    workers
        Processes that share the draws; worth it from some hundred thousand. The figures are the same.
    scheduler
        Address of a dask scheduler whose workers share the draws instead, such as tcp://10.0.0.5:8786.
    """
    with starting():
        from consortia.cli.appraisals import show_appraisal

    show_appraisal(
        study,
        scenario=scenario,
        compare=compare,
        partner=partner,
        language=language,
        as_json=json,
        crew=(workers, scheduler),
    )


def options(study: Path, *, projects: bool = False, language: Language = "en") -> None:
    """Shows what the registers of a study offer: posts, buildings, systems and contracts laid side by side.

    Parameters
    ----------
    study
        A study folder, or a case file such as examples/cases/registers.yaml.
    projects
        Print the proposals as the `projects:` part of a study instead, to be looked at and put into it.
    language
        en or cy.
    """
    with starting():
        from consortia.cli.offered import show_options

    show_options(study, as_projects=projects, language=language)


COMMANDS: dict[str, Callable[..., None]] = {"appraise": appraise, "options": options}
