"""Broken and hostile ledger files, made anew for each test run: none of them is kept in the repository."""
