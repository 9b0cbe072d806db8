"""How partners run what they share: pooled budgets, shared posts, profiles, needs, lead bodies, others' experience."""

from consortia.run.governance.tables import governance_findings, governance_tables, is_open_to_partners

__all__ = ["governance_findings", "governance_tables", "is_open_to_partners"]
