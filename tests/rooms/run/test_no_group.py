"""Where no group may form the run says which rule forbids it, and points to figures that it has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from consortia.cli.results import first_figure
from consortia.intake.published import baseline
from consortia.report.words import Message
from consortia.run import Run, harmonise_study, run_study
from consortia.run.assumptions import assumptions_of
from consortia.run.no_group import why_no_group
from consortia.run.proposals import propose
from consortia.study import Link, Study

APART = Link(kind="apart", partners=("E06000001", "E06000005", "E06000003"), reason="By their wish.")


@pytest.fixture(scope="module")
def study() -> Study:
    """Three councils of the Tees Valley, no two of which have a common border."""
    names = ["Hartlepool", "Darlington", "Redcar and Cleveland"]
    return baseline(names, ["rsx-2024-25"], name="tees", title="Tees")[0]


def only(study: Study, service: str, *links: Link) -> Study:
    one = tuple(each for each in study.definition.initiatives if each.service == service)
    return replace(
        study, definition=study.definition.model_copy(update={"initiatives": one, "links": links, "draws": 64})
    )


def why(study: Study) -> str:
    definition = study.definition
    lines = harmonise_study(study).lines
    (proposal,) = propose(definition, lines, assumptions=assumptions_of(definition, "base")).ready
    found = why_no_group(proposal, definition)
    return found.msgid if isinstance(found, Message) else str(found)


def service_by_border(study: Study, *, needs_border: bool) -> str:
    definition = study.definition
    ready = propose(definition, harmonise_study(study).lines, assumptions=assumptions_of(definition, "base")).ready
    return next(one.service.code for one in ready if one.service.adjacency == needs_border)


def test_a_missing_border_is_named(study: Study) -> None:
    assert "common border" in why(only(study, service_by_border(study, needs_border=True)))


def test_wishes_to_stand_apart_are_named(study: Study) -> None:
    assert "links of this study keep" in why(only(study, service_by_border(study, needs_border=False), APART))


def test_a_run_that_proposes_nothing_points_to_a_figure_that_it_has(study: Study) -> None:
    run: Run = run_study(only(study, service_by_border(study, needs_border=True)), made_on=date(2026, 4, 30))
    (key,) = first_figure(run)
    assert key != "net.p50"
    assert key in run.figures
