"""The whole journey, composed: a study in, a finished run out, and the papers written from it."""

from consortia.run.harmonised import harmonise_study
from consortia.run.journey import run_study
from consortia.run.record import Run

__all__ = ["Run", "harmonise_study", "run_study"]
