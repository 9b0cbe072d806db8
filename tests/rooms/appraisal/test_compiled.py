"""Compiled code is never older than the sources it is made of."""

from __future__ import annotations

from consortia.appraisal import booking, bounds, desk, fused, lanes, layout
from consortia.appraisal.compiled import made_of
from consortia.appraisal.kernel import appraise_draws


def work() -> None:
    """Does nothing."""


def test_the_name_of_compiled_code_changes_with_the_modules_that_it_is_made_of():
    work.__qualname__ = "work"
    one = made_of(lanes)(work).__qualname__
    work.__qualname__ = "work"
    assert one != made_of(layout)(work).__qualname__


def test_the_kernel_is_made_anew_when_the_records_or_the_bookings_change():
    def function() -> None:
        """Has the same mark."""

    mark = made_of(booking, bounds, desk, fused, lanes, layout)(function).__qualname__.split("-")[-1]
    assert appraise_draws.py_func.__qualname__ == f"appraise_draws-{mark}"
