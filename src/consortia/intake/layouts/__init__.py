"""Layouts of ledger files: where the headings stand, what each column is and why; remembered for each partner."""
