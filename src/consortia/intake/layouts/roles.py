"""What a column of a ledger can be, and by which words of its heading it is known; the strongest rule counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

Role = Literal[
    "date",
    "amount",
    "debit",
    "credit",
    "supplier",
    "supplier_code",
    "company_number",
    "directorate",
    "service",
    "cost_centre_code",
    "cost_centre",
    "account_code",
    "account",
    "account_group",
    "reference",
    "capital_or_revenue",
    "description",
    "year",
    "row_total",
]
ROLES: tuple[Role, ...] = get_args(Role)
ROLE_WORDS: dict[Role, str] = {
    "date": "Date",
    "amount": "Amount",
    "debit": "Debit",
    "credit": "Credit",
    "supplier": "Supplier",
    "supplier_code": "Supplier code",
    "company_number": "Company number",
    "directorate": "Directorate",
    "service": "Service",
    "cost_centre_code": "Cost centre code",
    "cost_centre": "Cost centre",
    "account_code": "Account code",
    "account": "Account",
    "account_group": "Account group",
    "reference": "Transaction reference",
    "capital_or_revenue": "Capital or revenue",
    "description": "Description",
    "year": "Financial year",
    "row_total": "Total of the months",
}

Family = Literal["amount", "debit", "credit", "date", "supplier", "company", "unit", "cost centre", "account",
                 "account code",                 "reference", "capital", "description", "year"]  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """A heading with all of `words` and none of `without` belongs to the family, the more surely the higher `score`."""

    family: Family
    text: str
    score: int
    without: frozenset[str] = frozenset()

    @property
    def words(self) -> frozenset[str]:
        """The words that the heading must have."""
        return frozenset(self.text.split())


def _rules(family: Family, *rows: tuple[str, int], without: str = "") -> tuple[Rule, ...]:
    barred = frozenset(without.split())
    return tuple(Rule(family, text, score, barred - set(text.split())) for text, score in rows)


# Columns that describe the publisher, the purchase classification or an address tell nothing about the ledger.
_NO_NAME = "procurement proclass cpv mcc thomson postal address charity redact"
_NO_AMOUNT = (
    "vat date number code year period type description reference recoverable irrecoverable purpose supplier budget"
)
_NO_ACCOUNT = (
    "supplier area date amount value vat year period capital order line company directorate service department "
    "business cost " + _NO_NAME
)

RULES: tuple[Rule, ...] = (
    *_rules(
        "amount",
        ("net amount", 95), ("net value", 95), ("net value vat", 95), ("amount excluding vat", 95),
        ("excluding vat spend", 95), ("total excluding vat", 95), ("value excluding vat", 95), ("net vat", 90),
        ("posting amount", 86), ("line amount", 84), ("amount", 82), ("net", 80), ("invoice value", 75),
        ("value", 70), ("actual", 65), ("spend", 50), ("total", 60), ("balance", 40), ("gross", 30),
        ("gross amount", 45), ("thousand", 40),
        without=_NO_AMOUNT,
    ),
    *_rules("debit", ("debit", 85), without="number date code credit direct"),
    *_rules("credit", ("credit", 85), without="number date code debit card"),
    *_rules(
        "date",
        ("payment date", 95), ("paid date", 95), ("posting date", 92), ("ledger date", 88), ("transaction date", 75),
        ("invoice date", 65), ("effective date", 50), ("due date", 40), ("date", 72), ("updated", 45),
    ),
    *_rules(
        "supplier",
        ("supplier name", 95), ("supplier party name", 95), ("supplier number", 92), ("supplier code", 92),
        ("supplier reference", 92), ("supplier", 85),
        ("address book number", 80), ("party name", 70), ("account number", 46),
        without="invoice company vat type category date class capital " + _NO_NAME.replace("address ", ""),
    ),
    *_rules("company", ("company number", 80), ("company registration", 85), ("company house", 85)),
    *_rules(
        "unit",
        ("directorate", 95), ("directorate area", 75), ("department", 82), ("service area", 82), ("service label", 80),
        ("service division", 80), ("service category", 78), ("service", 76), ("division", 70), ("portfolio", 70),
        ("organisation unit", 76), ("strategic group", 76), ("expense area", 70), ("committee", 70), ("area", 35),
        without="cost business date supplier body authority purpose level " + _NO_NAME,
    ),
    *_rules(
        "cost centre",
        ("cost centre", 95), ("business unit", 90), ("profit centre", 80), ("project", 45),
        without="date amount manager " + _NO_NAME,
    ),
    *_rules(
        "account code",
        ("account code", 92), ("expense code", 91), ("subjective code", 91), ("subjective account", 88),
        ("ledger code", 86), ("ledger account", 84), ("account number", 70), ("subjective", 70), ("account", 60),
        ("expense", 50), ("expense type", 55),
        without=_NO_ACCOUNT,
    ),
    *_rules(
        "account",
        ("subjective", 92), ("detailed expense type", 92), ("expense type", 90), ("ledger account", 90),
        ("account description", 90), ("account name", 90), ("expense category", 89), ("purpose", 86),
        ("expense description", 85), ("ledger description", 84), ("account", 80), ("cipfa", 70), ("expense", 60),
        ("merchant category", 58), ("description", 55),
        without=_NO_ACCOUNT,
    ),
    *_rules(
        "reference",
        ("transaction number", 95), ("transaction reference", 95), ("unique reference", 92), ("document number", 90),
        ("transaction", 85), ("system reference", 82), ("internal reference", 80), ("voucher", 75), ("journal", 75),
        ("document", 72), ("order reference", 70), ("reference", 62), ("invoice number", 50), ("order number", 40),
        without="supplier date type amount value card description category class vat",
    ),
    *_rules("capital", ("capital revenue", 95), without="amount date"),
    *_rules(
        "description",
        ("narrative", 90), ("details", 60), ("description", 50), ("text", 30), ("purpose", 45),
        without="account subjective cost directorate supplier business cipfa ledger service department number date "
        "amount category proclass procurement mcc thomson unit strategic group",
    ),
    *_rules("year", ("financial year", 90), ("ledger year", 85), ("year", 70), without="date amount value"),
)  # fmt: skip


@cache
def best_rule(words: frozenset[str], family: Family) -> Rule | None:
    """The strongest rule of a family that a heading satisfies."""
    fitting = [rule for rule in RULES if rule.family == family and rule.words <= words and not rule.without & words]
    return max(fitting, key=lambda rule: (rule.score, len(rule.words)), default=None)
