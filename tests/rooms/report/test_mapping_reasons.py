"""Reasons of a mapping, kept in English in the documents, are told in the language of the paper."""

from __future__ import annotations

import pytest

from consortia.report.language import translator
from consortia.report.reasons import words_with_reason


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("BS Building Services (like 'Building control')", "BS Building Services. Mae'n debyg i 'Building control'."),
        ("HRA (set by hand)", "HRA. Wedi'i osod â llaw."),
        (
            "HRA (everyday words: 'HRA'; leaves it out: outside the General Fund)",
            "HRA. Mae ynddo'r geiriau bob dydd 'HRA'. Mae'n gadael y cod allan o'r ffurflen, am ei fod y tu allan i'r "
            "Gronfa Gyffredinol.",
        ),
        ("5000 Suspense (General (old)) (balance sheet)", "5000 Suspense (General (old)) (balance sheet)"),
    ],
)
def test_a_reason_of_the_program_is_told_in_welsh_and_one_that_a_person_wrote_stands(kept: str, told: str) -> None:
    assert translator("cy").words(words_with_reason(kept)) == told
