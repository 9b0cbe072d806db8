"""The savings account: promised, budgeted, delivered, and whether what was delivered is cashable."""

from consortia.delivery.account import Entry, SavingsAccount
from consortia.delivery.cashable import CATEGORIES, CATEGORY_TITLES, TESTS, CashableTest, Verdict, judge, judge_line
from consortia.delivery.claims import CheckedClaim, Claim, Reading, check_claim
from consortia.delivery.lines import ActualLine, PromisedLine
from consortia.delivery.standing import Row, rows, table, totals
from consortia.delivery.variance import Gap, Rating, RatingLimits, Variance, gaps, rate, variance

__all__ = [
    "CATEGORIES",
    "CATEGORY_TITLES",
    "TESTS",
    "ActualLine",
    "CashableTest",
    "CheckedClaim",
    "Claim",
    "Entry",
    "Gap",
    "PromisedLine",
    "Rating",
    "RatingLimits",
    "Reading",
    "Row",
    "SavingsAccount",
    "Variance",
    "Verdict",
    "check_claim",
    "gaps",
    "judge",
    "judge_line",
    "rate",
    "rows",
    "table",
    "totals",
    "variance",
]
