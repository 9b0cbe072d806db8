"""The quality rules on any entries: done twice they change nothing more, taken back they leave no trace."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from consortia.intake.quality import RULES, Book, Entry, examine, tidy, untidy

EXAMPLES = settings(max_examples=80, deadline=None)
SERVICES = ("cultural", "planning", "adult_social_care", "other", "highways.parking")
WORDS = ("", "Building control", "Adult social care", "25 per cent short", "Llyfrgelloedd")
MEASURES = ("base", "budgeted", "delivered", "employees", "running_expenses", "total_expenditure")


@st.composite
def books(draw: st.DrawFn) -> Book:
    entries = [
        Entry(
            key=str(number),
            partner=draw(st.sampled_from(["E07000117", "E06000008"])),
            kind=draw(st.sampled_from(["SD", "UA"])),
            year=draw(st.sampled_from(["2011-12", "2012-13", "2014-15"])),
            service=draw(st.sampled_from(SERVICES)),
            measure=draw(st.sampled_from(MEASURES)),
            amount=(amount := draw(st.none() | st.decimals(-(10**9), 10**9, places=2) | st.just(Decimal(0)))),
            status="not_known" if amount is None else "known",
            text=draw(st.sampled_from(WORDS)),
        )
        for number in range(draw(st.integers(0, 25)))
    ]
    medians = {("UA", "cultural", "base"): Decimal(1_000_000), ("SD", "planning", "employees"): Decimal(2_000)}
    return Book(tuple(entries), last_year="2012-13", medians=medians)


@EXAMPLES
@given(books())
def test_tidying_twice_is_tidying_once(book: Book) -> None:
    once, _ = tidy(book)
    assert tidy(once) == (once, ())


@EXAMPLES
@given(books())
def test_the_log_leads_back_to_what_was_sent(book: Book) -> None:
    assert untidy(*tidy(book)).entries == book.entries


@EXAMPLES
@given(books(), st.randoms(use_true_random=False))
def test_the_order_of_the_entries_is_of_no_account(book: Book, random) -> None:
    shuffled = list(book.entries)
    random.shuffle(shuffled)
    assert examine(replace(book, entries=tuple(shuffled))) == examine(book)


@EXAMPLES
@given(books())
def test_every_rule_speaks_in_a_whole_sentence_and_in_its_turn(book: Book) -> None:
    verdicts = examine(book)
    order = [one.id for one in RULES]
    assert [order.index(one.rule) for one in verdicts] == sorted(order.index(one.rule) for one in verdicts)
    assert all("{" not in one.finding.text() for one in verdicts)
