"""An appraisal that would keep more than fits is refused with the largest number of draws that goes."""

from __future__ import annotations

import pytest

from consortia.appraisal.refusals import AppraisalError, refuse_too_many


def test_the_refusal_names_the_largest_power_of_two_that_goes() -> None:
    with pytest.raises(AppraisalError, match="Set `draws: 512` in the study"):
        refuse_too_many(1025, 10, 10_000, made_of="2 partners")
    refuse_too_many(513, 10, 10_000, made_of="2 partners")


def test_the_number_named_is_itself_never_refused_and_the_next_one_is() -> None:
    for each in (7, 10, 333, 1024):
        with pytest.raises(AppraisalError) as refused:
            refuse_too_many(1_048_577, each, 1_000_000, made_of="a programme")
        largest = int(refused.value.remedy.split("`draws: ")[1].split("`")[0])
        refuse_too_many(largest + 1, each, 1_000_000, made_of="a programme")
        with pytest.raises(AppraisalError):
            refuse_too_many(2 * largest + 1, each, 1_000_000, made_of="a programme")


def test_where_not_even_the_fewest_go_it_is_to_be_appraised_in_parts() -> None:
    with pytest.raises(AppraisalError, match="in parts"):
        refuse_too_many(65, 1_000, 50_000, made_of="a programme")
