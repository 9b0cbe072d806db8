"""Commands that compare: partners with each other and with their neighbours, and what a whole nation's returns say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from consortia.cli.arguments import Count, check_at_most_one

Language = Literal["en", "cy"]


def compare(
    folder: Path,
    *,
    service: str = "",
    trend: bool = False,
    gap: bool = False,
    outcome: bool = False,
    viewer: str = "",
    language: Language = "en",
) -> None:
    """Shows unit costs of the partners beside each other and beside their nearest neighbours.

    Parameters
    ----------
    folder
        The study.
    service
        Code of one service; without it every service is shown.
    trend
        Show instead how spending on each head has moved in real terms, with breaks in the series flagged.
    gap
        Show instead how far each partner is from its neighbours, what that may be worth at most, and how sure it is.
    outcome
        Show instead cost beside what is published of the results; with --service the neighbours are listed too.
    viewer
        A partner: show what it may see, with the figures of others withheld unless they are published.
    language
        en or cy.
    """
    check_at_most_one({"--trend": trend, "--gap": gap, "--outcome": outcome})
    from consortia.cli import comparisons

    if trend:
        comparisons.show_trends(folder, service=service, language=language)
    elif gap:
        comparisons.show_gaps(folder, service=service, language=language)
    elif outcome:
        comparisons.show_outcomes(folder, viewer=viewer, service=service, language=language)
    elif viewer:
        comparisons.show_comparison_for(folder, viewer=viewer, service=service, language=language)
    else:
        from consortia.cli.results import show_comparison

        show_comparison(folder, service=service, language=language)


def scale(service: str = "", *, edition: str = "", language: Language = "en") -> None:
    """Says whether bigger costs less, service by service, from a whole nation's returns; or that it cannot tell.

    Parameters
    ----------
    service
        Code of one service; without it every head is shown.
    edition
        A national edition, e.g. wales-2024-25; default: the newest of England.
    language
        en or cy.
    """
    from consortia.cli.comparisons import show_scale

    show_scale(service, edition=edition, language=language)


def neighbours(
    council: str,
    *,
    weight: Annotated[list[str], Parameter(consume_multiple=True)] | None = None,
    count: Count = 15,
    language: Language = "en",
) -> None:
    """Lists the councils most like one, by published indicators of the area, and says what makes each distance.

    Parameters
    ----------
    council
        A council by any spelling or code.
    weight
        How much an indicator counts, e.g. --weight "Population density=2"; 0 leaves it out, each counts 1 otherwise.
    count
        How many to list.
    language
        en or cy.
    """
    from consortia.cli.comparisons import show_neighbours

    show_neighbours(council, weights=weight or [], count=count, language=language)


COMMANDS: dict[str, Callable[..., None]] = {"compare": compare, "scale": scale, "neighbours": neighbours}
