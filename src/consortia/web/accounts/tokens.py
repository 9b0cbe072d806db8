"""The secret part of an invitation's link. The database keeps its digest only, so a copy of it opens no door."""

from __future__ import annotations

import hashlib
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    """A fresh token, safe in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest_of_token(token: str) -> str:
    """SHA-256 in hex; enough for a token of full entropy, which nobody can guess."""
    return hashlib.sha256(token.encode()).hexdigest()
