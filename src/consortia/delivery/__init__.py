"""The savings account: promised, budgeted, delivered, and whether what was delivered is cashable."""

from consortia.delivery.lines import ActualLine, PromisedLine

__all__ = ["ActualLine", "PromisedLine"]
