"""A partner sees its own detail and the totals of the group; another partner's lines only once they are released."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse

from consortia.report.words import Absent
from consortia.web.accounts.models import Event
from consortia.web.runs.access import GROUP_TABLES, visible_content, visible_tables
from consortia.web.runs.states import finish_run
from consortia.web.studies.access import standing_in
from consortia.web.studies.documents import keep_fingerprint, keep_return, load_return

from .people import BURNLEY, PENDLE

COMPARISON, OUTCOMES = "comparison", "outcomes"


def address(name: str, study: Any, *args: Any) -> str:
    return reverse(name, args=(study.slug, *args))


def test_a_finance_officer_opens_her_own_return(study: Any, officer: Any, page: Any) -> None:
    assert "Environmental and regulatory services" in page(officer, address("return", study, BURNLEY))


@pytest.mark.parametrize("name", ["return", "return-workbook", "bridge"])
def test_a_finance_officer_does_not_find_another_return(name: str, study: Any, officer: Any, as_: Any) -> None:
    assert as_(officer).get(address(name, study, PENDLE)).status_code == 404


def test_a_finance_officer_sees_what_was_done_to_her_numbers(study: Any, officer: Any, page: Any) -> None:
    text = page(officer, address("bridge", study, BURNLEY))
    assert "As returned" in text
    assert "Burnley" in text


def test_she_follows_a_service_down_to_its_source_cells(study: Any, officer: Any, page: Any) -> None:
    text = page(officer, address("bridge", study, BURNLEY) + "?service=environmental")
    assert "RSX 2024-25 data by local authority" in text


def test_a_service_that_the_return_does_not_have_is_not_found(study: Any, officer: Any, as_: Any) -> None:
    assert as_(officer).get(address("bridge", study, BURNLEY) + "?service=moon").status_code == 404


def test_a_finance_officer_cannot_send_another_return(study: Any, officer: Any, as_: Any) -> None:
    assert as_(officer).post(address("return", study, PENDLE), {}).status_code == 404


def test_the_study_page_links_only_to_her_own_return(study: Any, officer: Any, page: Any) -> None:
    text = page(officer, address("study", study))
    assert address("return", study, BURNLEY) in text
    assert address("return", study, PENDLE) not in text


@pytest.mark.parametrize("name", ["export", "history"])
def test_a_partner_is_told_that_the_whole_study_is_for_analysts(name: str, study: Any, officer: Any, as_: Any) -> None:
    response = as_(officer).get(address(name, study))
    assert response.status_code == 403
    assert b"Only the study" in response.content


def test_a_partner_cannot_start_a_run(study: Any, officer: Any, as_: Any) -> None:
    assert as_(officer).post(address("start-run", study)).status_code == 403
    assert not study.runs.exists()


def test_rows_of_other_partners_are_left_out(run: Any, officer: Any, result: Any) -> None:
    standing = standing_in(run.study, officer)
    for table in visible_tables(run, result, standing):
        if table.key not in {*GROUP_TABLES, COMPARISON, OUTCOMES}:
            assert {name.en for name in table.column("partner")} == {"Burnley"}, table.key


def comparison(run: Any, user: Any, result: Any) -> Any:
    tables = visible_tables(run, result, standing_in(run.study, user))
    return next(table for table in tables if table.key == COMPARISON)


def of(table: Any, partner: str, column: str) -> set[Any]:
    names = [name.en for name in table.column("partner")]
    return {cell for name, cell in zip(names, table.column(column), strict=True) if name == partner}


def test_the_comparison_withholds_what_is_not_published(run: Any, officer: Any, result: Any) -> None:
    row = run.study.returns.select_related("organisation", "study").get(organisation__code=PENDLE)
    kept = load_return(row)
    keep_return(row, replace(kept, header=kept.header.model_copy(update={"source": "upload"})))
    row.save()
    seen = comparison(run, officer, result)
    assert of(seen, "Pendle", "unit_cost") == {Absent.WITHHELD}
    assert Absent.WITHHELD not in of(seen, "Burnley", "unit_cost") | of(seen, "Hyndburn", "unit_cost")
    # With every other figure known, the median would give the missing one away.
    assert Absent.WITHHELD in of(seen, "Burnley", "partners_median")


def test_the_comparison_of_published_returns_is_whole(run: Any, officer: Any, result: Any) -> None:
    assert comparison(run, officer, result).rows == result.tables[COMPARISON].rows


def test_tables_that_are_not_told_apart_by_partner_stay_closed(run: Any, officer: Any, result: Any) -> None:
    seen = {table.key for table in visible_tables(run, result, standing_in(run.study, officer))}
    assert seen.isdisjoint({"stability", "runners_up"})


def test_a_hidden_table_is_not_found_by_its_address(run: Any, officer: Any, as_: Any) -> None:
    assert as_(officer).get(address("run-table", run.study, 1, "stability")).status_code == 404


def test_her_page_of_a_run_names_no_other_partner_with_a_figure(run: Any, officer: Any, page: Any) -> None:
    text = page(officer, address("run-table", run.study, 1, "cash_flow"))
    assert "Burnley" in text
    assert "Pendle" not in text


def test_source_cells_of_other_partners_cannot_be_opened(run: Any, officer: Any, result: Any, as_: Any) -> None:
    key = result.figures.figures[0].key
    assert as_(officer).get(address("figure", run.study, 1, key)).status_code == 404


def test_papers_wait_for_the_release(run: Any, officer: Any, as_: Any) -> None:
    response = as_(officer).get(address("paper", run.study, 1, "decision-paper.en.html"))
    assert response.status_code == 403
    assert b"were not released yet" in response.content


def test_once_released_a_partner_sees_every_line(run: Any, officer: Any, analyst: Any, as_: Any, page: Any) -> None:
    as_(analyst).post(address("release-run", run.study, 1))
    assert "Pendle" in page(officer, address("run-table", run.study, 1, "cash_flow"))


def test_an_analyst_of_one_partner_is_no_analyst_of_the_study(study: Any, person: Any) -> None:
    inside = person("percy", PENDLE, "analyst")
    assert not standing_in(study, inside).analyst


def test_a_member_cannot_send_a_file(study: Any, person: Any, as_: Any, return_file: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    member = person("mel", BURNLEY, "member")
    file = SimpleUploadedFile("return.xlsx", return_file())
    assert as_(member).post(address("return", study, BURNLEY), {"file": file}).status_code == 403


@pytest.fixture
def own_figures(run: Any, documents: Any) -> Any:
    """The run with every return a partner's own, none of them released; the documents are those of the run."""
    for row in run.study.returns.select_related("organisation", "study"):
        kept = load_return(row)
        keep_return(row, replace(kept, header=kept.header.model_copy(update={"source": "upload"})))
        row.save()
    keep_fingerprint(run.study)
    run.study_fingerprint = run.study.fingerprint
    run.save()
    return run


def pair_of(result: Any) -> tuple[Any, int]:
    """A run of another seed, in which Burnley and Pendle are the only members of the first group; and its row."""
    content, names = result.content, {one.code: one.name for one in result.content.partners}
    place = [column.key for column in content.decision.columns].index("members")
    row = next(number for number, cells in enumerate(content.decision.rows) if isinstance(cells[place], tuple))
    cells = content.decision.rows[row]
    pair = (*cells[:place], (names[BURNLEY], names[PENDLE]), *cells[place + 1 :])
    rows = (*content.decision.rows[:row], pair, *content.decision.rows[row + 1 :])
    bindings = replace(result.bindings, seed=result.bindings.seed + 1)
    return replace(
        result, bindings=bindings, content=replace(content, decision=replace(content.decision, rows=rows))
    ), row


def test_totals_of_few_are_withheld_on_the_site_until_the_partners_release(
    own_figures: Any, officer: Any, analyst: Any, result: Any, as_: Any, person: Any
) -> None:
    paired, row = pair_of(result)
    finish_run(own_figures, paired)
    own_figures.refresh_from_db()

    def middle() -> Any:
        fresh = type(own_figures).objects.get(pk=own_figures.pk)
        return visible_content(fresh, paired, standing_in(fresh.study, officer)).decision.column("middle")[row]

    assert middle() is Absent.WITHHELD
    refused = as_(analyst).post(address("agree-case", own_figures.study, 1))
    assert b"could be worked out from the totals of their groups" in refused.content
    assert b"Let the other partners see this return" in as_(officer).get(address("run", own_figures.study, 1)).content
    assert as_(officer).post(address("release-return", own_figures.study, BURNLEY)).status_code == 302
    assert middle() is Absent.WITHHELD  # Pendle has not
    as_(person("penny", PENDLE, "finance_officer")).post(address("release-return", own_figures.study, PENDLE))
    assert middle() == paired.content.decision.column("middle")[row]


def test_the_run_is_not_released_over_the_head_of_a_partner(own_figures: Any, analyst: Any, as_: Any) -> None:
    refused = as_(analyst).post(address("release-run", own_figures.study, 1))
    assert b"have not released their returns" in refused.content
    own_figures.refresh_from_db()
    assert not own_figures.released


def test_only_a_finance_officer_of_the_partner_releases_its_return(own_figures: Any, analyst: Any, as_: Any) -> None:
    response = as_(analyst).post(address("release-return", own_figures.study, BURNLEY))
    assert response.status_code == 403


def test_a_release_makes_no_run_out_of_date_and_is_in_the_history(own_figures: Any, officer: Any, as_: Any) -> None:
    before = own_figures.study.fingerprint
    as_(officer).post(address("release-return", own_figures.study, BURNLEY))
    row = own_figures.study.returns.select_related("organisation", "study").get(organisation__code=BURNLEY)
    assert load_return(row).header.released_by == "Bea"
    keep_fingerprint(row.study)
    assert row.study.fingerprint == before
    assert Event.objects.filter(action="release_return").count() == 1
