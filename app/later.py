"""Libraries that are large and seldom needed, loaded when they are first asked for something."""

from __future__ import annotations

import os
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
