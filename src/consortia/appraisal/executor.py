"""Who works on the draws: processes of this machine, or many machines through dask.

Both are executors of Python's `concurrent.futures`, and so is any other that can send a function and its arguments.
Results do not depend on the choice (blocks.py): the same bits from one worker or twenty. Machines whose processors or
mathematical libraries differ may differ in the last digits of a logarithm.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from consortia.appraisal.refusals import AppraisalError


@contextmanager
def local_workers(number: int) -> Iterator[Executor]:
    """So many processes of this machine, until the end of the `with` block.

    Each takes a second or two to start, so that they are worth their while from some hundred thousand draws. They are
    started afresh (spawn), the same on every platform.
    """
    if number < 1:
        raise AppraisalError(f"{number} workers cannot work.", remedy="Ask for one or more.")
    with ProcessPoolExecutor(number, mp_context=get_context("spawn")) as pool:
        yield pool


@contextmanager
def dask_workers(scheduler: str) -> Iterator[Executor]:
    """The workers of a dask cluster, by the address of its scheduler, until the end of the `with` block.

    They must have the same version of this package. Raises AppraisalError when dask is not installed, or nobody
    answers at that address.
    """
    try:
        from distributed import Client
    except ImportError:
        raise AppraisalError(
            "Workers on other machines need dask, which is not installed.",
            remedy="Install it: pip install 'consortia[cluster]'.",
        ) from None
    try:
        client = Client(scheduler, timeout="10s", set_as_default=False)
    except OSError as refused:
        raise AppraisalError(
            f"No dask scheduler answers at {scheduler}.", remedy="Start one, and give its address."
        ) from refused
    with client:
        yield client.get_executor(pure=False)
