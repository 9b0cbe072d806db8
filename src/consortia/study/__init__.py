"""The schema of everything a study holds, the folder it lives in, and its fingerprint."""

from consortia.study.activities import Activities
from consortia.study.definition import (
    Assumption,
    Definition,
    Initiative,
    Link,
    Partner,
    Range,
    Scenario,
    Text,
)
from consortia.study.fingerprints import fingerprint
from consortia.study.mapping import MappingLine
from consortia.study.returns import CostLine, Return, ReturnHeader, Upload, Volume
from consortia.study.review import Acceptance, Adjustment, Delegation, Query, Reply, Review, Stated
from consortia.study.store import Study, read_study, write_study

__all__ = [
    "Acceptance",
    "Activities",
    "Adjustment",
    "Assumption",
    "CostLine",
    "Definition",
    "Delegation",
    "Initiative",
    "Link",
    "MappingLine",
    "Partner",
    "Query",
    "Range",
    "Reply",
    "Return",
    "ReturnHeader",
    "Review",
    "Scenario",
    "Stated",
    "Study",
    "Text",
    "Upload",
    "Volume",
    "fingerprint",
    "read_study",
    "write_study",
]
