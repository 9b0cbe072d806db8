"""Tables (what) and renderers (how): page, document, workbook and terminal, English and Welsh from the same numbers."""
