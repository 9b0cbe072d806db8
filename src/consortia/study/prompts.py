"""What partners have answered to the questions that others' experience puts to a consortium."""

from __future__ import annotations

from pydantic import Field

from consortia.study.records import Record
from consortia.study.values import Day, Text


class PromptAnswer(Record):
    """An answer to one of the prompts of the reference (`consortia reference review_prompts`)."""

    prompt: str = Field(min_length=1, description="code of the prompt")
    answer: Text
    by: str = Field(min_length=1, description="a person or a committee")
    on: Day = Field(default="", description="2027-03-31")
