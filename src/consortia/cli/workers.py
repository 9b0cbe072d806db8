"""Who works on the draws of a command: this process, more processes of this machine, or a dask cluster."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from consortia.appraisal.executor import dask_workers, local_workers
from consortia.errors import ConsortiaError

HERE = 1
"""One worker is this process itself."""


@contextmanager
def chosen_workers(number: int, *, scheduler: str) -> Iterator[Executor | None]:
    """The workers asked for, until the end of the `with` block; None: this process works. The figures are the same.

    Raises ConsortiaError where both processes and a cluster are asked for, and what `executor` raises.
    """
    if scheduler and number != HERE:
        raise ConsortiaError(
            "--workers are processes of this machine, --scheduler is a cluster.", remedy="Ask for one of them."
        )
    if scheduler:
        with dask_workers(scheduler) as cluster:
            yield cluster
    elif number == HERE:
        yield None
    else:
        with local_workers(number) as processes:
            yield processes
