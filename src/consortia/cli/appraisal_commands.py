"""Commands on projects: appraise them, and see what the registers propose."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

Language = Literal["en", "cy"]


def appraise(
    study: Path, *, scenario: str = "base", compare: str = "", language: Language = "en", json: bool = False
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
    language
        en or cy.
    json
        Print the tables with their raw values as JSON.
    """
    from consortia.cli.appraisals import show_appraisal

    show_appraisal(study, scenario=scenario, compare=compare, language=language, as_json=json)


COMMANDS: dict[str, Callable[..., None]] = {"appraise": appraise}
