"""Marks the sentences that readers meet, so that the catalogue is held to have them in both languages."""

from __future__ import annotations


def msgid(text: str) -> str:
    """Gives the text back; the test of the catalogue looks for calls of this name."""
    return text
