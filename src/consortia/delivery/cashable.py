"""Is a saving cashable? The definition of the 2013 survey of English councils as a decision table that can be read.

Source of the tests: DCLG, "Good practice in delivering local government savings" (2014), appendix C and its footnotes.
What a failed test makes of a saving follows the same appendix where it says so (a cut, income from charges, an
efficiency for the same budget, a windfall); for the other tests it is our judgement [J]: what cannot be proved is
unverified, what never lowered a budget avoided a cost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from consortia.delivery.lines import ActualLine, Answer
from consortia.findings import msgid

Category = Literal["cashable", "efficiency", "cost_avoidance", "income", "one_off", "cut", "unverified"]
CATEGORIES: tuple[Category, ...] = get_args(Category)
CATEGORY_TITLES: Mapping[Category, str] = {
    "cashable": msgid("Cashable saving"),
    "efficiency": msgid("Efficiency (non-cashable)"),
    "cost_avoidance": msgid("Cost avoidance"),
    "income": msgid("Income"),
    "one_off": msgid("One-off"),
    "cut": msgid("Cut in service"),
    "unverified": msgid("Unverified"),
}


@dataclass(frozen=True, slots=True)
class CashableTest:
    """One line of the decision table: what is asked, what a "no" makes of the saving, and the sentences that say so.

    Every sentence is whole, so that it can be translated as it stands.
    """

    id: str
    question: str
    failing: Category
    failed: str
    unanswered: str


# The order is the precedence: the first test that fails names the category, all that fail are listed as reasons.
TESTS: tuple[CashableTest, ...] = (
    CashableTest(
        "level_kept",
        "Are level and frequency of the service kept? (A service that an efficiency made obsolete counts as kept.)",
        failing="cut",
        failed="The level or frequency of the service fell.",
        unanswered="It is not known whether level and frequency of the service were kept.",
    ),
    CashableTest(
        "quality_kept",
        "Is the quality of the service kept?",
        failing="cut",
        failed="The quality of the service fell.",
        unanswered="It is not known whether the quality of the service was kept.",
    ),
    CashableTest(
        "voluntary_sector_kept",
        "Are level and quality of what the voluntary and community sector provides kept?",
        failing="cut",
        failed="What the voluntary and community sector provides fell in level or quality.",
        unanswered="It is not known whether the voluntary and community sector could keep its service.",
    ),
    CashableTest(
        "charges_unchanged",
        "Is it free of any increase in what users are charged?",
        failing="income",
        failed="It comes from higher charges to users.",
        unanswered="It is not known whether users are charged more.",
    ),
    CashableTest(
        "no_windfall",
        "Is it the fruit of the plan, not of an unpredictable event?",
        failing="one_off",
        failed="It is an unpredictable windfall.",
        unanswered="It is not known whether it is a windfall.",
    ),
    CashableTest(
        "recurrent",
        "Does it come back every year?",
        failing="one_off",
        failed="It comes once and not again.",
        unanswered="It is not known whether it comes back every year.",
    ),
    CashableTest(
        "revenue",
        "Is it revenue spending?",
        failing="one_off",
        failed="It is capital, not revenue spending.",
        unanswered="It is not known whether it is revenue spending.",
    ),
    CashableTest(
        "base_budget_reduced",
        "Is the base budget lower for good?",
        failing="cost_avoidance",
        failed="No base budget was reduced; a cost was kept from rising.",
        unanswered="It is not known whether a base budget was reduced for good.",
    ),
    CashableTest(
        "agreed_in_advance",
        "Did the council plan and agree it in advance?",
        failing="unverified",
        failed="It was not planned and agreed by the council in advance.",
        unanswered="It is not known whether the council agreed it in advance.",
    ),
    CashableTest(
        "budget_holder",
        "Does a named budget holder answer for it?",
        failing="unverified",
        failed="No named budget holder answers for it.",
        unanswered="It is not known whether a named budget holder answers for it.",
    ),
    CashableTest(
        "measurable",
        "Is it measured against what was planned?",
        failing="unverified",
        failed="It is not measured against what was planned.",
        unanswered="It is not known whether it was measured against what was planned.",
    ),
    CashableTest(
        "evidence",
        "Is the evidence named?",
        failing="unverified",
        failed="No evidence is named.",
        unanswered="It is not known whether there is evidence.",
    ),
)

# Not a test: it tells an efficiency from an avoided cost once the base budget is known not to have fallen.
MORE_FOR_SAME = CashableTest(
    "more_for_same",
    "Does the same budget now buy more or better service?",
    failing="efficiency",
    failed="The same budget now buys more or better service.",
    unanswered="It is not known whether the same budget now buys more or better service.",
)
PASSED = ("all", msgid("Every test of a cashable saving is passed."))
SENTENCES: tuple[str, ...] = (
    PASSED[1],
    *(sentence for test in (*TESTS, MORE_FOR_SAME) for sentence in (test.question, test.failed, test.unanswered)),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a saving is, and why: pairs of a test's id and a sentence, never empty."""

    category: Category
    reasons: tuple[tuple[str, str], ...]

    @property
    def reason(self) -> str:
        """The sentences in one line of English text."""
        return " ".join(sentence for _, sentence in self.reasons)


def judge(answers: Mapping[str, Answer]) -> Verdict:
    """Gives the verdict for the answers by test id; a test left out is unknown, and any unknown means unverified.

    Raises ValueError for an answer to a question that is not in the table.
    """
    _check_questions(answers)
    asked = TESTS if answers.get("base_budget_reduced") != "no" else (*TESTS, MORE_FOR_SAME)
    unknown = tuple((test.id, test.unanswered) for test in asked if _unknown(answers, test))
    failed = tuple(test for test in TESTS if answers.get(test.id) == "no")
    reasons = tuple((test.id, test.failed) for test in failed)
    if unknown:
        return Verdict("unverified", unknown + reasons)
    if not failed:
        return Verdict("cashable", (PASSED,))
    if failed[0].id == "base_budget_reduced" and answers["more_for_same"] == "yes":
        return Verdict("efficiency", ((MORE_FOR_SAME.id, MORE_FOR_SAME.failed), *reasons[1:]))
    return Verdict(failed[0].failing, reasons)


def judge_line(line: ActualLine) -> Verdict:
    """Gives the verdict for a line as it was reported; without named evidence it is never cashable."""
    answers: dict[str, Answer] = {
        test.id: getattr(line, test.id) for test in (*TESTS, MORE_FOR_SAME) if test.id != "evidence"
    }
    return judge(answers | {"evidence": "yes" if line.evidence else "no"})


def _unknown(answers: Mapping[str, Answer], test: CashableTest) -> bool:
    return answers.get(test.id, "unknown") == "unknown"


def _check_questions(answers: Mapping[str, Answer]) -> None:
    known = {test.id for test in (*TESTS, MORE_FOR_SAME)}
    strange = sorted(set(answers) - known)
    if strange:
        raise ValueError(f"the cashable test does not ask {', '.join(strange)}")
