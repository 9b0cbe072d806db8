"""The savings account is Welsh throughout in Welsh: its columns, its verdicts, and each reason by itself."""

from __future__ import annotations

import pytest

from consortia.delivery import CATEGORIES, CATEGORY_TITLES, PromisedLine
from consortia.delivery.cashable import SENTENCES
from consortia.delivery.standing import NOT_REPORTED
from consortia.report.language import translator
from consortia.report.worded import worded
from consortia.run.savings import account_table, open_account
from consortia.study import Study

WELSH = translator("cy")


@pytest.mark.parametrize("sentence", [*SENTENCES, NOT_REPORTED])
def test_every_sentence_of_the_cashable_test_has_welsh_words(sentence: str) -> None:
    assert WELSH.words(sentence) != sentence


def test_the_account_words_each_reason_in_welsh(three_councils: Study) -> None:
    promised = PromisedLine(initiative="x", partner="W06000008", year="2025-26", measure="saving", amount_pence=100_00)
    account = open_account([promised], base_year="2024-25")
    row = worded(account_table(account, three_councils.definition), WELSH).rows[0]
    assert row[-1].text == "Nid adroddwyd bod dim wedi'i gyflawni."


def test_several_reasons_are_worded_one_by_one() -> None:
    reasons = ("It is an unpredictable windfall.", "It comes once and not again.")
    assert WELSH.cell(reasons) == "Arian annisgwyl na ellid ei ragweld ydyw. Daw unwaith ac nid eto."


def test_every_kind_of_delivery_has_a_welsh_heading() -> None:
    assert [kind for kind in CATEGORIES if WELSH.words(CATEGORY_TITLES[kind]) == CATEGORY_TITLES[kind]] == []
