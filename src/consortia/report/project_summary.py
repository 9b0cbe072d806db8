"""What the front of a paper says of the savings that partners state themselves, beside the sharing of services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from consortia.report.rows import Amount
from consortia.report.words import Message, Words
from consortia.study.definition import Text


@dataclass(frozen=True, slots=True)
class Outlook:
    """A net saving as present value over the horizon: P10, P50 and P90 in pounds, and the chance of a net loss."""

    low: Amount
    middle: Amount
    high: Amount
    chance_of_loss: float | None


@dataclass(frozen=True, slots=True)
class ProjectSummary:
    """The partners' own projects by themselves, and together with the services to be shared.

    Amounts are pounds at the paper's price base; `one_off` is undiscounted over all years, `running` that of the last
    year, both of the central case and of the projects alone. `meeting` is what the whole is more (or, below zero, less)
    than sharing and projects by themselves, since they meet on the same budget lines; None where nothing is shared.
    `gainers` and `losers` are those of the whole; `cautions` what the figures leave out or open; `caveats` what they
    must not be used to claim; `beyond` how the projects do not keep the study's limits, and which set would; `aims`
    how far everything comes towards the study's savings target and funding gap. `keys` names figures: "own.low",
    "together.middle", "one_off" ...
    """

    titles: tuple[Text, ...]
    own: Outlook
    together: Outlook
    meeting: float | None
    one_off: float
    running: float
    last_year: str
    gainers: tuple[Text, ...]
    losers: tuple[Text, ...]
    cautions: tuple[Message, ...] = ()
    caveats: tuple[Words, ...] = ()
    beyond: tuple[Message, ...] = ()
    aims: tuple[Message, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
