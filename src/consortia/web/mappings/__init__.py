"""A partner's ledger codes onto the service list, on the site: suggested with reasons, decided by people, applied."""
