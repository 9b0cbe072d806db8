"""Which services to share, with whom, how deeply, and how sure that is; then the account until the saving is proved."""

import os

__version__ = "0.1.0"

# The memory that polars frees goes back to the system after five seconds, not at once: each ledger file takes what the
# one before it left, and fetching it anew took a seventh of the time. Polars looks at this once, when it is loaded.
os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:5000")
