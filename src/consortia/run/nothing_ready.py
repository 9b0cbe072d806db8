"""The refusal of a run that has no service to examine and no projects: what is missing."""

from __future__ import annotations

from consortia.errors import StudyError
from consortia.report.words import msgid
from consortia.study import Definition

NONE_STATED = msgid("This study proposes no service to share: there is none under `initiatives`.")
NONE_READY = msgid("No service of this study is provided by two partners.")
STATE_SOME = msgid("Add services under `initiatives` in study.yaml: `consortia reference services` lists them.")
ADD_PARTNERS = msgid("Add partners or returns.")


def nothing_ready(definition: Definition) -> StudyError:
    """The refusal with its remedy."""
    if definition.initiatives:
        return StudyError(NONE_READY, remedy=ADD_PARTNERS)
    return StudyError(NONE_STATED, remedy=STATE_SOME)
