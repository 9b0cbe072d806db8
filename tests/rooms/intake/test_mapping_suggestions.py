"""Suggestions: each with a reason and a confidence, from memory first, then published lists, then likeness."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from consortia.intake.mapping.codes import LocalCode, codes_of
from consortia.intake.mapping.everyday_names import NAMES
from consortia.intake.mapping.everyday_words import WORDS, spoken_of
from consortia.intake.mapping.ledger_return import return_lines
from consortia.intake.mapping.likeness import Phrasebook, stems
from consortia.intake.mapping.memory import Memory
from consortia.intake.mapping.suggestions import Suggestion, _phrases, known_targets, suggest_targets
from consortia.reference.code_lists import listed_codes
from consortia.reference.taxonomy import services
from consortia.study import MappingLine
from consortia.study.mapping import Side


def code(words: str, *, local: str = "1001", side: Side = "service") -> LocalCode:
    return LocalCode(side, local, words, 1, 100)


def suggested(words: str, memory: Memory | None = None, **more: str) -> Suggestion:
    (one,) = suggest_targets([code(words, **more)], memory or Memory())  # type: ignore[arg-type]
    return one


def remembered(words: str, *, local: str = "1001", target: str = "fire", own: bool = True) -> Memory:
    line = MappingLine(side="service", local=local, words=words, target=target, by="Ann")
    return Memory().learn([line], where="Ash", own=own)


def test_a_code_that_the_partner_mapped_before_is_suggested_so_again() -> None:
    one = suggested("Street cleansing", remembered("Street Cleansing"))
    assert (one.targets, one.confidence) == ((("fire", Decimal(1)),), Decimal("0.99"))
    assert "Ash mapped this code so" in one.reason


def test_a_code_that_has_another_name_now_is_less_sure_and_says_so() -> None:
    one = suggested("Zxq new depot", remembered("Old kitchens"))
    assert (one.confidence, "was called 'Old kitchens' then" in one.reason) == (Decimal("0.6"), True)


def test_the_same_words_at_another_partner_are_suggested_but_not_its_codes() -> None:
    memory = remembered("Zxq depot", local="77", own=False)
    assert suggested("Zxq depot", memory).confidence == Decimal("0.9")
    assert suggest_targets([code("Qqq", local="77")], memory) == ()


def test_where_other_partners_disagree_nothing_is_suggested() -> None:
    memory = remembered("Zxq depot", local="77", own=False)
    memory.learn(
        [MappingLine(side="service", local="8", words="Zxq depot", target="planning", by="B")], where="B", own=False
    )
    assert suggest_targets([code("Zxq depot")], memory) == ()


def test_a_published_list_names_itself() -> None:
    one = suggested("Agency Staff", side="cost_type")
    assert one.targets[0][0] == "employees"
    assert one.reason == "published list: 'Agency Staff' in the list bvacop-subjective"


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("Green waste disposal / Community services", "environmental.waste_disposal"),
        ("Street lighting energy", "highways.street_lighting"),
        ("Maint of open spaces", "cultural.open_spaces"),
        ("Llyfrgelloedd", "cultural.libraries"),
    ],
)
def test_like_words_are_suggested_below_the_confidence_of_a_list(words: str, target: str) -> None:
    one = suggested(words)
    assert one.targets[0][0] == target
    assert one.confidence <= Decimal("0.9")


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("Childrens Services", "childrens_social_care"),
        ("Directorate of Children's Services", "childrens_social_care"),
        ("Highways & Transportation", "highways"),
        ("Highways", "highways"),
        ("Adult Services", "adult_social_care"),
        ("Adult Social Care", "adult_social_care"),
        ("Social Services", "social_care"),
        ("Fire & Rescue", "fire"),
        ("Planning & Development", "planning"),
        ("Environmental Services", "environmental"),
        ("Gwasanaethau Plant", "childrens_social_care"),
    ],
)
def test_a_service_that_is_plainly_named_is_suggested(words: str, target: str) -> None:
    one = suggested(words)
    assert one.targets[0][0] == target
    assert one.confidence >= Decimal("0.6")


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("CIOC-EXTERNAL RESIDENTIAL / CHILDRENS SERVICES", "childrens_social_care.looked_after"),
        ("3 & 4 Basic Entitlement (All schools) / Education DSG Funded", "education.early_years"),
        ("WASTE-INCINERATOR / Environment", "environmental.waste_disposal"),
        ("Home to school transport / Children's Services", "education"),
        ("Museums & Arts / Communities", "cultural"),
        ("Education and inclusion / Children's services", "education"),
        ("0-5 Healthy Child Programme / Public Health", "public_health"),
        ("ICT Services / Corporate", "central.management_support"),
        ("Legal and Procurement / Resources", "central.management_support"),
        ("Chief Executive's Office", "central.corporate_core"),
        ("Technoleg Gwybodaeth", "central.management_support"),
    ],
)
def test_the_services_own_everyday_words_go_before_those_of_its_directorate(words: str, target: str) -> None:
    one = suggested(words)
    assert (one.targets[0][0], one.confidence) == (target, Decimal("0.55"))
    assert one.reason.startswith("everyday words: ")


@pytest.mark.parametrize("words", ["HRA", "HRA Repairs / Housing", "Housing Revenue Account", "Cyfrif Refeniw Tai"])
def test_the_housing_revenue_account_is_left_out_with_the_reason(words: str) -> None:
    one = suggested(words)
    assert (one.targets[0][0], one.confidence) == ("excluded", Decimal("0.5"))
    assert one.reason.endswith("leaves it out: outside the General Fund")


@pytest.mark.parametrize("name", ["Adult Social Care", "EDUCATION", "Public Health", "Highways"])
def test_the_name_of_a_head_is_surer_than_the_words_of_its_directorate(name: str) -> None:
    alone, below = suggested(name), suggested(f"{name} / Children and Adults Services")
    assert (below.targets, below.confidence) == (alone.targets, alone.confidence)
    assert below.confidence >= Decimal("0.7")


def test_nearly_the_words_of_a_list_are_less_sure_of_the_unit_above_than_its_everyday_name() -> None:
    one = suggested("Response and assessment / SAFEGUARDING / CHILDRENS SERVICES")
    assert one.targets[0][0] == "childrens_social_care"


def test_english_words_are_not_like_welsh_names() -> None:
    assert "Ad-dalu" not in suggested("AD Finance / Neighbourhood Services").reason
    assert suggested("Llyfrgell y dref").targets[0][0] == "cultural.libraries"


def test_words_of_two_services_speak_of_neither() -> None:
    assert spoken_of("Children and Adults Services") is None


def test_every_everyday_word_is_of_a_target_that_there_is() -> None:
    assert set(WORDS) <= set(known_targets("service"))


def test_only_the_very_same_words_are_remembered_surely() -> None:
    memory = remembered("Zxq depot 1", local="77", own=False)
    one = suggested("Zxq depots 2", memory)
    assert one.confidence == Decimal("0.6")
    assert one.reason == "remembered: Ash mapped 'Zxq depot 1', whose words are alike, so (code 77)"


def test_leaving_money_out_is_never_suggested_under_the_name_of_a_service() -> None:
    names = [one.name for one in services() if one.code in known_targets("service")]
    assert [name for name in names if suggested(name).targets[0][0] == "excluded"] == []


def test_every_everyday_name_is_of_a_service_that_there_is() -> None:
    assert set(NAMES) <= {one.code for one in services(level=1)}


def test_what_nothing_is_like_is_left_to_people() -> None:
    assert suggest_targets([code("Zxq")], Memory()) == ()


def test_unmapped_and_totals_are_no_targets() -> None:
    assert not {"unmapped", "total"} & set(known_targets("service"))
    assert not {"total_expenditure", "net_current_expenditure"} & set(known_targets("cost_type"))


def test_short_forms_and_plurals_are_the_same_words() -> None:
    assert stems("Libraries & Mgmt svcs") == stems("library management service")


def test_two_councils_lists_agree_with_the_likeness_to_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    """Each published list of accounts, suggested from the other lists only; the score is printed."""
    right = confident = sure_and_right = total = 0
    for name in sorted({one.list for one in listed_codes() if one.side == "cost_type"}):
        book = Phrasebook((p, t) for p, t, where in _phrases("cost_type") if name not in where)
        for entry in (one for one in listed_codes() if one.list == name):
            found = book.likest(entry.words, count=1)
            hit = bool(found) and found[0].target == entry.target
            sure = bool(found) and found[0].score > 0.8
            total, right, confident = total + 1, right + hit, confident + sure
            sure_and_right += sure and hit
    with capsys.disabled():
        print(f" [accounts: {right}/{total} right, of {confident} sure ones {sure_and_right}] ", end="")
    assert right / total > 0.55
    assert sure_and_right / confident > 0.8


LEDGER = {"file": ["a.csv"] * 3, "sheet": [""] * 3, "row": [2, 3, 4], "financial_year": ["2024-25"] * 3,
          "cost_centre_code": ["0101", "0101", "0102"], "cost_centre": ["Streets", "Streets", "Zxq"],
          "account_code": ["1", "2", "2"], "account": ["Salaries", "Fees income", "Fees income"],
          "amount_pence": [100_00, -30_00, -1]}  # fmt: skip


def lines(side: Side, **targets: str) -> list[MappingLine]:
    return [MappingLine(side=side, local=name[1:], target=to, by="Ann") for name, to in targets.items()]


def test_codes_keep_their_leading_zeros_and_come_largest_first() -> None:
    found = codes_of(pl.DataFrame(LEDGER))
    assert [(one.local, one.gross_pence) for one in found if one.side == "service"] == [("0101", 130_00), ("0102", 1)]


def test_income_comes_out_positive_and_the_unmapped_stands_on_its_own_node() -> None:
    mapping = [*lines("service", _0101="highways"), *lines("cost_type", _1="employees", _2="sales_fees_charges")]
    result = return_lines(pl.DataFrame(LEDGER), mapping)
    known = result.costs.filter(pl.col("file") != "").select("key", "amount_pence", "cell").rows()
    assert known == [
        ("2024-25/highways/employees", 100_00, "row 2"),
        ("2024-25/highways/sales_fees_charges", 30_00, "row 3"),
        ("2024-25/unmapped/sales_fees_charges", 1, "row 4"),
    ]
    assert [finding.severity.value for finding in result.findings] == ["note"]  # 1 of 13,001 pence: under 0.5%


def test_more_than_half_a_per_cent_unmapped_is_an_error() -> None:
    result = return_lines(pl.DataFrame(LEDGER), lines("cost_type", _1="employees"))
    assert result.unmapped_share == 1
    assert [finding.severity.value for finding in result.findings] == ["error"]


def test_without_pay_in_the_ledger_what_has_no_posting_is_not_known() -> None:
    mapping = [*lines("service", _0101="highways", _0102="highways"),
               *lines("cost_type", _1="running_expenses", _2="sales_fees_charges")]  # fmt: skip
    silent = return_lines(pl.DataFrame(LEDGER), mapping).costs.filter(pl.col("file") == "")
    assert dict(silent.select("measure", "status").iter_rows()) == {"employees": "not_known", "other_income": "known"}


def test_income_that_a_file_of_payments_cannot_hold_is_not_known_though_it_has_agency_pay_and_refunds() -> None:
    mapping = [*lines("service", _0101="highways", _0102="highways"),
               *lines("cost_type", _1="employees", _2="sales_fees_charges")]  # fmt: skip
    refunds = pl.DataFrame(LEDGER).with_columns(pl.col("amount_pence").abs())
    silent = return_lines(refunds, mapping).costs.filter(pl.col("file") == "")
    assert dict(silent.select("measure", "status").iter_rows())["other_income"] == "not_known"
    assert dict(silent.select("measure", "status").iter_rows())["running_expenses"] == "known"


def test_postings_of_other_years_are_listed_and_in_no_line() -> None:
    mapping = [
        *lines("service", _0101="highways", _0102="highways"),
        *lines("cost_type", _1="employees", _2="employees"),
    ]
    result = return_lines(pl.DataFrame(LEDGER), mapping, years=("2023-24",))
    assert result.costs.is_empty()
    assert result.exclusions.select("reason", "amount_pence").rows() == [("another_year", 69_99)]
    assert [finding.code for finding in result.findings] == ["ledger-other-years"]


def test_what_is_excluded_is_listed_and_not_lost() -> None:
    mapping = [
        *lines("service", _0101="excluded", _0102="highways"),
        *lines("cost_type", _1="employees", _2="employees"),
    ]
    result = return_lines(pl.DataFrame(LEDGER), mapping)
    assert result.exclusions.select("reason", "amount_pence").rows() == [("excluded", 70_00)]


@pytest.mark.parametrize(
    "words", ["Housing revenue account expenditure", "Total expenditure", "Contribution to reserves"]
)
@pytest.mark.parametrize("side", ["service", "cost_type"])
def test_what_is_suggested_can_be_accepted(side: Side, words: str) -> None:
    found = suggest_targets([LocalCode(side, "0101", words, 1, 100)], Memory())
    assert {target for one in found for target, _ in one.targets} <= set(known_targets(side))
