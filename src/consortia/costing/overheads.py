"""Management and support services put on one common basis."""

from __future__ import annotations

from collections.abc import Mapping

from consortia.money import share_out


def apportion(pot_pence: int, driver: Mapping[str, float]) -> dict[str, int]:
    """Splits the cost of support services, whole pence, over services by a driver such as full-time equivalents.

    The parts add up to the pot exactly. Raises ValueError when a driver is negative or all are zero.
    """
    negative = sorted(service for service, size in driver.items() if size < 0)
    if negative:
        raise ValueError(f"the driver of {', '.join(negative)} is negative")
    return dict(zip(driver, share_out(pot_pence, tuple(driver.values())), strict=True))
