"""Services that partners' wishes and terms name and the taxonomy does not know: such terms would hold for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from consortia.errors import StudyError
from consortia.findings import Finding, Place, Severity, named
from consortia.reference.taxonomy import services
from consortia.study import Definition
from consortia.study.document_findings import listed

FILE = "study.yaml"
PARTS = ("roles", "exits", "bounds", "share_limits", "pooled", "leads")


def unknown_services(definition: Definition) -> tuple[Finding, ...]:
    """An error for each service that is named by no code of the taxonomy, with its place and the nearest code."""
    known = {one.code: one for one in services()}
    found = []
    for place, code in _named(definition):
        if code not in known:
            near = next((known[one] for one in get_close_matches(code, known, 1, 0)), None)
            shown = named(f"{near.code} ({near.name})", f"{near.code} ({near.name_cy})") if near else ""
            found.append(
                Finding(
                    "service-unknown",
                    Severity.ERROR,
                    "There is no service '{code}': what stands here would hold for nothing.",
                    "Correct the code. The nearest there is: {near}.",
                    Place(FILE, cell=place),
                    (("code", code), ("near", shown)),
                )
            )
    return tuple(found)


def refuse_unknown_services(definition: Definition) -> None:
    """StudyError with every such service: a wish or a limit that is dropped in silence would give other groups."""
    found = unknown_services(definition)
    if found:
        raise StudyError(f"{FILE} has faults:\n{listed(found)}\n", remedy="Correct them, then try again.")


def _named(definition: Definition) -> Iterator[tuple[str, str]]:
    """Every service that links and terms name, after its place."""
    for number, link in enumerate(definition.links, 1):
        yield from ((f"links.{number}.services", code) for code in link.services)
    for part in PARTS:
        for number, one in enumerate(getattr(definition.partnership, part), 1):
            place = f"partnership.{part}.{getattr(one, 'key', number)}.services"
            yield from ((place, code) for code in one.services)
