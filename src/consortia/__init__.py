"""Which services to share, with whom, how deeply, and how sure that is; then the account until the saving is proved."""

__version__ = "0.1.0"
