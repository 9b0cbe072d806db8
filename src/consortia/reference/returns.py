"""Published returns: the editions held, their cells, and what to beware of in them."""

from consortia.reference.cells import PublishedCell, PublishedRow, published_cells, row_of, rows_of
from consortia.reference.editions import Edition, edition, editions
from consortia.reference.notes import published_notes

__all__ = [
    "Edition",
    "PublishedCell",
    "PublishedRow",
    "edition",
    "editions",
    "published_cells",
    "published_notes",
    "row_of",
    "rows_of",
]
