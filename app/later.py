"""Libraries that are large and seldom needed, loaded when they are first asked for something."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any

# Our matrices are small: threads that wait for each other made them ten times slower.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


class Later(ModuleType):
    """Stands for a module until something of it is wanted; safe among threads, as imports are.

    >>> Later("math").sqrt(16)
    4.0
    """

    def __getattr__(self, name: str) -> Any:
        found = getattr(import_module(self.__name__), name)
        setattr(self, name, found)
        return found


class LateCall:
    """Stands for a function of a module that is loaded when the function is first called.

    >>> LateCall("math", "sqrt")(16)
    4.0
    """

    is_public = False
    _found: Callable[..., Any] | None = None

    def __init__(self, module: str, name: str) -> None:
        self.__module__, self.__name__ = module, name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self._found is None:
            self._found = getattr(import_module(self.__module__), self.__name__)
        return self._found(*args, **kwargs)
