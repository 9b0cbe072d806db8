"""The refusal of a run that has no service to examine: what is missing, and where the projects are told instead."""

from __future__ import annotations

from consortia.errors import StudyError
from consortia.report.words import msgid
from consortia.study import Definition
from consortia.study.project_findings import active_projects

NONE_STATED = msgid("This study proposes no service to share: there is none under `initiatives`.")
NONE_READY = msgid("No service of this study is provided by two partners.")
STATE_SOME = msgid("Add services under `initiatives` in study.yaml: `consortia reference services` lists them.")
ADD_PARTNERS = msgid("Add partners or returns.")
STATE_OR_APPRAISE = msgid(
    "Its projects stand without sharing: `consortia appraise STUDY` says what they are worth. To run it, add services "
    "under `initiatives`."
)
ADD_OR_APPRAISE = msgid(
    "Its projects stand without sharing: `consortia appraise STUDY` says what they are worth. To run it, add partners "
    "or returns."
)


def nothing_ready(definition: Definition) -> StudyError:
    """The refusal with its remedy, which differs where the study has projects of its own."""
    projects = bool(active_projects(definition))
    if definition.initiatives:
        return StudyError(NONE_READY, remedy=ADD_OR_APPRAISE if projects else ADD_PARTNERS)
    return StudyError(NONE_STATED, remedy=STATE_OR_APPRAISE if projects else STATE_SOME)
