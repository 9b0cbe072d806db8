"""What a decision paper must not be used to claim: the limits of the evidence behind its figures."""

from __future__ import annotations

from consortia.report.words import Words, msgid

STANDARD_CAVEATS: tuple[Words, ...] = (
    msgid("That any saving is certain: every figure is an estimate with a range, and the lower end may be a loss."),
    msgid("That sharing causes savings: the records of delivery cover savings of every kind, not only from sharing."),
    msgid(
        "How likely one saving in one council is to be delivered: the published record is of averages over many "
        "councils, and single initiatives vary far more."
    ),
    msgid(
        "Anything about delivery in counties, fire authorities, Wales, Scotland or Northern Ireland, or after 2013, on "
        "the strength of that record: it covers English single-tier and district councils from 2010 to 2013."
    ),
    msgid(
        "That the record is typical: 28% of councils answered the survey behind it, and many gave the same figure for "
        "plan and outcome."
    ),
    msgid(
        "That one council is better run than another: published returns differ in what they count, host and leave out."
    ),
    msgid(
        "That the best grouping is beyond doubt: it is the best on these figures, and small differences do not decide."
    ),
    msgid("The effect on quality of service or on staff: neither is in these figures."),
)
