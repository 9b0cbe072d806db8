"""Commands on who may see whose figures: release a return, and what needs a release."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rich.console import Console

from consortia.cli.studies import keep_return, partner_code
from consortia.errors import BlockedByFindings
from consortia.run import Run
from consortia.run.group_totals import exposed_partners
from consortia.run.release import is_published, release_return, released_partners
from consortia.study import Study, read_study

console = Console(highlight=False)
status = Console(highlight=False, stderr=True)


def release_figures(folder: Path, *, partner: str, by: str) -> None:
    """Records the release of a partner's return as it stands; BlockedByFindings where it is published anyway."""
    study = read_study(folder)
    returned = study.return_of(partner_code(study, partner))
    name = study.definition.partner(returned.partner).name.en
    if is_published(returned):
        raise BlockedByFindings(f"The figures of {name} are published.", remedy="There is nothing to release.")
    released = release_return(returned, by=by, on=date.today().isoformat())
    keep_return(study, released, folder)
    console.print(f"Released by {by} for {name}: {released.header.released_digest}")


def check_released(run: Run, study: Study, folder: Path) -> None:
    """Raises BlockedByFindings while somebody could work out, from the total of a group, a figure that is not released.

    What a group gains is what its members decide on, and cannot be withheld from them.
    """
    exposed = exposed_partners(run, released_partners(study))
    if exposed:
        names = ", ".join(name.en for name in exposed)
        raise BlockedByFindings(
            f"Figures that are not released could be worked out from the totals of groups: those of {names}.",
            remedy=f"Each lets the others see its return first: consortia release {folder} --partner NAME --by NAME",
        )


def caution_unreleased(study: Study) -> None:
    """Says whose figures in the papers are for the analyst's eyes only, where there are any."""
    released = released_partners(study)
    secret = [partner.name.en for partner in study.definition.partners if partner.name not in released]
    if secret:
        status.print(
            f"[yellow]These papers hold figures that are not released: those of {', '.join(secret)}. "
            "Give them to no other partner; --viewer NAME writes the paper that one may see.[/yellow]"
        )
