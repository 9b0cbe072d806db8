"""One fingerprint for everything that determines a result: same documents, same fingerprint, wherever they are kept."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from consortia.study.returns import CostLine, Return, Volume
from consortia.study.tables import to_csv

if TYPE_CHECKING:
    from consortia.study.store import Study


def fingerprint(study: Study) -> str:
    """SHA-256, in hex, of the definition and of every return with its tables (signatures left out)."""
    parts = [digest_of(study.definition.to_plain()), *(return_digest(each) for each in study.returns)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def return_digest(returned: Return) -> str:
    """SHA-256 of what a finance officer signs or releases: the header without that, every line, mapping, adjustment.

    Activities are part of it where there are any; talk about a line (queries, delegations) is not. A return without
    mapping, adjustments or activities keeps the digest that it had before there could be any.
    """
    said_of_it = {f"{done}_{what}" for done in ("signed", "released") for what in ("by", "on", "digest")}
    header = {key: value for key, value in returned.header.to_plain().items() if key not in said_of_it}
    tables = [to_csv(CostLine, returned.costs), to_csv(Volume, returned.volumes)]
    activities = [returned.activities.to_plain()] if returned.activities else []
    return digest_of([header, *tables, *_decisions(returned), *activities])


def _decisions(returned: Return) -> list[Any]:
    """Mapping lines, the adjustments in effect, without who has agreed to them since, and the findings accepted."""
    mapping = [line.to_plain() for line in returned.mapping]
    changes = [
        one.model_dump(mode="json", include={"key", "line", "before", "after"} | ({"whole"} if one.whole else set()))
        for one in returned.review.in_effect
    ]
    accepted = [{"accepted": [one.to_plain() for one in returned.review.accepted]}] if returned.review.accepted else []
    return [*([{"mapping": mapping, "adjustments": changes}] if mapping or changes else []), *accepted]


def digest_of(plain: Any) -> str:
    """SHA-256 of plain values in one canonical JSON form."""
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
