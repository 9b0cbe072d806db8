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
    index: bool = False,
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
    index
        Show instead what of the change of cost is price and what is volume, and the whole cost beside the neighbours'.
    viewer
        A partner: show what it may see, with the figures of others withheld unless they are published.
    language
        en or cy.
    """
    asked = {"--trend": trend, "--gap": gap, "--outcome": outcome, "--index": index}
    check_at_most_one(asked)
    check_at_most_one({"--viewer": bool(viewer)} | asked | {"--outcome": False})
    check_at_most_one({"--service": bool(service), "--index": index})
    chosen = next((name for name, is_given in asked.items() if is_given), "")
    _show(chosen, folder, viewer=viewer, service=service, language=language)


def _show(chosen: str, folder: Path, *, viewer: str, service: str, language: Language) -> None:
    from consortia.cli import comparisons

    if chosen == "--trend":
        comparisons.show_trends(folder, service=service, language=language)
    elif chosen == "--gap":
        comparisons.show_gaps(folder, service=service, language=language)
    elif chosen == "--outcome":
        comparisons.show_outcomes(folder, viewer=viewer, service=service, language=language)
    elif chosen == "--index":
        comparisons.show_indices(folder, language=language)
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


def funnel(
    indicator: str = "",
    *,
    year: str = "",
    council: Annotated[list[str], Parameter(consume_multiple=True)] | None = None,
    picture: Path | None = None,
    language: Language = "en",
) -> None:
    """Shows which councils lie outside what chance and lasting differences explain of a published rate.

    Parameters
    ----------
    indicator
        Code of a rate with the count behind it; without it they are listed.
    year
        A financial year; default: the newest.
    council
        Councils to show wherever they lie, by any spelling or code.
    picture
        A file to draw the funnel in (SVG).
    language
        en or cy.
    """
    from consortia.cli.national import show_funnel

    show_funnel(indicator, year=year, councils=council or [], picture=picture, language=language)


def frontier(
    service: str,
    *,
    edition: str = "",
    council: Annotated[list[str], Parameter(consume_multiple=True)] | None = None,
    language: Language = "en",
) -> None:
    """Shows how far a nation's councils lie from the best at their size, by two methods; refused where they are few.

    Parameters
    ----------
    service
        Code of one service.
    edition
        A national edition with gross spending, e.g. rsx-2024-25; default: the newest of England.
    council
        Councils to show beside the quarters of all, by any spelling or code.
    language
        en or cy.
    """
    from consortia.cli.national import show_frontier

    show_frontier(service, edition=edition, councils=council or [], language=language)


def councils(
    region: str = "",
    *,
    pick: Annotated[tuple[str, ...], Parameter(consume_multiple=True)] = (),
    language: Language = "en",
) -> None:
    """Shows a region's councils on a map of hexagons, to pick partners from; who borders those picked is marked.

    Parameters
    ----------
    region
        A map, such as districts-north-west; without it all maps are listed.
    pick
        Numbers on the map, names or codes, or "all": --pick 3 4 "Ribble Valley".
    language
        en or cy.
    """
    from consortia.cli.councils import show_councils

    show_councils(region, pick=pick, language=language)


COMMANDS: dict[str, Callable[..., None]] = {
    "councils": councils,
    "compare": compare,
    "scale": scale,
    "neighbours": neighbours,
    "funnel": funnel,
    "frontier": frontier,
}
