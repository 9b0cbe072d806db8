"""What the reference classes of delivery must not be used to claim: stands beside every figure made with them.

Source: methods.md 6.5. Each is a sentence of the catalogue.
"""

from __future__ import annotations

from consortia.findings import msgid

EVIDENCE_LIMITS = (
    msgid(
        "The ratios of delivery are averages over many councils: none of them is the chance that one saving is "
        "delivered."
    ),
    msgid(
        "They say nothing of counties, fire authorities, Wales, Scotland or Northern Ireland, nor of any year after "
        "2013; used there, they are carried over by judgement."
    ),
    msgid("They cover savings of every kind, so they are no evidence that sharing a service causes a saving."),
    msgid("No planned amounts were published with them, so they cannot be added up to a total in pounds."),
    msgid(
        "28% of the examples gave the same figure for budget and delivery, which suggests reporting by assumption: the "
        "true spread is larger."
    ),
    msgid("28% of authorities answered, by their own choice: they need not be like the others."),
    msgid("Three years are no trend."),
    msgid("Delivery of more than twice the plan mostly reflects a small or cautious plan."),
)
