"""A finding of a calculation names partners and services; codes are for programs."""

from __future__ import annotations

from consortia.findings import Finding, Severity
from consortia.report.language import translator
from consortia.run.finding_names import in_names
from consortia.study import Study


def _hosted(**values: str) -> Finding:
    sentence = "{service}, hosted by {host} in {year}, stays as returned: the cost of {partners} is not known."
    return Finding("hosted-not-attributed", Severity.WARNING, sentence, values=tuple(values.items()))


def test_codes_become_names_in_the_language_of_the_reader(three_councils: Study) -> None:
    told = _hosted(service="education", host="W06000023", year="2024-25", partners="W06000008, W06000009")
    (named,) = in_names([told], three_councils.definition)
    assert translator("en").finding(named).startswith("Education, hosted by Powys in 2024-25")
    assert "Ceredigion, Pembrokeshire" in translator("en").finding(named)
    assert "Ceredigion, Sir Benfro" in translator("cy").finding(named)
    assert "Addysg" in translator("cy").finding(named)


def test_what_is_no_list_of_codes_stays_as_it_is(three_councils: Study) -> None:
    told = _hosted(service="a made-up service", host="W06000023, and another", year="2024-25", partners="")
    assert in_names([told], three_councils.definition) == (told,)
