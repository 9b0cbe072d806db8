"""A partner's ledger on the site: files in by a confirmed layout, every row accounted, lines kept with the study."""
