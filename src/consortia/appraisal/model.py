"""What the studies of sensitivity ask of a model: values of its inputs in, the value of interest out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.distributions import Distribution

Columns = Mapping[str, FloatArray]
"""For each input as many values as there are rows."""
Model = Callable[[Columns], FloatArray]
"""Gives one value for each row of its inputs, such as the net present value in pounds."""


def central_rows(inputs: Mapping[str, Distribution], rows: int) -> dict[str, FloatArray]:
    """Rows that all hold the central case, to be changed in place."""
    return {name: np.full(rows, each.central) for name, each in inputs.items()}


def checked(values: FloatArray, rows: int) -> FloatArray:
    """The values of a model; ValueError when it did not give one known number for each row."""
    array = np.asarray(values, dtype=np.float64)
    if array.shape != (rows,) or not np.all(np.isfinite(array)):
        raise ValueError(f"the model must give a known number for each of {rows} rows")
    return array
