"""Compiled code that is never older than its sources.

numba keeps the code that it compiled and looks only at the file of the function to see whether it is still current. A
function that is made of other files too is therefore named after what stands in them.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from hashlib import sha256
from types import ModuleType
from typing import Any, TypeVar

_Function = TypeVar("_Function", bound=Callable[..., Any])


def made_of(*modules: ModuleType) -> Callable[[_Function], _Function]:
    """Marks a function, before it is compiled, with the sources of the modules that it is compiled with."""
    sources = "".join(inspect.getsource(module) for module in modules)
    mark = sha256(sources.encode()).hexdigest()[:12]

    def marked(function: _Function) -> _Function:
        function.__qualname__ = f"{function.__qualname__}-{mark}"
        return function

    return marked
