"""Intake: files in. Published returns, partners' own returns, blank returns to fill in, and actuals for the account."""
