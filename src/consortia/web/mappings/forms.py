"""Forms of the mapping. Labels and messages are words of the catalogue; the page puts them in the person's language."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from consortia.report.words import msgid
from consortia.study.mapping import PLACES, Side
from consortia.web.fields import PLEASE_CHOOSE, PLEASE_FILL_IN
from consortia.web.language import sentence
from consortia.web.mappings.codes import CodeRow, Targets
from consortia.web.mappings.targets import target_choices

FEWEST_PARTS = 4
NOTHING = ("", "–")
WHOLE = Decimal(1)


class SplitForm(forms.Form):
    """What a code stands for: one target, or several with shares that sum to one."""

    def __init__(self, *args: Any, side: Side, targets: Targets, **kwargs: Any) -> None:
        """`targets` are those that the code has now."""
        super().__init__(*args, **kwargs)
        self.parts = range(1, max(FEWEST_PARTS, len(targets) + 1) + 1)
        choices = (NOTHING, *target_choices(side))
        for number in self.parts:
            target, share = targets[number - 1] if number <= len(targets) else ("", "")
            self.fields[f"target_{number}"] = forms.ChoiceField(
                label=sentence("Target {number}", number=number), choices=choices, initial=target, required=False,
                error_messages=PLEASE_CHOOSE,
            )  # fmt: skip
            self.fields[f"share_{number}"] = forms.CharField(
                label=sentence("Share of target {number}", number=number), initial=f"{share:f}" if share else "",
                required=False, max_length=12, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )  # fmt: skip
        self.fields["reason"] = forms.CharField(
            label=msgid("Why"), help_text=msgid("Such as: by floor area, as in the budget book."), max_length=300,
            required=False, error_messages=PLEASE_FILL_IN,
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Every target once, its share a number above 0, and the shares one in all; a single one may go unsaid."""
        cleaned = super().clean() or {}
        chosen = [number for number in self.parts if cleaned.get(f"target_{number}")]
        for number in self.parts:
            if cleaned.get(f"share_{number}") and number not in chosen:
                self.add_error(f"target_{number}", msgid("There is a share but no target. Choose one."))
        shares = [WHOLE] if len(chosen) == 1 and not cleaned[f"share_{chosen[0]}"] else self._shares(cleaned, chosen)
        targets = [cleaned[f"target_{number}"] for number in chosen]
        if len(set(targets)) < len(targets):
            self.add_error(None, msgid("A target stands twice. Put its shares together."))
        total = sum(shares, Decimal(0))
        if chosen and not self.errors and total != WHOLE:
            fault = msgid("The shares sum to {sum}, not to 1.")
            self.add_error(None, sentence(fault, sum=f"{total.normalize():f}"))
        cleaned["targets"] = tuple(zip(targets, shares, strict=False))
        return cleaned

    def _shares(self, cleaned: dict[str, Any], chosen: list[int]) -> list[Decimal]:
        """The shares that were written, as parts of one; faults go to their fields."""
        shares = []
        for number in chosen:
            try:
                shares.append(_share(cleaned.get(f"share_{number}", "")))
            except (InvalidOperation, ValueError):
                self.add_error(f"share_{number}", msgid("Write a share above 0 and at most 1, as 0.6 or 60%."))
        return shares


def suggestion_value(row: CodeRow) -> str:
    """A suggestion as the value of its box: the code, and the targets that the person saw."""
    found = row.suggestion
    return json.dumps([row.code.local, [[target, str(share)] for target, share in found.targets]]) if found else ""


def seen_suggestion(value: str) -> tuple[str, Targets] | None:
    """What `suggestion_value` was given; None for anything else."""
    try:
        local, targets = json.loads(value)
        return str(local), tuple((str(target), Decimal(str(share))) for target, share in targets)
    except (ValueError, TypeError, InvalidOperation):
        return None


def _share(text: str) -> Decimal:
    bare = text.strip()
    share = Decimal(bare.rstrip("% ")) / (100 if bare.endswith("%") else 1)
    if not 0 < share <= 1 or share != share.quantize(Decimal(10) ** -PLACES):
        raise ValueError(text)
    return share
