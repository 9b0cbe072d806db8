"""What an appraisal of projects must not be used to claim (methods.md 6.5); it stands beside the figures."""

from __future__ import annotations

from consortia.report.caveats import STANDARD_CAVEATS
from consortia.report.words import Words, msgid

PROJECT_CAVEATS: tuple[Words, ...] = (
    *STANDARD_CAVEATS[:5],
    msgid("A total for a portfolio from that record: no planned amounts were published with it, so it has no weights."),
    msgid("That projects fare independently: many councils gave plan and outcome alike, so the true spread is larger."),
    msgid("A trend from that record: three years are none, and much over-delivery only shows a cautious plan."),
)
