"""The rows that the tables of a decision paper are made from: raw values, named. `paper_tables` sets them out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from consortia.report.words import Absent, Quantity, Words
from consortia.study.definition import Text

Amount = float | Absent | None
"""Pounds at the table's price base, or why there is none (`None`: not known)."""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One service and one group that would share it; or, when `members` is empty, a service not to be shared.

    Net saving is present value over the horizon (P10, P50, P90 of the draws). `payback` is years from the base year of
    the central case. `gainers` are the members whose own share is above zero. `stable`: no group would do better alone;
    `reason` says why a service is not shared, or who would do better alone. `keys` names the figure of a column
    ("low", "middle", "high", "chance_of_loss", "payback").
    """

    service: Text
    members: tuple[Text, ...]
    level: Text | None
    low: Amount
    middle: Amount
    high: Amount
    chance_of_loss: float | None
    payback: float | Absent | None
    gainers: tuple[Text, ...]
    stable: bool | None
    reason: Words = ""
    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """What one partner gains or pays over all services: set-up and annual saving undiscounted, the rest present value.

    `services` counts those that it would share; `agreed` is its part of the central case as the gain is agreed to be
    shared, the others come before payments between partners. `keys`: the names of the amounts, and "chance_of_loss".
    """

    partner: Text
    services: int
    setup: Amount
    saving: Amount
    low: Amount
    middle: Amount
    high: Amount
    agreed: Amount
    chance_of_loss: float | None
    payback: float | Absent | None
    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """A partner's unit cost of a service beside the medians of the partners and of its nearest neighbours.

    `marks` is what stands against the figure; `is_withheld`: it counts in no median of the partners.
    """

    service: Text
    partner: Text
    amount: Amount
    denominator: Words
    volume: float | None
    unit_cost: Amount
    partners_median: Amount
    partners_count: int | Absent
    neighbours_median: Amount = Absent.NOT_KNOWN
    neighbours_count: int | Absent = 0
    keys: Mapping[str, str] = field(default_factory=dict)
    marks: tuple[Words, ...] = ()
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A partner's part of the whole net saving (present value, central case): as agreed, and by every rule.

    A rule that has no answer for a service has no amount here.
    """

    partner: Text
    agreed: Amount
    amounts: Mapping[str, Amount]
    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StabilityRow:
    """Whether a rule holds in a service; if not, who of a group would gain how much by leaving together.

    `within` says whether it holds within every group, None where the rule has no answer; `across` whether no sets
    across groups would gain, None where there are none to look at. `recommended`: the first that holds in both in order
    of preference, or else the first that holds within.
    `members` are those of the group, of all groups where it holds, or words for sets across the groups.
    """

    service: Text
    members: Words | tuple[Words, ...]
    rule: str
    within: bool | None
    across: bool | None = None
    recommended: bool = False
    leavers: tuple[Text, ...] = ()
    gain: Amount = Absent.NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class RunnerUpRow:
    """One of the best groupings of a service, in order of value; `groups` as words ("A, B | C, D")."""

    service: Text
    rank: int
    groups: Words
    value: Amount
    behind_best: Amount
    key: str = ""


@dataclass(frozen=True, slots=True)
class AlternativeRow:
    """A course that the members could take instead, with its present value in the central case."""

    name: Words
    value: Amount
    difference: Amount
    note: Words = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class AssumptionRow:
    """An assumption as the reader may change it. `evidence` is S, V, R, U, D or J; J is judgement and is said to be.

    A value with a range gives lowest, most likely and highest; a single value gives `mode` only.
    """

    key: str
    name: Words
    low: Quantity | None
    mode: Quantity | Words | None
    high: Quantity | None
    unit: Words
    source: Words
    date: str
    evidence: str
    reason: Words = ""


@dataclass(frozen=True, slots=True)
class SensitivityRow:
    """What the answer becomes when one assumption is set to another value."""

    assumption: Words
    setting: Words | Quantity
    value: Amount
    change: Amount
    services_shared: int
    regrouped: tuple[Text, ...] = ()
