"""Named posts: what they cost, what is saved when they end, and the merger of management.

Amounts are real pounds a year of the base year. Source: methods.md 5.8 ("a post can be deleted once") and 8.3 (senior
management is appraised by named post, never by a percentage).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.home import Home, split_by
from consortia.appraisal.refusals import AppraisalError
from consortia.appraisal.streams import Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post of one partner; `role` says which posts of other partners do the same."""

    key: str
    partner: str
    role: str
    salary: float
    """Pounds a year, full-time."""
    on_cost: float = 0.0
    """Employer's contributions as a part of the salary."""
    fte: float = 1.0

    @property
    def cost(self) -> float:
        """Salary x part of full time x (1 + on-cost)."""
        return self.salary * self.fte * (1.0 + self.on_cost)


def post_ended(key: str, *, home: Home, post: Post, adoption: FloatArray, kind: str = "cashable") -> Stream:
    """What a post that ends costs no longer, along the adoption curve."""
    return home.stream(key, kind=kind, planned=post.cost * adoption)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedRole:
    """One role over all partners: posts now, posts afterwards, and who saves what; pounds a year."""

    role: str
    posts: tuple[Post, ...]
    kept: float
    """Posts afterwards, full-time."""
    salary: float
    """Of a post afterwards: the best paid of today's, with any uplift for the wider job."""
    on_cost: float
    shares: Mapping[str, float]

    @property
    def before(self) -> float:
        """What the posts cost now."""
        return sum(post.cost for post in self.posts)

    @property
    def after(self) -> float:
        """Posts kept x salary x (1 + on-cost)."""
        return self.kept * self.salary * (1.0 + self.on_cost)

    @property
    def saving(self) -> float:
        """Before less after; below zero when the wider job costs more than it saves."""
        return self.before - self.after

    def saving_of(self, partner: str) -> float:
        """What a partner's posts cost now less its share of what is kept: the one with fewer posts may pay more."""
        own = sum(post.cost for post in self.posts if post.partner == partner)
        return own - self.shares[partner] * self.after

    @property
    def arithmetic(self) -> str:
        """The sum in figures, for instance "100,000 + 90,000 - 1 x 105,000 x 1.28"."""
        now = " + ".join(f"{post.cost:,.0f}" for post in self.posts)
        return f"{now} - {self.kept:g} x {self.salary:,.0f} x {1 + self.on_cost:g} = {self.saving:,.0f}"


def merge(
    posts: Sequence[Post], *, keep: Mapping[str, float], weights: Mapping[str, float], uplift: float = 0.0
) -> tuple[MergedRole, ...]:
    """The merger of management: each role named in `keep` is filled by so many posts for all partners together.

    The cost of what is kept is split by `weights` (equally where they are equal); the new post has the pay and on-cost
    of today's dearest with `uplift`. Refuses to keep more posts than there are, and a partner without a weight.
    """
    shares = split_by(weights)
    strangers = sorted({post.partner for post in posts if post.role in keep} - set(shares))
    if strangers:
        raise AppraisalError(
            f"{', '.join(strangers)} would take part without a share of the cost.",
            remedy="Give every partner a weight.",
        )
    return tuple(_merged([post for post in posts if post.role == role], keep[role], shares, uplift) for role in keep)


def _merged(posts: Sequence[Post], kept: float, shares: Mapping[str, float], uplift: float) -> MergedRole:
    if not 0 <= kept <= sum(post.fte for post in posts):
        raise AppraisalError(
            f"{kept:g} posts cannot be kept of {sum(post.fte for post in posts):g}.",
            remedy="Keep none, some or all of the posts that the register holds for the role.",
        )
    dearest = max(posts, key=lambda post: post.salary * (1.0 + post.on_cost))
    return MergedRole(
        role=posts[0].role,
        posts=tuple(posts),
        kept=kept,
        salary=dearest.salary * (1.0 + uplift),
        on_cost=dearest.on_cost,
        shares=shares,
    )
