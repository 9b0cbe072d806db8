"""The grade of a study's amounts: what kind of source a return is, and the scale of the reference."""

from __future__ import annotations

import pytest

from consortia.reference.parameters import parameter
from consortia.run.grades import SOURCES, source_kind
from consortia.study import Return, ReturnHeader, Upload
from consortia.study.fingerprints import return_digest

UPLOAD = Upload(name="return.xlsx", sha256="0" * 64)


def a_return(**header: object) -> Return:
    return Return.empty(ReturnHeader.model_validate({"partner": "E1"} | header))


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ({}, "published_outturn"),
        ({"basis": "budget"}, "published_budget"),
        ({"uploads": (UPLOAD,)}, "unsigned_return"),
        ({"uploads": (UPLOAD,), "signed_digest": "of an earlier version"}, "unsigned_return"),
    ],
)
def test_a_return_is_published_or_the_partner_s_own(header: dict[str, object], kind: str) -> None:
    assert source_kind(a_return(**header)) == kind


def test_a_signature_counts_while_it_fits_what_was_signed() -> None:
    digest = return_digest(a_return(uploads=(UPLOAD,)))
    assert source_kind(a_return(uploads=(UPLOAD,), signed_digest=digest)) == "signed_return"


def test_the_scale_has_a_grade_for_every_kind_of_source_and_rises() -> None:
    assert all(1 <= parameter(f"grade_{kind}").number <= 6 for kind in SOURCES)
    for key in ("grade_ages", "grade_errors"):
        bounds = parameter(key).sequence
        assert len(bounds) == 5
        assert list(bounds) == sorted(bounds)
