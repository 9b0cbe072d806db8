"""The main pages ask the database a fixed number of questions, however many partners there are."""

from __future__ import annotations

from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from .people import BURNLEY

# Session, person, whether they may invite, study, standing; then what the page itself is about.
MOST = {
    "studies": ((), 6),
    "study": (("pennine",), 9),
    "return": (("pennine", BURNLEY), 11),
    "run": (("pennine", 1), 11),  # with definition and returns: whose figures are released
    "run-table": (("pennine", 1, "comparison"), 6),
    "account": (("pennine",), 8),
    "history": (("pennine",), 6),
}


@pytest.mark.parametrize("name", MOST)
def test_a_page_asks_no_more_than_it_needs(
    name: str, case: Any, analyst: Any, as_: Any, django_assert_max_num_queries: Any
) -> None:
    args, most = MOST[name]
    client, address = as_(analyst), reverse(name, args=args)
    client.get(address)
    with django_assert_max_num_queries(most):
        client.get(address)


def test_ten_partners_cost_the_same_questions_as_two(study: Any, analyst: Any, as_: Any) -> None:
    from django.db import connection

    client, address = as_(analyst), reverse("study", args=[study.slug])
    with CaptureQueriesContext(connection) as ten:
        client.get(address)
    study.returns.filter(order__gt=1).delete()
    with CaptureQueriesContext(connection) as two:
        client.get(address)
    assert len(ten) == len(two)


def test_no_page_but_its_own_reads_the_result_of_a_run(case: Any, analyst: Any, as_: Any) -> None:
    from django.db import connection

    with CaptureQueriesContext(connection) as asked:
        as_(analyst).get(reverse("study", args=[case.study.slug]))
    assert not [query for query in asked if '"runs_run"."result"' in query["sql"]]
