"""The savings account itself."""

from consortia.delivery.lines import ActualLine, PromisedLine

__all__ = ["ActualLine", "PromisedLine"]
