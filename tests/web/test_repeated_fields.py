"""A field that stands twice in a text that is sent to the site is refused with its lines."""

from __future__ import annotations

import pytest

from consortia.errors import IntakeError
from consortia.web.definition.yaml_text import from_text


def test_a_record_with_a_field_twice_is_refused_with_both_its_lines() -> None:
    with pytest.raises(IntakeError, match="'key' stands twice, in line 1 and in line 3"):
        from_text("key: one\ntitle: {en: One}\nkey: two\n")
