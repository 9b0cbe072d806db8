"""The workbook of the central case with live formulas."""

from consortia.report.workbook.book import workbook

__all__ = ["workbook"]
