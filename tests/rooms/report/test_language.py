"""Values are rounded and worded in one place, in English and Welsh, and absent ones are never zero."""

from __future__ import annotations

from datetime import date

import pytest

from consortia.errors import ConsortiaError
from consortia.findings import Finding, Severity
from consortia.report.language import MILLIONS, POUNDS, THOUSANDS, scale_for, translator
from consortia.report.words import Absent, Quantity, say, say_count
from consortia.study.definition import Text

EN, CY = translator("en"), translator("cy")


@pytest.mark.parametrize(
    ("pounds", "words"),
    [
        (0.0, "£0"), (0.4, "£0"), (-0.4, "£0"), (950.4, "£950"), (9_449.0, "£9,400"), (41_234.0, "£41,000"),
        (413_150.0, "£410,000"), (999_600.0, "£1.0 million"), (4_149_999.0, "£4.1 million"),
        (-210_000.0, "−\u2060£210,000"), (-4_150_001.0, "−\u2060£4.2 million"), (3_345_061_000.0, "£3,345 million"),
    ],
)  # fmt: skip
def test_money_in_prose_is_no_more_precise_than_it_is(pounds: float, words: str) -> None:
    assert EN.money(pounds) == words


def test_money_in_prose_reads_in_welsh() -> None:
    assert CY.money(4_149_999.0) == "£4.1 miliwn"


@pytest.mark.parametrize(
    ("share", "words"), [(0.0, "0%"), (0.004, "less than 1%"), (0.137, "14%"), (0.996, "more than 99%"), (1.0, "100%")]
)
def test_a_chance_is_whole_per_cent_and_never_falsely_certain(share: float, words: str) -> None:
    assert EN.chance(share) == words


@pytest.mark.parametrize(("share", "words"), [(0.035, "3.5%"), (0.01, "1%"), (-0.03, "−3%"), (1.0, "100%")])
def test_a_rate_keeps_a_decimal_only_where_it_has_one(share: float, words: str) -> None:
    assert EN.percent(share) == words


@pytest.mark.parametrize(
    ("value", "english", "welsh"),
    [
        (None, "not known", "anhysbys"),
        (Absent.NOT_PROVIDED, "not provided", "heb ei ddarparu"),
        (Absent.NEVER, "never in the period", "byth o fewn y cyfnod"),
        (0.0, "0", "0"),
    ],
)
def test_absent_values_are_worded_and_zero_is_zero(value: object, english: str, welsh: str) -> None:
    assert (EN.cell(value, "money"), CY.cell(value, "money")) == (english, welsh)


def test_only_a_true_zero_reads_as_nought_in_thousands() -> None:
    shown = [EN.cell(amount, "money", THOUSANDS) for amount in (0.0, 310.0, -310.0, 20.0, 9_400.0, 12_345_678.0)]
    assert shown == ["0", "0.3", "−0.3", "0.0", "9.4", "12,346"]


def test_the_unit_of_a_table_suits_its_amounts() -> None:
    assert scale_for([900.0, -99_000.0]) is POUNDS
    assert scale_for([300.0, 2e9]) is THOUSANDS
    assert scale_for([2e8, 3e9]) is MILLIONS


def test_dates_are_written_in_full() -> None:
    day = date(2026, 11, 21)
    assert (EN.date(day), CY.date(day)) == ("21 November 2026", "21 Tachwedd 2026")


@pytest.mark.parametrize(("count", "words"), [(1, "Rhannu 1 gwasanaeth: X."), (2, "Rhannu 2 wasanaeth: X.")])
def test_welsh_nouns_follow_their_number(count: int, words: str) -> None:
    singular, plural = "Share {count} service: {services}.", "Share {count} services: {services}."
    assert CY.words(say_count(singular, plural, count, services="X")) == words


def test_a_bilingual_name_without_welsh_falls_back_to_english() -> None:
    assert CY.words(Text(en="Payroll")) == "Payroll"
    assert CY.words(Text(en="Payroll", cy="Y gyflogres")) == "Y gyflogres"


def test_values_go_into_a_sentence_in_the_sentences_language() -> None:
    sentence = "The chance that all partners together end with a net loss is {chance}."
    message = say(sentence, chance=Quantity(0.137, "chance"))
    assert EN.words(message).endswith("is 14%.")
    assert CY.words(message).endswith("yw 14%.")


def test_findings_are_told_in_welsh() -> None:
    finding = Finding(
        "column-missing", Severity.WARNING, "The column {columns} is missing.", values=(("columns", "amount"),)
    )
    assert CY.finding(finding) == "Mae'r golofn amount ar goll."
    assert CY.severity(finding) == "Rhybudd"


def test_an_unknown_language_is_refused_with_those_there_are() -> None:
    with pytest.raises(ConsortiaError, match="Ask for en"):
        translator("fr")
