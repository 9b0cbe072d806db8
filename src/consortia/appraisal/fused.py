"""A product and a sum rounded once, for compiled code: as fast as either, and the same bits on every machine.

A compiler that is let loose fuses where it likes; here the source says where.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from numba.core import types
from numba.extending import intrinsic


def _fused(_context: Any, _times: Any, _amount: Any, _total: Any) -> Any:
    def compiled(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
        return builder.fma(*arguments)

    return types.float64(types.float64, types.float64, types.float64), compiled


fused = cast("Callable[[float, float, float], float]", intrinsic(_fused))
"""times, amount, total -> times x amount + total, rounded once (IEEE 754 fusedMultiplyAdd)."""
