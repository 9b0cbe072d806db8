"""The three measures of one service, on plain values: total cost, net current and net revenue expenditure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Components:
    """What one service cost and earned in one year, split as in step 2 of the method; any one money unit."""

    employees: Decimal = ZERO
    running_expenses: Decimal = ZERO
    third_party_payments: Decimal = ZERO
    transfer_payments: Decimal = ZERO
    support_services: Decimal = ZERO
    internal_purchases: Decimal = ZERO
    internal_income: Decimal = ZERO
    capital_charges: Decimal = ZERO
    sales_fees_charges: Decimal = ZERO
    other_income: Decimal = ZERO
    specific_grants: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """The three measures, in the unit of the components; capital charges stand in none of them."""

    total_cost: Decimal
    net_current_expenditure: Decimal
    net_revenue_expenditure: Decimal


def measures_of(parts: Components) -> Measures:
    """Gives TC = E + R + T + X + (I_in - I_out) + M, NCE = TC - F - O and NRE = NCE - G.

    TC is for efficiency, NCE for affordability: a service that charges its clients looks cheap on NCE.
    Net current expenditure is the definition of the Revenue Outturn (MHCLG guidance notes).
    """
    direct = parts.employees + parts.running_expenses + parts.third_party_payments + parts.transfer_payments
    internal = parts.internal_purchases - parts.internal_income
    total_cost = direct + internal + parts.support_services
    net_current = total_cost - parts.sales_fees_charges - parts.other_income
    return Measures(
        total_cost=total_cost,
        net_current_expenditure=net_current,
        net_revenue_expenditure=net_current - parts.specific_grants,
    )
