"""The partners' own projects in the paper of a run: on its front, as tables, and each figure with its trail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from consortia.reference.prices import discount_schedule
from consortia.report.figures import FigureBook, Ingredient
from consortia.report.paper import PaperContent
from consortia.report.tables import Table
from consortia.run import formulas as words
from consortia.run.content import Results, empty_trail
from consortia.run.programme.all_tables import project_tables
from consortia.run.programme.appraised import Appraised
from consortia.run.programme.cautions import findings_of
from consortia.run.programme.flow_figures import ProjectTrail, add_flows
from consortia.run.programme.front_figures import add_front
from consortia.run.programme.keyed_tables import SCHEDULE, keyed
from consortia.run.programme.together import SHARING_ONLY, Together, project_summary, together_tables
from consortia.run.trail import Trail, gross_key


def with_projects(content: PaperContent, both: Together, results: Results) -> PaperContent:
    """The paper with the projects: on its front beside the sharing, as tables, and with what was found in them."""
    found, own = both.found, empty_trail(results)
    trail = project_trail(both, own, results)
    together = keyed(together_tables(both), trail)
    projects = keyed(project_tables(found), trail)
    add_front(trail, both)
    return replace(
        content,
        alternatives=replace(content.alternatives, caption=SHARING_ONLY),
        projects=projects,
        own=project_summary(both),
        together=together,
        findings=(*content.findings, *findings_of(found)),
        figures=trail.joined(_with_returns(content.figures, own)),
    )


def figures_of_case(found: Appraised) -> tuple[tuple[Table, ...], FigureBook]:
    """The tables of projects that were appraised without a run, and the trail behind every figure in them."""
    trail, schedule = ProjectTrail(found), discount_schedule()
    trail.leaf(
        Ingredient(
            SCHEDULE, words.rates(schedule), words.RATE_UNIT, words.source_title(schedule.source), schedule.date,
            schedule.evidence,
        )
    )  # fmt: skip
    add_flows(trail)
    tables = keyed(project_tables(found), trail)
    return tables, trail.joined(FigureBook())


def project_trail(both: Together, own: Trail, results: Results) -> ProjectTrail:
    """The trail of the projects' streams, down to the documents and, through `own`, to the cells of the returns."""
    sharing = dict(_sharing(results))
    trail = ProjectTrail(both.found, lambda service, code, pounds: gross_key(own, service, code, pounds), sharing)
    add_flows(trail)
    return trail


def _sharing(results: Results) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    """The figures of the run behind each stream and each line of a shared service."""
    for decision in results.decisions:
        for number, group in enumerate(decision.groups, 1):
            key, name = decision.proposal.key, f"{decision.proposal.key}.{number}"
            yield (group.case.key, "cashable"), (f"delivered.{name}", "assumption.benefit_phasing")
            yield (group.case.key, "one_off_cost"), (f"setup.{name}", "assumption.cost_phasing")
            yield (group.case.key, "running_cost"), (f"coordination.{name}",)
            for code in group.price.members:
                yield (f"{group.case.key}|{code}", "line"), (f"addressable.{key}.{code}",)


def _with_returns(book: FigureBook, own: Trail) -> FigureBook:
    """The trail of the run with the harmonised costs that lines of the study stand on."""
    added = own.book()
    return FigureBook(
        (*book.figures, *(one for one in added.figures if one.key not in book)),
        (*book.ingredients, *(one for one in added.ingredients if one.key not in book)),
        (*book.cells, *(one for one in added.cells if one.key not in book)),
    )
