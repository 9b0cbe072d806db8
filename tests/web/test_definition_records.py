"""Records of every kind are written in fields: rows, numbers in place of keys, parts that are one record."""

from __future__ import annotations

from typing import Any

import pytest

from consortia.web.definition.parts import PARTS
from consortia.web.definition.spots import Spot, digest_of, record_at

from .definition_pages import at, faults
from .people import BURNLEY

REDUNDANCY = {"key": "leavers", "partner": BURNLEY, "year": "2025-26", "weekly_pay": "capped"}
FIRST = {"people.0.age": "45", "people.0.service_years": "10", "people.0.weekly_pay": "£800", "people.0.number": "2"}
THIRD = {"people.2.age": "58", "people.2.service_years": "25", "people.2.weekly_pay": "900", "people.2.number": "1"}
EMPTY = {"people.1.age": "", "people.1.number": "1"}


def test_redundancy_is_written_with_its_people_and_empty_rows_count_for_nothing(
    project: None, send: Any, definition_of: Any
) -> None:
    fields = REDUNDANCY | FIRST | EMPTY | THIRD
    assert send("costs", fields, within="desk", kind="redundancy").status_code == 302
    people = definition_of().projects[0].costs[0].people
    assert [(one.age, one.number, str(one.weekly_pay)) for one in people] == [(45, 2, "800"), (58, 1, "900")]


def test_a_fault_in_a_row_stands_in_that_row(project: None, send: Any) -> None:
    told = faults(send("costs", REDUNDANCY | FIRST | EMPTY | THIRD | {"people.2.age": "8"}, within="desk"))
    assert 'href="#id_people.2.age"' in told
    assert "must be 16 or more" in told


def test_more_rows_are_asked_for_without_losing_or_checking_what_is_typed(
    project: None, send: Any, definition_of: Any
) -> None:
    fields = REDUNDANCY | FIRST | EMPTY | {"people.0.age": "8", "more": "people"}
    response = send("costs", fields, within="desk", kind="redundancy")
    text = response.content.decode()
    assert response.status_code == 200
    assert ('name="people.0.age" value="8"' in text, 'name="people.3.age"' in text) == (True, True)
    assert definition_of().projects[0].costs == ()


def test_settings_target_and_gap_are_changed_in_fields(study: Any, send: Any, definition_of: Any) -> None:
    before = definition_of()
    whole = {"title.en": before.title.en, "base_year": "2024-25", "horizon_years": "5", "draws": "1024", "seed": "7"}
    digest = digest_of(record_at(before.to_plain(), Spot(PARTS["settings"])))
    assert send("settings", whole | {"sharing_rule": "equal", "digest": digest}).status_code == 302
    aims = {"savings_target.amount": "£2,000,000", "savings_target.measure": "yearly", "funding_gap": "2026-27: 900000"}
    assert send("aims", aims).status_code == 302
    found = definition_of()
    assert (found.horizon_years, found.draws, found.seed, found.sharing_rule) == (5, 1024, 7, "equal")
    assert (str(found.savings_target.amount), str(found.funding_gap["2026-27"])) == ("2000000", "900000")
    assert found.initiatives == before.initiatives


def test_a_number_of_draws_that_is_no_power_of_two_is_told_at_its_field(
    study: Any, send: Any, definition_of: Any
) -> None:
    digest = digest_of(record_at(definition_of().to_plain(), Spot(PARTS["settings"])))
    fields = {"title.en": "Study", "base_year": "2024-25", "draws": "1000", "digest": digest}
    told = faults(send("settings", fields))
    assert 'href="#id_draws"' in told
    assert "no power of two" in told


def test_a_correlation_is_chosen_among_what_is_uncertain(
    project: None, send: Any, study: Any, analyst: Any, page: Any, definition_of: Any
) -> None:
    text = page(analyst, at(study, "correlations"))
    assert '<option value="desk.fewer.rate">' in text
    fields = {"between.0": "desk.fewer.rate", "between.1": "delay|desk", "rank": "-0.3"}
    assert send("correlations", fields).status_code == 302
    one = definition_of().correlations[0]
    assert (one.between, one.rank) == (("desk.fewer.rate", "delay|desk"), -0.3)


def test_records_without_a_key_go_by_their_number(project: None, send: Any, definition_of: Any) -> None:
    for year in ("2025-26", "2026-27"):
        fields = {"year": year, "planned": "100", "delivered": "60"}
        assert send("outturns", fields, within="desk").status_code == 302
    assert send("outturns", fields | {"delivered": "80", "why": "timing"}, within="desk", key="2").status_code == 302
    found = definition_of().projects[0].outturns
    assert [(one.year, str(one.delivered), one.why) for one in found] == [
        ("2025-26", "60", None),
        ("2026-27", "80", "timing"),
    ]


@pytest.mark.parametrize(
    ("part", "kind", "fields"),
    [
        ("terms", "guarantee", {"amounts": "2026-27: 50000", "money": "cashable", "ratchet": "2%"}),
        ("terms", "break", {"first": "2027-28", "chance": "0.1"}),
        ("funding", "", {"title.en": "Fund", "amounts": "2025-26: 50000", "repaid_over": "3"}),
        ("costs", "by_the_month", {"cost_a_year": "120000", "first": "2025-26", "months": "18"}),
        ("costs", "stranded_overheads", {"recharge": "90000", "first": "2025-26", "left": "100%\n0.5"}),
        ("costs", "pay_lift", {"groups.0.pay": "30000", "groups.0.fte": "4", "groups.1.pay": "32000",
                               "groups.1.fte": "5", "transfer": "2025-26", "phase": "0.5, 1"}),
        ("effects", "contract", {"lines": ["ict"], "price.value": "9e5", "indexation.index#by_year": "2026-27: 0.03"}),
        ("counts", "", {"title.en": "Staff", "parts": "stay: 3\nmove: 4", "total": "7"}),
    ],
)  # fmt: skip
def test_terms_funding_and_worked_costs_are_added_in_fields(
    part: str, kind: str, fields: dict[str, Any], project: None, send: Any, definition_of: Any
) -> None:
    assert send(part, {"key": "new"} | fields, within="desk", kind=kind).status_code == 302
    held = getattr(definition_of().projects[0], part)
    assert (held[-1].key, getattr(held[-1], "kind", "")) == ("new", kind)


def test_one_key_in_effects_and_costs_is_a_fault_of_the_key(project: None, send: Any) -> None:
    fields = {"key": "fewer", "kind": "ict", "amounts": "2025-26: 1000"}
    assert 'href="#id_key"' in faults(send("costs", fields, within="desk", kind="ict"))


def test_two_ways_to_write_an_index_are_one_too_many(project: None, send: Any) -> None:
    fields = {
        "key": "new",
        "lines": ["ict"],
        "indexation.index.value": "0.02",
        "indexation.index#by_year": "2026-27: 0.03",
    }
    told = faults(send("effects", fields, within="desk", kind="contract"))
    assert "One value" not in told
    assert "not both" in told
