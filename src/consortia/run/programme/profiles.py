"""The part of an effect that is there in each year: how it comes in, how long it lasts, when it ends."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from consortia.appraisal import adoption
from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.persistence import fading, lasting, recurrent
from consortia.appraisal.profiles import incremental, persisted
from consortia.run.programme.frame import Frame
from consortia.study.effects import Adoption, Effect, Persistence


def profile_of(effect: Effect, *, start: int, frame: Frame) -> FloatArray:
    """The part of the full effect in each year t = 0..horizon, from 0 to 1, before any delay."""
    taken_up = adopted(effect.adoption, start=start, horizon=frame.horizon)
    if effect.persistence.lasts != "for_good":
        taken_up = persisted(tuple(incremental(tuple(taken_up))), kept(effect.persistence, frame.horizon))
    return np.asarray(ended(taken_up, effect, frame))


def adopted(curve: Adoption, *, start: int, horizon: int) -> FloatArray:
    """The adoption curve; a curve of n years is full in the n-th year from the start."""
    end = start - 1 + curve.years
    if curve.curve == "linear":
        return adoption.straight(start=start - 1, end=end, horizon=horizon)
    if curve.curve == "logistic":
        return adoption.logistic(start=start - 1, end=end, horizon=horizon, steepness=curve.steepness)
    if curve.curve == "exponential":
        return adoption.exponential(start=start - 1, rate=curve.pace, horizon=horizon)
    if curve.curve == "bass":
        p, q = curve.innovation, curve.imitation
        return adoption.bass(start=start - 1, innovation=p, imitation=q, horizon=horizon)
    if curve.curve == "table":
        return adoption.tabled(curve.table, start=start, horizon=horizon)
    return adoption.step(start=start, horizon=horizon)


def kept(persistence: Persistence, horizon: int) -> tuple[float, ...]:
    """The part still there 0, 1, 2... years later."""
    if persistence.lasts == "years":
        return lasting(persistence.further_years)
    return fading(persistence.kept, horizon=horizon) if persistence.lasts == "fades" else recurrent(horizon)


def ended(amounts: Sequence[float] | FloatArray, effect: Effect, frame: Frame) -> FloatArray:
    """Nothing after the effect's last year."""
    last = frame.place(effect.until) if effect.until else frame.horizon
    return np.where(np.arange(frame.horizon + 1) <= last, np.asarray(amounts, dtype=np.float64), 0.0)
