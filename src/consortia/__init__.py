"""Which services to share, with whom, how deeply, and how sure that is."""
