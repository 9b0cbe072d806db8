"""Reasons that the intake gives have words of the catalogue, so that they are told in Welsh too."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.utils import translation

from consortia.intake.layouts.document import LayoutColumn
from consortia.intake.ledger_files import read_ledger
from consortia.intake.ledger_proposals import propose_layout
from consortia.intake.mapping.codes import LocalCode, codes_of
from consortia.intake.mapping.memory import Memory
from consortia.intake.mapping.suggestions import suggest_targets
from consortia.report.reasons import worded_reason
from consortia.study import MappingLine
from consortia.web.reasons import reason_in_words


def unpacked(path: Path, folder: Path) -> Path:
    """The file as a partner would send it; most of the data set is compressed."""
    if path.suffix != ".gz":
        return path
    plain = folder / path.stem
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    return plain


def reasons_of(columns: tuple[LayoutColumn, ...]) -> list[str]:
    return [column.reason for column in columns if column.reason]


@pytest.mark.parametrize(
    "name",
    [
        "layout_gallery/barnet_2023-04.csv.gz",
        "layout_gallery/cambridge_city_2024-25.csv.gz",
        "layout_gallery/redcar_cleveland_2024-03_spend.xlsx",
        "tees_valley_2025_q1/hartlepool_q4_2024-25.csv.gz",
        "tri_borough_2023_q3/westminster_q2_2023_24.csv.gz",
    ],
)
def test_every_reason_for_a_real_ledger_has_words(name: str, shared_data: Path, tmp_path: Path) -> None:
    proposed = propose_layout(unpacked(shared_data / "spend" / name, tmp_path), partner="E07000117")
    near = [choice.reason for choice in proposed.proposal.runners_up]
    lines = read_ledger(unpacked(shared_data / "spend" / name, tmp_path), proposed.layout).lines
    suggested = [one.reason for one in suggest_targets(codes_of(lines), Memory())]
    assert [
        one for one in (*reasons_of(proposed.layout.columns), *near, *suggested) if worded_reason(one) is None
    ] == []


@pytest.mark.parametrize(
    ("local", "words", "said"),
    [
        ("0101", "Zxq depot", "Remembered: this council, in Old study mapped this code so."),
        ("0101", "Quite other words", "but it was called &#39;Zxq depot&#39; then."),
        ("0202", "Zxq depot", "Remembered: this council, in Old study mapped the same words so (code 0101)."),
    ],
)
def test_what_is_remembered_is_told(local: str, words: str, said: str) -> None:
    line = MappingLine(side="service", local="0101", words="Zxq depot", target="housing", by="Ann")
    memory = Memory().learn([line], where="this council, in Old study", own=True)
    (found,) = suggest_targets([LocalCode("service", local, words, 1, 100)], memory)
    assert said in reason_in_words(found.reason)


def test_what_somebody_wrote_is_marked_as_english_on_a_welsh_page() -> None:
    with translation.override("cy"):
        assert reason_in_words("by <floor>") == '<span lang="en">by &lt;floor&gt;</span>'
        assert reason_in_words("it holds codes") == "Mae&#39;n dal codau."
