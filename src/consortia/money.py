"""The one place where money changes its form: exact pounds in documents, whole pence in tables, floats in draws."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

PENCE = 100
# No budget of a public body has so many; a longer number is a slip of the keyboard, and pence stay exact below it.
MOST_DIGITS = 15


def pounds_from_text(text: str) -> Decimal:
    """Exact pounds from text as people write it: £, thousands separators, brackets or a trailing minus for negatives.

    Raises ValueError when the text is no amount.
    """
    bare = text.strip().replace("£", "").replace(",", "").replace(" ", "").replace("\u2212", "-")
    negative = (bare.startswith("(") and bare.endswith(")")) or bare.endswith("-")
    bare = bare.strip("()").rstrip("-")
    try:
        amount = Decimal(bare)
    except InvalidOperation:
        raise ValueError(f"'{text}' is not an amount of money") from None
    if not amount.is_finite() or amount.adjusted() >= MOST_DIGITS:
        raise ValueError(f"'{text}' is not an amount of money")
    return -amount if negative else amount


def to_pence(pounds: Decimal | int | str) -> int:
    """Whole pence from exact pounds; half a penny goes to the even penny."""
    return int((Decimal(pounds) * PENCE).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def from_pence(pence: int) -> Decimal:
    """Exact pounds from whole pence."""
    return Decimal(int(pence)) / PENCE


def thousands_to_pence(thousands: Decimal) -> int:
    """Whole pence from thousands of pounds, the unit of the published returns."""
    return to_pence(thousands * 1000)


def float_pounds(pence: int) -> float:
    """Float pounds, for draws, from whole pence."""
    return pence / PENCE


def share_out(total_pence: int, weights: Sequence[float]) -> tuple[int, ...]:
    """Splits whole pence by weight so that the parts add up exactly (largest remainder; ties to the first)."""
    whole = sum(weights)
    if whole <= 0:
        raise ValueError("weights must add up to more than zero")
    exact = [total_pence * weight / whole for weight in weights]
    parts = [int(share // 1) for share in exact]
    # Beyond 2**53 pence a floating-point part is no whole penny: what all parts lack or have too much is theirs alike.
    alike, missing = divmod(total_pence - sum(parts), len(parts))
    order = sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])
    for i in order[:missing]:
        parts[i] += 1
    return tuple(part + alike for part in parts)
